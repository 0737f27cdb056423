// The menu: which entries there are, in which order, and which of them a session sees. Pure; tested by table.
import type { Label, Resource } from "@/types/catalog";

/** Pages of the console itself, in the order of the menu. */
export const PLACES = [
  { path: "/", key: "home", permission: "home:read" },
  { path: "/projects", key: "projects", permission: "community:read" },
  { path: "/meters", key: "meters", permission: "meter:read" },
  { path: "/prepaid", key: "prepaid", permission: "prepaid:read" },
  { path: "/prices", key: "prices", permission: "price:read" },
  { path: "/gateways", key: "gateways", permission: "gateway:read" },
  { path: "/alarms", key: "alarms", permission: "alarm:read" },
  { path: "/audit", key: "audit", permission: "audit:read" },
] as const;
export type Place = (typeof PLACES)[number];

/** 预付费管理: for whoever manages prepaid sources and may do what the entry is for. */
export const MONEY = [
  { path: "/money/accounts", key: "accounts", permission: "meter:open" },
  { path: "/money/recharges", key: "recharges", permission: "meter:recharge" },
  { path: "/money/calculations", key: "calculations", permission: "meter:read" },
  { path: "/money/refunds", key: "refunds", permission: "meter:settle" },
] as const;
/** 消息中心 */
export const MESSAGES = [
  { path: "/messages/sent", key: "deliveries", permission: "message:read" },
  { path: "/messages/announcements", key: "announcements", permission: "message:read" },
  { path: "/messages/sms", key: "sms", permission: "sms_package:read" },
] as const;
export const messagesFor = (can: Can) => MESSAGES.filter(({ permission }) => can(permission));

export const moneyFor = (can: Can) => (can("prepaid:read") && can("meter:read") ? MONEY.filter(({ permission }) => can(permission)) : []);

/** Pages of the console itself behind the lists of a group: 固件升级 beside the concentrators. Who may see one sees its place above, too. */
export const BESIDE = [{ group: "device", path: "/device/firmware", key: "firmware", permission: "gateway:read" }] as const;
export const besideFor = (can: Can) => BESIDE.filter(({ permission }) => can(permission));

/** Users know the order of 系统管理 (4:386-449); what is not named comes after it. */
const ORDER: Record<string, string[]> = {
  organisation: ["providers", "properties", "users", "roles", "departments", "posts", "operators", "collectives", "merchants"],
};
/** Groups after those of the description that are not named. */
const LAST = ["organisation"];

export type Entry = { path: string; name: string; label: Label };
export type Group = { group: string; entries: Entry[] };
type Can = (permission: string) => boolean;

export const placesFor = (can: Can): Place[] => PLACES.filter(({ permission }) => can(permission));

/** resources: those that the platform describes to this session, which are those it may read. */
export function groupsFor(resources: Resource[]): Group[] {
  const rank = (list: string[], name: string) => (list.includes(name) ? list.indexOf(name) : list.length);
  return [...new Set(resources.map(({ group }) => group))]
    .sort((a, b) => LAST.indexOf(a) - LAST.indexOf(b))
    .map((group) => ({
      group,
      entries: resources
        .filter((each) => each.group === group)
        .map(({ name, label }) => ({ path: `/${group}/${name}`, name, label }))
        // Stable: what is not named keeps the order of the description.
        .sort((a, b) => rank(ORDER[group] ?? [], a.name) - rank(ORDER[group] ?? [], b.name)),
    }));
}

/** Where a session starts that may not see the home page; undefined: it may see nothing. */
export const firstPath = (resources: Resource[], can: Can): string | undefined =>
  placesFor(can)[0]?.path ?? groupsFor(resources)[0]?.entries[0]?.path ?? messagesFor(can)[0]?.path;
