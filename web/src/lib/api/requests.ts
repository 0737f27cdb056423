// One function per request of the contract; the hooks in the features say when and how they are asked.
import { request, requestFile, setCsrfToken, type Query } from "./client";
import type * as api from "@/types/api";
import type * as catalog from "@/types/catalog";
import type { Kind, Utility } from "@/types/supply";
import type { OrganisationNode } from "@/types/organisation";

type Signal = { signal?: AbortSignal };
const id = encodeURIComponent;

async function withToken(session: Promise<api.Session>): Promise<api.Session> {
  const answer = await session;
  setCsrfToken(answer.csrf_token);
  return answer;
}

export const logIn = (body: api.Credentials) => withToken(request("POST", "/session", { body }));
export const getSession = (o: Signal = {}) => withToken(request("GET", "/session", o));
export const logOut = () => request<void>("DELETE", "/session");
export const changePassword = (body: api.PasswordChange) => request<void>("PUT", "/session/password", { body });

export const changeProfile = (body: { name: string; phone: string; email: string }) => request<void>("PUT", "/session/profile", { body });
/** null: back to the own one. */
export const enterOrganisation = (organisation: number | null) =>
  withToken(request("PUT", "/session/organisation", { body: { organisation } }));

export type EnergyQuery = { site?: string; step: "day" | "month" | "year"; period?: number; utility?: Utility };
export const getEnergy = (query: EnergyQuery, o: Signal) => request<api.EnergyAnalysis>("GET", "/energy", { query, ...o });
export const getReports = (o: Signal) => request<{ reports: api.Report[] }>("GET", "/reports", o);
export const getReportPage = (report: string, query: Query, o: Signal) => request<api.ReportPage>("GET", `/reports/${id(report)}`, { query, ...o });
export const getReportTotals = (report: string, query: Query, o: Signal) =>
  request<api.ReportTotals>("GET", `/reports/${id(report)}/totals`, { query, ...o });
/** site: only what belongs to it */
type OfSite = { site?: string };
export const getHome = (query: OfSite, o: Signal) => request<api.Home>("GET", "/home", { query, ...o });
export const listProjects = (o: Signal) => request<api.Project[]>("GET", "/projects", o);
export const listSites = (o: Signal) => request<api.Site[]>("GET", "/sites", o);

export type MeterQuery = {
  site?: string;
  search?: string;
  kind?: Kind;
  mode?: api.MeterMode;
  relay?: api.Relay;
  reachable?: boolean;
  account_state?: api.AccountState;
  /** what it begins with */
  source_code?: string;
  /** an area, of the source or the room */
  zone?: number;
  gateway?: string;
  /** in a room of this house; in a room that this housing source brought into prepaid management */
  house?: number;
  source?: number;
  sort?: "name" | "-name" | "address" | "-address";
  page?: number;
  page_size?: number;
};
export const listMeters = (query: MeterQuery, o: Signal) => request<api.MeterPage>("GET", "/meters", { query, ...o });
export const registerMeter = (body: api.MeterRegistration) => request<api.Meter>("POST", "/meters", { body });
export const removeMeter = (meter: number) => request<void>("DELETE", `/meters/${meter}`);
export const getMeter = (meter: number, o: Signal = {}) => request<api.Meter>("GET", `/meters/${meter}`, o);
export const changeMeterSettings = (meter: number, body: api.MeterSettings) =>
  request<api.Meter>("PUT", `/meters/${meter}/settings`, { body });
export const changeMeterDevice = (meter: number, body: api.MeterDevice) => request<api.Meter>("PUT", `/meters/${meter}/device`, { body });
/** from absent: from now on */
export const changeMeterPricePlan = (meter: number, plan: number, from?: number) =>
  request<api.Meter>("PUT", `/meters/${meter}/price-plan`, { body: { price_plan: plan, from } });
export const listMeterPlans = (meter: number, o: Signal) => request<{ rows: api.MeterPricePlan[] }>("GET", `/meters/${meter}/price-plans`, o);

type Page<Before> = { before?: Before; limit?: number };
export const listReadings = (meter: number, query: Page<number>, o: Signal) =>
  request<api.ReadingPage>("GET", `/meters/${meter}/readings`, { query, ...o });
/** One decision per reading: asked again it answers conflict and bills nothing. */
export const acceptReading = (meter: number, reading: number, body: api.ReadingAcceptance) =>
  request<api.Meter>("POST", `/meters/${meter}/readings/${reading}/accept`, { body });
export const listLedger = (meter: number, query: Page<number> & { kind?: api.LedgerRow["kind"] }, o: Signal) =>
  request<api.LedgerPage>("GET", `/meters/${meter}/ledger`, { query, ...o });

export const listNotices = (meter: number, query: Page<number>, o: Signal) =>
  request<api.NoticePage>("GET", `/meters/${meter}/notices`, { query, ...o });
export const getConsumption = (meter: number, query: { step: string; from: number; to: number }, o: Signal) =>
  request<api.Consumption>("GET", `/meters/${meter}/consumption`, { query, ...o });
export const listCommands = (meter: number, query: Page<string> & { live?: boolean }, o: Signal) =>
  request<api.CommandPage>("GET", `/meters/${meter}/commands`, { query, ...o });
export const orderCommand = (meter: number, body: api.CommandOrder) =>
  request<api.CommandRow>("POST", `/meters/${meter}/commands`, { body });
export const recharge = (meter: number, body: api.RechargeOrder) =>
  request<api.RechargeResult>("POST", `/meters/${meter}/recharges`, { body });
