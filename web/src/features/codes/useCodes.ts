// The things whose codes are shown: those of a list's current query, page by page, up to the limit.
import { useQuery } from "@tanstack/react-query";

import { MOST_CODES, type Code, type Kind } from "./codes";
import type { Query } from "@/lib/api/client";
import { listEntries, listMeters, listSites } from "@/lib/api/requests";
import { useProject } from "@/lib/project";
import type { Row } from "@/types/catalog";

const PAGE = 100;
/** Of the list's address: which page was looked at does not matter for the sheet. */
const OWN = new Set(["page", "page_size", "template"]);

export const questionOf = (parameters: URLSearchParams): Query =>
  Object.fromEntries([...parameters].filter(([name]) => !OWN.has(name)));

type Page = { total: number; rows: Code[] };

async function ask(kind: Kind, query: Query, page: number, names: Map<string, string>, signal: AbortSignal): Promise<Page> {
  const site = (code: string) => names.get(code) ?? code;
  const question = { ...query, page, page_size: PAGE };
  if (kind === "meter") {
    const { total, rows } = await listMeters(question, { signal });
    return { total, rows: rows.map((row) => ({ id: row.id, site: site(row.site), title: row.room && !row.name.includes(row.room) ? `${row.room} ${row.name}` : row.name, number: row.address })) };
  }
  const { total, rows } = await listEntries(`${kind}s`, question, { signal });
  return { total, rows: rows.map((row) => ({ id: row.id, site: site(row.site ?? ""), title: titleOf(row), number: text(row.number) })) };
}

const text = (value: Row[string]) => (typeof value === "string" ? value : "");
const within = (value: Row[string]) => (typeof value === "object" && value !== null && "title" in value ? String(value.title) : "");
/** 1号楼 2单元 0301, or 1号楼 2单元 0301 主卧: what a unit or a house is called has the building in it. */
const titleOf = (row: Row) =>
  [within(row.house) || within(row.source) || within(row.unit) || within(row.building), text(row.name) || text(row.number)].filter(Boolean).join(" ");

export function useCodes(kind: Kind, question: Query) {
  const query = { site: useProject(), ...question };
  return useQuery({
    queryKey: ["codes", kind, query],
    queryFn: async ({ signal }) => {
      const names = new Map((await listSites({ signal })).map(({ id, name }) => [id, name]));
      const first = await ask(kind, query, 1, names, signal);
      const rows = [...first.rows];
      for (let page = 2; rows.length < Math.min(first.total, MOST_CODES); page += 1) {
        const next = await ask(kind, query, page, names, signal);
        if (next.rows.length === 0) break;
        rows.push(...next.rows);
      }
      return { total: first.total, rows: rows.slice(0, MOST_CODES) };
    },
  });
}
