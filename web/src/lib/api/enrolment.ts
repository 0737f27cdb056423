// Codes by which a box becomes a gateway, and the revocation of what it got.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { request } from "./client";
import { keys } from "./keys";
import type { EnrolmentMade, EnrolmentNow } from "@/types/api";

/** Somebody may redeem the code while it is on the screen. */
const REFRESH_MS = 5_000;

const path = (gateway: string) => `/gateways/${encodeURIComponent(gateway)}/enrolment`;

export const useEnrolment = (gateway: string) =>
  useQuery({ queryKey: keys.enrolment(gateway), queryFn: ({ signal }) => request<EnrolmentNow>("GET", path(gateway), { signal }), refetchInterval: REFRESH_MS });

export const createEnrolment = (gateway: string) => request<EnrolmentMade>("POST", path(gateway));
export const cancelEnrolment = (gateway: string) => request<void>("DELETE", path(gateway));
export const revokeGateway = (gateway: string, note: string) => request<void>("POST", `/gateways/${encodeURIComponent(gateway)}/revocation`, { body: { note } });

export function useEnrolmentChange<Result>(gateway: string, change: (nothing: undefined) => Promise<Result>, done?: (result: Result) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (result) => done?.(result),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: keys.enrolment(gateway) });
      void queries.invalidateQueries({ queryKey: keys.gateways });
    },
  });
}
