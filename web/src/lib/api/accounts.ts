// Requests and hooks of the household's money at a meter.
import { useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";

import { request } from "./client";
import { keys } from "./keys";
import type * as account from "@/types/account";

type Signal = { signal?: AbortSignal };
type Rows<Row> = { rows: Row[] };

export const getCalculation = (meter: number, o: Signal = {}) => request<account.Calculation>("GET", `/meters/${meter}/calculation`, o);
export const listOpenings = (meter: number, o: Signal = {}) => request<Rows<account.Opening>>("GET", `/meters/${meter}/openings`, o);
export const openAccount = (meter: number, body: account.OpeningOrder) => request<account.Opening>("POST", `/meters/${meter}/openings`, { body });
export const listSettlements = (meter: number, o: Signal = {}) => request<Rows<account.Settlement>>("GET", `/meters/${meter}/settlements`, o);
export const settle = (meter: number, body: account.SettlementOrder) => request<account.Settlement>("POST", `/meters/${meter}/settlements`, { body });
export const listAdjustments = (meter: number, o: Signal = {}) => request<Rows<account.Adjustment>>("GET", `/meters/${meter}/adjustments`, o);
export const adjust = (meter: number, body: account.AdjustmentOrder) => request<account.Adjustment>("POST", `/meters/${meter}/adjustments`, { body });

const WATCH_MS = 2_000;

/** What a dialog shows and is agreed to: it changes when the dialog asks for it only. newerThan: asked for until a register after that has counted. */
export const useCalculation = (meter: number, newerThan: number | null) =>
  useQuery({
    queryKey: keys.calculation(meter),
    queryFn: ({ signal }) => getCalculation(meter, { signal }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => (newerThan !== null && !(state.data && state.data.to.at > newerThan) ? WATCH_MS : false),
  });

/** All there are, as records are drawn. */
const useRecords = <Row>(name: "openings" | "settlements" | "adjustments", meter: number, list: (meter: number, o: Signal) => Promise<Rows<Row>>) =>
  useInfiniteQuery({
    queryKey: keys.accountRecords(meter, name),
    queryFn: ({ signal }) => list(meter, { signal }),
    initialPageParam: undefined,
    getNextPageParam: () => undefined,
  });
export const useOpenings = (meter: number) => useRecords("openings", meter, listOpenings);
export const useSettlements = (meter: number) => useRecords("settlements", meter, listSettlements);
export const useAdjustments = (meter: number) => useRecords("adjustments", meter, listAdjustments);

/** The open account of each meter that is shown; null for meters without one, nothing while it is not known. */
export function useOpenAccounts(meters: number[]): Map<number, account.Opening | null> {
  return useQueries({
    queries: meters.map((meter) => ({
      queryKey: keys.openAccount(meter),
      queryFn: async ({ signal }: { signal: AbortSignal }) => ({ meter, open: (await listOpenings(meter, { signal })).rows.find(({ closed_at }) => !closed_at) ?? null }),
      staleTime: 60_000,
    })),
    combine: byMeter,
  });
}

type OpenOf = { data?: { meter: number; open: account.Opening | null } };
const byMeter = (answers: OpenOf[]) => new Map(answers.flatMap(({ data }) => (data ? [[data.meter, data.open] as const] : [])));
