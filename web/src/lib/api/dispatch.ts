// 数据下发: meters to and from their gateway, and what scans found on site.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { request } from "./client";
import { keys } from "./keys";
import type { FoundDevice, Meter } from "@/types/api";

const REFRESH_MS = 15_000;

const path = (gateway: string) => `/gateways/${encodeURIComponent(gateway)}/found`;

export const dispatchMeter = (meter: number) => request<Meter>("POST", `/meters/${meter}/dispatch`, { body: {} });
/** confirmed: although a household has its account */
export const withdrawMeter = (meter: number, confirmed: boolean) => request<Meter>("POST", `/meters/${meter}/withdraw`, { body: { confirmed } });

export const useFound = (gateway: string, dismissed: boolean) =>
  useQuery({
    queryKey: keys.found(gateway, dismissed),
    queryFn: ({ signal }) => request<FoundDevice[]>("GET", path(gateway), { query: { dismissed }, signal }),
    refetchInterval: REFRESH_MS,
  });

export const dismissFound = (gateway: string, found: number, dismissed: boolean) => request<void>("PUT", `${path(gateway)}/${found}`, { body: { dismissed } });

/** A change of what a gateway has: everything that shows it is asked again. */
export function useDispatchChange<Given, Result>(change: (given: Given) => Promise<Result>, done?: (result: Result, given: Given) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: done,
    onSettled: () => {
      for (const queryKey of [keys.gateways, ["gateway"], ["meter"], keys.meterLists, keys.entries, keys.home]) void queries.invalidateQueries({ queryKey });
    },
  });
}
