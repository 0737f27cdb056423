// Names of everything in the query cache, and which of them an event of the platform makes old.
import type { QueryClient, QueryKey } from "@tanstack/react-query";

import type { Event } from "@/types/api";
import type { Resource } from "@/types/catalog";

export const keys = {
  session: ["session"] as const,
  settings: ["settings"] as const,
  ownTree: ["organisations-own"] as const,
  sites: ["sites"] as const,
  projects: ["projects"] as const,
  home: ["home"] as const,
  homeOf: (site?: string) => ["home", site ?? ""] as const,
  energy: (query: object) => ["energy", query] as const,
  reports: ["reports"] as const,
  reportPage: (report: string, query: object) => ["report", report, query] as const,
  reportTotals: (report: string, query: object) => ["report", report, "totals", query] as const,
  meterLists: ["meters"] as const,
  meters: (query: object) => ["meters", query] as const,
  meter: (id: number) => ["meter", id] as const,
  readings: (id: number) => ["meter", id, "readings"] as const,
  ledger: (id: number, kind?: string) => ["meter", id, "ledger", kind ?? ""] as const,
  notices: (id: number) => ["meter", id, "notices"] as const,
  consumption: (id: number, step: string, from: number, to: number) =>
    ["meter", id, "consumption", step, from, to] as const,
  commands: (id: number, live = false) => ["meter", id, "commands", live] as const,
  live: (id: number) => ["live", id] as const,
  command: (id: string) => ["command", id] as const,
  plans: ["plans"] as const,
  plansOf: (query: object) => ["plans", "of", query] as const,
  planVersions: (plan: number) => ["plans", plan, "versions"] as const,
  /** not below the meter: what a dialog asks agreement for does not change under the hand */
  calculation: (id: number) => ["calculation", id] as const,
  accountRecords: (id: number, name: string) => ["meter", id, name] as const,
  openAccounts: ["open-account"] as const,
  openAccount: (id: number) => ["open-account", id] as const,
  boundUsers: (id: number) => ["meter", id, "bound-users"] as const,
  shared: (code: string) => ["shared", code] as const,
  /** of a bound user, whose session is another one */
  my: ["my"] as const,
  myAccount: ["my", "account"] as const,
  myMeters: ["my", "meters"] as const,
  myMeter: (binding: number) => ["my", "meter", binding] as const,
  myMeterPart: (binding: number, part: string) => ["my", "meter", binding, part] as const,
  meterPlans: (id: number) => ["meter", id, "plans"] as const,
  gateways: ["gateways"] as const,
  gatewaysOf: (site: string | undefined) => ["gateways", site ?? ""] as const,
  gateway: (id: string) => ["gateway", id] as const,
  /** below the gateway: what it says makes both old */
  found: (gateway: string, dismissed: boolean) => ["gateway", gateway, "found", dismissed] as const,
  releases: ["releases"] as const,
  enrolment: (gateway: string) => ["enrolment", gateway] as const,
  allMessages: ["messages"] as const,
  messages: (path: string, query: object) => ["messages", path, query] as const,
  alarms: (query: object) => ["alarms", query] as const,
  audit: (query: object) => ["audit", query] as const,
  desk: (search: string) => ["desk", search] as const,
  houses: ["house"] as const,
  house: (id: number) => ["house", id] as const,
  roomMeters: (room: number) => ["entries", "rooms", room, "meters"] as const,
  prepaid: ["prepaid"] as const,
  prepaidSources: (query: object) => ["prepaid", query] as const,
  jobs: ["jobs"] as const,
  jobList: (query: object) => ["jobs", "list", query] as const,
  job: (id: number) => ["jobs", id] as const,
  catalog: ["catalog"] as const,
  /** rows of every resource: titles of one stand in the rows of others */
  entries: ["entries"] as const,
  /** goes old with them: organisations are rows, too */
  organisations: ["entries", "organisations", "tree"] as const,
  entryList: (resource: string, query: object) => ["entries", resource, "list", query] as const,
  entry: (resource: string, id: number) => ["entries", resource, id] as const,
};

/** After a change of a resource's rows. A resource that is of no site is the sites themselves: every selector shows them. */
export function invalidateEntries(queries: QueryClient, resource: Resource) {
  for (const queryKey of [keys.entries, ...(resource.of_site ? [] : [keys.sites, keys.projects])]) void queries.invalidateQueries({ queryKey });
}

/** Keys (prefixes) that are old after the event; `live` makes nothing old, it carries its values. */
export function staleAfter(event: Event): QueryKey[] {
  const meter = Number(event.id);
  switch (event.type) {
    case "meter":
      return [keys.meter(meter), keys.meterLists, keys.houses];
    case "ledger":
      return [keys.meter(meter), keys.meterLists, keys.houses, keys.home];
    case "command":
      return event.id ? [keys.command(event.id)] : [];
    case "gateway":
      return event.id ? [keys.gateways, keys.gateway(event.id), keys.releases] : [keys.gateways, keys.releases];
    case "alarm":
      return [["alarms"], keys.houses, keys.home];
    case "home":
      return [keys.home];
    case "inbox":
      return [keys.allMessages];
    case "live":
      return [];
  }
}
