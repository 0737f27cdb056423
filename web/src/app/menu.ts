// The menu: which entries there are, in which order, and which of them a session sees. Pure; tested by table.
import type { Label, Resource } from "@/types/catalog";

/** Pages of the console itself, in the order of the menu. */
export const PLACES = [
  { path: "/", key: "home", permission: "home:read" },
  { path: "/meters", key: "meters", permission: "meter:read" },
  { path: "/prices", key: "prices", permission: "price:read" },
  { path: "/gateways", key: "gateways", permission: "gateway:read" },
  { path: "/alarms", key: "alarms", permission: "alarm:read" },
  { path: "/audit", key: "audit", permission: "audit:read" },
] as const;
export type Place = (typeof PLACES)[number];

/** Pages of the console that stand in a group of the catalogue; what it describes under the same name is theirs. */
export const OWN_PAGES = [
  { group: "organisation", name: "users", key: "users", permission: "user:read" },
  { group: "organisation", name: "roles", key: "roles", permission: "role:read" },
  { group: "organisation", name: "departments", key: "departments", permission: "department:read" },
] as const;
export type OwnKey = (typeof OWN_PAGES)[number]["key"];

/** Users know the order of 系统管理 (4:386-449); what is not named comes after it. */
const ORDER: Record<string, string[]> = {
  organisation: ["providers", "properties", "users", "roles", "departments", "posts", "operators", "collectives", "merchants"],
};
/** Groups after those of the description that are not named. */
const LAST = ["organisation"];

export type Entry = { path: string; name: string; label?: Label; key?: OwnKey };
export type Group = { group: string; entries: Entry[] };
type Can = (permission: string) => boolean;

export const placesFor = (can: Can): Place[] => PLACES.filter(({ permission }) => can(permission));

/** resources: those that the platform describes to this session, which are those it may read. */
export function groupsFor(resources: Resource[], can: Can): Group[] {
  const own = OWN_PAGES.filter(({ permission }) => can(permission));
  const names = [...new Set([...resources.map(({ group }) => group), ...own.map(({ group }) => group)])];
  const rank = (list: string[], name: string) => (list.includes(name) ? list.indexOf(name) : list.length);
  return names
    .sort((a, b) => LAST.indexOf(a) - LAST.indexOf(b))
    .map((group) => {
      const described = resources.filter((each) => each.group === group && !OWN_PAGES.some((page) => page.group === group && page.name === each.name));
      const entries: Entry[] = [
        ...own.filter((each) => each.group === group).map(({ name, key }) => ({ path: `/${group}/${name}`, name, key })),
        ...described.map(({ name, label }) => ({ path: `/${group}/${name}`, name, label })),
      ];
      const order = ORDER[group] ?? [];
      return { group, entries: entries.map((each, index) => ({ each, index })).sort((a, b) => rank(order, a.each.name) - rank(order, b.each.name) || a.index - b.index).map(({ each }) => each) };
    });
}

/** Where a session starts that may not see the home page; undefined: it may see nothing. */
export const firstPath = (resources: Resource[], can: Can): string | undefined =>
  placesFor(can)[0]?.path ?? groupsFor(resources, can)[0]?.entries[0]?.path;
