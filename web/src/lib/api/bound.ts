// Who is bound to a meter, and the codes that were shared: the staff's requests.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { request } from "./client";
import { keys } from "./keys";
import type { BoundUsers, ShareMade } from "@/types/bound";

/** Somebody may scan the code while it is on the screen. */
const REFRESH_MS = 15_000;

export const useBoundUsers = (meter: number) =>
  useQuery({ queryKey: keys.boundUsers(meter), queryFn: ({ signal }) => request<BoundUsers>("GET", `/meters/${meter}/bound-users`, { signal }), refetchInterval: REFRESH_MS });

export const shareMeter = (meter: number, body: { days: number; uses: number }) => request<ShareMade>("POST", `/meters/${meter}/shares`, { body });
export const revokeShare = (meter: number, share: number) => request<void>("DELETE", `/meters/${meter}/shares/${share}`);
export const unbindUser = (meter: number, binding: number) => request<void>("DELETE", `/meters/${meter}/bound-users/${binding}`);

/** Something that changes who is bound, or may be. */
export function useBoundChange<Wanted, Result>(meter: number, change: (wanted: Wanted) => Promise<Result>, done?: (result: Result) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (result) => done?.(result),
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.boundUsers(meter) }),
  });
}