export const getCommand = (command: string, o: Signal) =>
  request<api.CommandRow>("GET", `/commands/${id(command)}`, o);
export const cancelCommand = (command: string) => request<api.CommandRow>("DELETE", `/commands/${id(command)}`);

export type PlanQuery = { search?: string; utility?: api.PricePlan["utility"] };
export const listPlans = (query: PlanQuery, o: Signal) => request<api.PricePlan[]>("GET", "/price-plans", { query, ...o });
export const createPlan = (body: api.PricePlanInput) => request<api.PricePlan>("POST", "/price-plans", { body });
export const changePlan = (plan: number, body: api.PricePlanInput) =>
  request<api.PricePlan>("PUT", `/price-plans/${plan}`, { body });
export const listPriceVersions = (plan: number, o: Signal) => request<{ rows: api.PriceVersion[] }>("GET", `/price-plans/${plan}/versions`, o);

export const listGateways = (query: OfSite, o: Signal) => request<api.GatewayRow[]>("GET", "/gateways", { query, ...o });
export const createGateway = (body: api.GatewayRegistration) =>
  request<api.GatewayCreated>("POST", "/gateways", { body });
export const getGateway = (gateway: string, o: Signal) =>
  request<api.Gateway>("GET", `/gateways/${id(gateway)}`, o);

type Search = { search?: string; from?: number; to?: number; page?: number; page_size?: number };
export type AlarmQuery = Search & { site?: string; active?: boolean; code?: string };
export const listAlarms = (query: AlarmQuery, o: Signal) => request<api.AlarmPage>("GET", "/alarms", { query, ...o });
export const clearAlarm = (alarm: number, note: string) =>
  request<api.Alarm>("POST", `/alarms/${alarm}/clear`, { body: { note } });
export type AuditQuery = Search & { action?: string };
export const listAudit = (query: AuditQuery, o: Signal) =>
  request<api.AuditPage>("GET", "/audit", { query, ...o });

export const getCatalog = (o: Signal) => request<catalog.Catalog>("GET", "/catalog", o);
export const listOrganisations = (o: Signal) => request<OrganisationNode[]>("GET", "/organisations/tree", o);
const entryPath = (resource: string, entry: number) => `/${id(resource)}/${entry}`;
export const listEntries = (resource: string, query: Query, o: Signal) =>
  request<catalog.RowPage>("GET", `/${id(resource)}`, { query, ...o });
export const getEntry = (resource: string, entry: number, o: Signal) =>
  request<catalog.Row>("GET", entryPath(resource, entry), o);
export const createEntry = (resource: string, body: catalog.Body) => request<catalog.Row>("POST", `/${id(resource)}`, { body });
/** version: of the row that the change was made from; conflict without a field when it has another one by now. */
export const changeEntry = (resource: string, entry: number, version: number, body: catalog.Body) =>
  request<catalog.Row>("PUT", entryPath(resource, entry), { body: { version, ...body } });
export const switchEntry = (resource: string, entry: number, enabled: boolean) =>
  request<catalog.Row>("POST", `${entryPath(resource, entry)}/${enabled ? "enable" : "disable"}`, { body: {} });
/** in_use while another row refers to it; `field` of the error is the name of that row's resource. */
export const removeEntry = (resource: string, entry: number) => request<void>("DELETE", entryPath(resource, entry));

export const searchDesk = (search: string, o: Signal) => request<{ groups: api.DeskGroup[] }>("GET", "/desk", { query: { search }, ...o });
export const getHouseOverview = (house: number, o: Signal) => request<api.HouseOverview>("GET", `/houses/${house}/overview`, o);
export const listRoomMeters = (room: number, o: Signal) => request<{ rows: api.RoomMeter[] }>("GET", `/rooms/${room}/meters`, o);
/** conflict without a field when the meter is in another room by now than the one that was seen. */
export const moveMeter = (meter: number, body: api.MeterRoom) => request<api.Meter>("PUT", `/meters/${meter}/room`, { body });
export type PrepaidQuery = { search?: string; type?: string; zone?: number; site?: string; page?: number; page_size?: number };
export const listPrepaidSources = (query: PrepaidQuery, o: Signal) => request<api.PrepaidSourcePage>("GET", "/prepaid/sources", { query, ...o });
export const importSource = (source: number) => request<{ rooms: number; already: number }>("POST", `/prepaid/sources/${source}`, { body: {} });
export const takeOutSource = (source: number) => request<void>("DELETE", `/prepaid/sources/${source}`);
/** Masked everywhere else; needs `personal:read`, and the audit log says who looked. */
export const revealEntry = (resource: string, entry: number) => request<catalog.Row>("POST", `${entryPath(resource, entry)}/reveal`, { body: {} });

export const listJobs = (query: { open?: boolean; page?: number; page_size?: number }, o: Signal) =>
  request<api.JobPage>("GET", "/jobs", { query, ...o });
export const getJob = (job: number, o: Signal) => request<api.Job>("GET", `/jobs/${job}`, o);
export const cancelJob = (job: number) => request<api.Job>("POST", `/jobs/${job}/cancel`, { body: {} });
export const removeJob = (job: number) => request<void>("DELETE", `/jobs/${job}`);
export const fetchJobFile = (job: number) => requestFile<never>(`/jobs/${job}/file`);
export const fetchTemplate = (resource: string, lang: string) => requestFile<never>(`/${id(resource)}/import-template`, { lang });
export type ImportQuery = { site: string; dry_run: boolean; update: boolean; name: string; lang: string };
export const importFile = (resource: string, query: ImportQuery, file: Blob) =>
  request<api.Job>("POST", `/${id(resource)}/import`, { query, body: file });
