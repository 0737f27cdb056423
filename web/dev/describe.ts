// Words for describing made-up resources, and the tables that have their rows. Development only.
import type { Body, Field, Label, RowBase } from "../src/types/catalog";

const DAY = 86_400_000;
const START = Date.now();

export const word = (zh: string, en: string): Label => ({ zh, en });
export type Given = Partial<Field> & Pick<Field, "name" | "label" | "type">;
export const field = (given: Given): Field => ({ required: false, search: false, sort: false, listed: true, fixed: false, ...given }) as Field;
export const text = (name: string, zh: string, en: string, most: number, more: Partial<Field> = {}) =>
  field({ name, label: word(zh, en), type: "text", least: more.required ? 1 : 0, most, search: true, ...more });
export const note = text("note", "备注", "Note", 200, { search: false, listed: false });
export const named = (name: string, zh: string, en: string, resource: string, more: object = {}) =>
  field({ name, label: word(zh, en), type: "reference", resource, search: true, ...more } as Given);

export const required = { required: true };
export const sorted = { required: true, sort: true };

/** Rows as they are stored: a reference is an id. */
export type Stored = Omit<RowBase, "organisation"> & { organisation?: number; values: Body };
export const tables = new Map<string, Stored[]>();
let nextId = 1;

/** place: code of the site, or the organisation */
export function put(name: string, place: string | number, values: Body, enabled = true): number {
  const id = nextId++;
  if (!tables.has(name)) tables.set(name, []);
  const where = typeof place === "number" ? { organisation: place } : { site: place };
  const created_at = START - (200 - (id % 90)) * DAY + id * 61_000;
  tables.get(name)!.push({ id, ...where, enabled, version: 1, created_at, updated_at: created_at + (id % 7) * 3 * DAY, values });
  return id;
}

export type Answer = { status: number; body?: unknown; file?: string };
export const ok = (body: unknown, status = 200): Answer => ({ status, body });
export const fail = (status: number, code: string, more: object = {}): Answer => ({ status, body: { code, message: code, ...more } });
