// 固件升级: releases of the gateway's program, the orders to take them, and what becomes of those.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { request, sendFile } from "./client";
import { keys } from "./keys";
import type { Release } from "@/types/api";

/** May upload and delete releases, order and withdraw upgrades. */
export const UPGRADE = "gateway:upgrade";

/** Backup to the event stream. */
const REFRESH_MS = 30_000;

export const useReleases = (enabled = true) =>
  useQuery({ queryKey: keys.releases, queryFn: ({ signal }) => request<Release[]>("GET", "/releases", { signal }), refetchInterval: REFRESH_MS, enabled });

/** The same bytes again answer with the row that is there. progress: 0 to 1 */
export const uploadRelease = (file: File, note: string, progress: (done: number) => void, signal: AbortSignal) =>
  sendFile<Release>("/releases", file, { query: { note }, progress, signal });
/** in_use while a gateway is ordered to it */
export const removeRelease = (release: number) => request<void>("DELETE", `/releases/${release}`);

const path = (gateway: string) => `/gateways/${encodeURIComponent(gateway)}/upgrade`;
/** order: an id of the sender, so that the same order again is the same order */
export const orderUpgrade = (gateway: string, release: number, order: string) => request<unknown>("POST", path(gateway), { body: { release, order } });
export const withdrawUpgrade = (gateway: string) => request<void>("DELETE", path(gateway));

/** Whatever shows releases or what becomes of them is asked again. done, failed: called also when what asked for the change is gone by then. */
export function useReleaseChange<Given, Result>(change: (given: Given) => Promise<Result>, done?: (result: Result, given: Given) => void, failed?: (error: Error) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: done,
    onError: failed,
    onSettled: () => {
      for (const queryKey of [keys.releases, keys.gateways, ["gateway"]]) void queries.invalidateQueries({ queryKey });
    },
  });
}
