// The list's question in the address bar: what is searched can be bookmarked, sent and reloaded.
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

import type { MeterQuery } from "@/lib/api/requests";
import { pageSize } from "@/lib/page-size";
import { KINDS } from "@/types/supply";

const oneOf = <T extends string>(value: string | null, allowed: readonly T[]) =>
  allowed.includes(value as T) ? (value as T) : undefined;

export { KINDS } from "@/types/supply";
export const MODES = ["prepaid", "reading"] as const;
export const RELAYS = ["closed", "open", "opening", "awaiting_button", "unknown"] as const;
export const ACCOUNTS = ["normal", "low_1", "low_2", "arrears"] as const;

/** The columns that sort; with - in front the other way. */
export const SORTS = ["name", "-name", "address", "-address"] as const;

export type MeterSort = (typeof SORTS)[number];

/** After a click on the head of a column; nothing: as it is without. */
export const sortOf = (column: string, order: "ascend" | "descend" | null | undefined): MeterSort | undefined =>
  order ? oneOf(order === "descend" ? `-${column}` : column, SORTS) : undefined;

/** Whatever stands in the address is made a question the platform accepts; nonsense is left out. */
export function queryOf(parameters: URLSearchParams): MeterQuery & { page: number; page_size: number } {
  const whole = (name: string, otherwise: number, max: number) => {
    const value = Number(parameters.get(name));
    return Number.isInteger(value) && value >= 1 && value <= max ? value : otherwise;
  };
  const reachable = parameters.get("reachable");
  return {
    search: parameters.get("search")?.slice(0, 60) || undefined,
    kind: oneOf(parameters.get("kind"), KINDS),
    mode: oneOf(parameters.get("mode"), MODES),
    relay: oneOf(parameters.get("relay"), RELAYS),
    reachable: reachable === "true" ? true : reachable === "false" ? false : undefined,
    account_state: oneOf(parameters.get("account_state"), ACCOUNTS),
    gateway: parameters.get("gateway")?.slice(0, 64) || undefined,
    source_code: parameters.get("source_code")?.slice(0, 20) || undefined,
    zone: parameters.has("zone") ? whole("zone", 0, Number.MAX_SAFE_INTEGER) || undefined : undefined,
    sort: oneOf(parameters.get("sort"), SORTS),
    page: whole("page", 1, 1_000_000),
    page_size: whole("page_size", pageSize(), 100),
  };
}

export function parametersOf(query: MeterQuery): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === "" || (name === "page" && value === 1)) continue;
    if (name === "page_size" && value === pageSize()) continue;
    parameters.set(name, String(value));
  }
  return parameters;
}

export function useMeterQuery() {
  const [parameters, setParameters] = useSearchParams();
  const query = useMemo(() => queryOf(parameters), [parameters]);
  const change = useCallback((next: MeterQuery) => setParameters(parametersOf(next)), [setParameters]);
  return [query, change] as const;
}

export const hasFilter = (query: MeterQuery) =>
  Object.entries(query).some(([name, value]) => value !== undefined && name !== "page" && name !== "page_size" && name !== "sort");
