// What a bound user asks about his own meters. His cookie is another one than the staff's, and so is his CSRF token.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { ApiError, request } from "./client";
import { keys } from "./keys";
import type { MyAccount, MyAccountInput, MyBinding, MyMeter, MyMessages, MyMeterRow, MyRecords, MyUse, SharedMeter } from "@/types/bound";

const REFRESH_MS = 60_000;

const get = <Answer,>(path: string, key: readonly unknown[]) => ({
  queryKey: key,
  queryFn: ({ signal }: { signal: AbortSignal }) => request<Answer>("GET", path, { signal }),
});

/** Nobody has scanned anything here, or it is long ago. */
export const isStranger = (error: unknown) => error instanceof ApiError && error.code === "unauthenticated";

/** Once: asking counts as a try of the address. */
export const useSharedMeter = (code: string) =>
  useQuery({
    queryKey: keys.shared(code),
    queryFn: () => request<SharedMeter>("POST", "/my/share", { body: { code } }),
    enabled: code !== "",
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    retry: false,
  });

export const useMyAccount = () => useQuery({ ...get<MyAccount>("/my/account", keys.myAccount), staleTime: Infinity });
export const useMyMeters = () => useQuery({ ...get<MyMeterRow[]>("/my/meters", keys.myMeters), refetchInterval: REFRESH_MS });
export const useMyMeter = (binding: number) => useQuery({ ...get<MyMeter>(`/my/meters/${binding}`, keys.myMeter(binding)), refetchInterval: REFRESH_MS });
export const useMyUse = (binding: number) => useQuery(get<MyUse>(`/my/meters/${binding}/use`, keys.myMeterPart(binding, "use")));
export const useMyRecords = (binding: number) => useQuery(get<MyRecords>(`/my/meters/${binding}/records`, keys.myMeterPart(binding, "records")));
export const useMyMessages = (binding: number) => useQuery(get<MyMessages>(`/my/meters/${binding}/messages`, keys.myMeterPart(binding, "messages")));

export type Person = { name: string; mobile: string; language: "zh-CN" | "en" };

/** csrf: of the session that is there; empty: there is none, and a person is told of. */
export const bindMeter = ({ code, person, csrf }: { code: string; person?: Person; csrf: string }) =>
  request<MyBinding>("POST", "/my/meters", { body: { code, ...person }, csrf });

/** What changes something of one's own; everything of it is asked for anew. */
export function useMyChange<Wanted, Result>(change: (wanted: Wanted, csrf: string) => Promise<Result>, done?: (result: Result) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) => change(wanted, queries.getQueryData<MyAccount>(keys.myAccount)?.csrf_token ?? ""),
    onSuccess: (result) => {
      void queries.invalidateQueries({ queryKey: keys.my });
      done?.(result);
    },
  });
}

export const changeMyAccount = (body: MyAccountInput, csrf: string) => request<MyAccount>("PUT", "/my/account", { body, csrf });
export const leaveMeter = (binding: number, csrf: string) => request<void>("DELETE", `/my/meters/${binding}`, { csrf });
export const endMySession = (_: void, csrf: string) => request<void>("DELETE", "/my/session", { csrf });
