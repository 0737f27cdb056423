// Short names for the generated contract types; nothing is described by hand here.
import type { components } from "./api.gen";

import type { Upgrade } from "./firmware";
import type { DataScope, Organisation } from "./organisation";

type Schemas = components["schemas"];
export type ApiErrorBody = Schemas["Error"];
export type Credentials = Schemas["Credentials"] & { merchant?: string };
export type PasswordChange = Schemas["PasswordChange"];
/** organisation: the session's own; acting: the one whose rows it sees and changes; sites null: all of it. */
export type Session = Omit<Schemas["Session"], "organisation"> & {
  organisation: Organisation;
  acting: Organisation;
  scope: DataScope;
  sites?: string[] | null;
  roles: string[];
  phone?: string | null;
  email?: string | null;
};
export type Relay = Schemas["Relay"];
export type MeterMode = Schemas["MeterMode"];
export type MeterRow = Schemas["MeterRow"];
export type Meter = Schemas["Meter"];
export type MeterPage = Schemas["MeterPage"];
export type MeterRegistration = Schemas["MeterRegistration"];
export type MeterSettings = Schemas["MeterSettings"];
export type AccountState = MeterRow["account_state"];
export type PricePlan = Schemas["PricePlan"];
export type PricePlanInput = Schemas["PricePlanInput"];
export type PriceFields = Schemas["PriceFields"];
export type PriceVersion = Schemas["PriceVersion"];
export type MeterPricePlan = Schemas["MeterPricePlan"];
export type ReadingRow = Schemas["ReadingRow"];
export type ReadingAcceptance = Schemas["ReadingAcceptance"];
export type ReadingPage = Schemas["ReadingPage"];
export type LedgerRow = Schemas["LedgerRow"];
export type LedgerPage = Schemas["LedgerPage"];
export type NoticeRow = Schemas["NoticeRow"];
export type NoticePage = Schemas["NoticePage"];
export type CommandRow = Schemas["CommandRow"];
export type CommandPage = Schemas["CommandPage"];
export type CommandOrder = Schemas["CommandOrder"];
export type CommandState = Schemas["CommandState"];
export type RechargeOrder = Schemas["RechargeOrder"];
export type RechargeResult = Schemas["RechargeResult"];
export type Consumption = Schemas["Consumption"];
export type LineState = Schemas["LineState"];
/** architecture: Debian's name; absent or null: the gateway has not said */
type Upgradable = { architecture?: string | null; upgrade?: Upgrade | null };
export type GatewayRow = Schemas["GatewayRow"] & Upgradable;
export type Gateway = Schemas["Gateway"] & Upgradable;
export type GatewayRegistration = Schemas["GatewayRegistration"];
export type GatewayCreated = Schemas["GatewayCreated"];
export type GatewayDevice = Gateway["device_states"][number];
export type DispatchState = Schemas["DispatchState"];
export type FoundDevice = Schemas["FoundDevice"];
export type EnrolmentMade = Schemas["EnrolmentMade"];
export type EnrolmentNow = Schemas["EnrolmentNow"];
export type EnrolmentRow = Schemas["EnrolmentRow"];
export type Revocation = Schemas["Revocation"];
export type Broker = Schemas["Broker"];
export type Alarm = Schemas["Alarm"];
export type AlarmPage = Schemas["AlarmPage"];
export type Home = Schemas["Home"];
export type AuditPage = Schemas["AuditPage"];
export type AuditRow = Schemas["AuditRow"];
export type Report = Schemas["Report"];
export type ReportColumn = Schemas["ReportColumn"];
/** A row of any report: its values stand under the names of the columns. */
export type ReportRow = { key: string; [column: string]: string | number | { id: number; title: string } | null };
export type ReportPage = { rows: ReportRow[]; next: string | null; through: number | null; since?: number | null };
export type ReportTotals = { over: boolean; rows?: number; sums?: Record<string, string | number> };
export type EnergyAnalysis = Schemas["EnergyAnalysis"];
export type EnergyPoint = Schemas["EnergyPoint"];
export type RankedMeter = Schemas["RankedMeter"];
export type Site = Schemas["Site"];
/** A row of the catalogue's communities. */
export type Community = Schemas["Community"];
export type Project = Schemas["Project"];
export type OrganisationStatistics = Schemas["OrganisationStatistics"];
/** inbox: only the person hears of it whose inbox changed */
export type Event = Omit<Schemas["Event"], "type"> & { type: Schemas["Event"]["type"] | "inbox" };
export type MeterRoom = Schemas["MeterRoom"];
export type RoomMeter = Schemas["RoomMeter"];
export type DeskHit = Schemas["DeskHit"];
export type DeskGroup = Schemas["DeskGroup"];
export type HouseOverview = Schemas["HouseOverview"];
export type PrepaidSource = Schemas["PrepaidSource"];
export type PrepaidSourcePage = Schemas["PrepaidSourcePage"];
export type LiveValues = NonNullable<Event["values"]>;
export type Job = Schemas["Job"];
export type JobPage = Schemas["JobPage"];
export type ImportResult = Schemas["ImportResult"];
