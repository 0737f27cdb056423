// Hooks for what more than one feature reads. Lists keep the old rows while the next page or a fresh answer is on its way.
import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { keys } from "./keys";
import * as requests from "./requests";
import type { Query } from "./client";
import { isUnderWay } from "@/lib/command-steps";
import { notePlatformTime, useCan } from "@/lib/hooks";
import { useProject } from "@/lib/project";
import type { LedgerRow, LiveValues } from "@/types/api";
import type { Row } from "@/types/catalog";

/** Backup to the event stream, for lists that are on the screen. */
const REFRESH_MS = 60_000;
/** While a command is under way it is asked for as well: the push may be down just then. */
const WATCH_MS = 2_000;
const PAGE = 50;

// Home and lists show the chosen community only (lib/project.ts); a query that names a site itself is asked as it is.

export function useHome(enabled = true) {
  const site = useProject();
  return useQuery({
    enabled,
    queryKey: keys.homeOf(site),
    queryFn: async ({ signal }) => {
      const home = await requests.getHome({ site }, { signal });
      notePlatformTime(home.as_of);
      return home;
    },
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}

/** options: whether it is asked for, and how often again; ms */
export const useEnergy = (query: requests.EnergyQuery, options: { enabled?: boolean; refetchInterval?: number } = {}) =>
  useQuery({ queryKey: keys.energy(query), queryFn: ({ signal }) => requests.getEnergy(query, { signal }), placeholderData: keepPreviousData, ...options });

/** The reports that this session may read; the same until its rights change. */
export const useReports = () =>
  useQuery({ queryKey: keys.reports, queryFn: ({ signal }) => requests.getReports({ signal }), staleTime: 300_000 });

export const useProjects = () =>
  useQuery({ queryKey: keys.projects, queryFn: ({ signal }) => requests.listProjects({ signal }), refetchInterval: REFRESH_MS });

export function useMeters(query: requests.MeterQuery, enabled = true) {
  const asked = { site: useProject(), ...query };
  return useQuery({
    queryKey: keys.meters(asked),
    queryFn: ({ signal }) => requests.listMeters(asked, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
    enabled,
  });
}

export const useMeter = (meter: number) =>
  useQuery({
    queryKey: keys.meter(meter),
    queryFn: ({ signal }) => requests.getMeter(meter, { signal }),
    refetchInterval: REFRESH_MS,
  });

export function useGateways(enabled = true) {
  const site = useProject();
  return useQuery({
    queryKey: keys.gatewaysOf(site),
    queryFn: ({ signal }) => requests.listGateways({ site }, { signal }),
    refetchInterval: REFRESH_MS,
    enabled,
  });
}

export const useGateway = (gateway: string | undefined) =>
  useQuery({
    queryKey: keys.gateway(gateway ?? ""),
    queryFn: gateway ? ({ signal }) => requests.getGateway(gateway, { signal }) : skipToken,
    refetchInterval: 15_000,
  });

export const usePlans = (enabled = true) =>
  useQuery({ queryKey: keys.plans, queryFn: ({ signal }) => requests.listPlans({}, { signal }), enabled });

export const usePlansOf = (query: requests.PlanQuery) =>
  useQuery({ queryKey: keys.plansOf(query), queryFn: ({ signal }) => requests.listPlans(query, { signal }), placeholderData: keepPreviousData });

/** All prices of a plan and when they hold, newest first. */
export const usePriceVersions = (plan: number | undefined) =>
  useQuery({
    queryKey: keys.planVersions(plan ?? 0),
    queryFn: plan === undefined ? skipToken : ({ signal }) => requests.listPriceVersions(plan, { signal }),
  });

/** Changes of a meter's price plan, newest first. */
export const useMeterPlans = (meter: number) =>
  useQuery({ queryKey: keys.meterPlans(meter), queryFn: ({ signal }) => requests.listMeterPlans(meter, { signal }) });

export function useAlarms(query: requests.AlarmQuery, enabled = true) {
  const asked = { site: useProject(), ...query };
  return useQuery({
    queryKey: keys.alarms(asked),
    queryFn: ({ signal }) => requests.listAlarms(asked, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
    enabled,
  });
}

export const useAudit = (query: requests.AuditQuery) =>
  useQuery({
    queryKey: keys.audit(query),
    queryFn: ({ signal }) => requests.listAudit(query, { signal }),
    placeholderData: keepPreviousData,
  });

export const useCommand = (command: string | null) =>
  useQuery({
    queryKey: keys.command(command ?? ""),
    queryFn: command ? ({ signal }) => requests.getCommand(command, { signal }) : skipToken,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.state) ? WATCH_MS : false),
  });

export const useReadings = (meter: number, enabled = true) =>
  useInfiniteQuery({
    enabled,
    queryKey: keys.readings(meter),
    queryFn: ({ pageParam, signal }) => requests.listReadings(meter, { before: pageParam, limit: PAGE }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const useLedger = (meter: number, kind?: LedgerRow["kind"]) =>
  useInfiniteQuery({
    queryKey: keys.ledger(meter, kind),
    queryFn: ({ pageParam, signal }) => requests.listLedger(meter, { before: pageParam, limit: PAGE, kind }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const useNotices = (meter: number) =>
  useInfiniteQuery({
    queryKey: keys.notices(meter),
    queryFn: ({ pageParam, signal }) => requests.listNotices(meter, { before: pageParam, limit: PAGE }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** live: also the orders that only looked at momentary values. */
export const useCommands = (meter: number, watch = false, live = false) =>
  useInfiniteQuery({
    queryKey: keys.commands(meter, live),
    queryFn: ({ pageParam, signal }) => requests.listCommands(meter, { before: pageParam, limit: PAGE, live }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: watch ? WATCH_MS : false,
  });

export const useConsumption = (meter: number, step: "hour" | "day", from: number, to: number) =>
  useQuery({
    queryKey: keys.consumption(meter, step, from, to),
    queryFn: ({ signal }) => requests.getConsumption(meter, { step, from, to }, { signal }),
    placeholderData: keepPreviousData,
  });

/** What lists there are for this session; the same until its rights change. */
export const useCatalog = () =>
  useQuery({ queryKey: keys.catalog, queryFn: ({ signal }) => requests.getCatalog({ signal }), staleTime: 300_000 });

export const useEntries = (resource: string, query: Query, enabled = true) =>
  useQuery({
    queryKey: keys.entryList(resource, query),
    queryFn: ({ signal }) => requests.listEntries(resource, query, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });

/** All organisations in reach; who may not see them works in the own one. */
export function useOrganisations(enabled = true) {
  const can = useCan();
  return useQuery({
    queryKey: keys.organisations,
    queryFn: ({ signal }) => requests.listOrganisations({ signal }),
    staleTime: 60_000,
    enabled: enabled && can("organisation:read"),
  });
}

/** initial: as a list knows the row; asked for nevertheless. */
export const useEntry = (resource: string, entry: number | undefined, initial?: Row) =>
  useQuery({
    queryKey: keys.entry(resource, entry ?? 0),
    queryFn: entry === undefined ? skipToken : ({ signal }) => requests.getEntry(resource, entry, { signal }),
    initialData: initial,
    initialDataUpdatedAt: 0,
  });

export type Live = LiveValues & { at: number };

/** Momentary values as the event stream left them; asked for by nobody here. */
export const useLiveValues = (meter: number) => useQuery<Live>({ queryKey: keys.live(meter), queryFn: skipToken });

/** Hits of the clerk's search; those of the words before stay until there are others. */
export const useDesk = (search: string) =>
  useQuery({
    queryKey: keys.desk(search),
    queryFn: search ? ({ signal }) => requests.searchDesk(search, { signal }) : skipToken,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

export const useHouseOverview = (house: number) =>
  useQuery({ queryKey: keys.house(house), queryFn: ({ signal }) => requests.getHouseOverview(house, { signal }), refetchInterval: REFRESH_MS });

export const useRoomMeters = (room: number) =>
  useQuery({ queryKey: keys.roomMeters(room), queryFn: ({ signal }) => requests.listRoomMeters(room, { signal }) });

export const usePrepaidSources = (query: requests.PrepaidQuery) =>
  useQuery({
    queryKey: keys.prepaidSources(query),
    queryFn: ({ signal }) => requests.listPrepaidSources(query, { signal }),
    placeholderData: keepPreviousData,
  });
