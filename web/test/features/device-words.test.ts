// The words of a device stand once, in protocols/wire/device_words.hpp: what REST, the archive's schema and the forms say is compared with that.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { DIALECTS, STATUS_MAPS } from "@/features/meters/device";
import { en } from "@/i18n/en";
import { zhCN } from "@/i18n/zh-CN";

const root = join(import.meta.dirname, "../../..");
const read = (name: string) => readFileSync(join(root, name), "utf8");
const header = read("protocols/wire/device_words.hpp");
const words = (name: string) => {
  const list = new RegExp(`std::array<std::string_view, (\\d+)> ${name}{([^}]*)}`).exec(header);
  const found = [...(list?.[2] ?? "").matchAll(/"([^"]+)"/g)].map((match) => match[1]!);
  expect(found.length).toBe(Number(list?.[1]));
  return found;
};
const dialects = words("kDialects"), onLines = dialects.slice(0, -1), statusMaps = words("kStatusMaps"), closes = words("kCloseMethods"), kinds = words("kMeterKinds");

type Schema = { enum?: string[]; properties?: Record<string, Schema> };
/** Every list of words that a member of this name may have, anywhere in a description. */
function lists(of: unknown, name: string): string[][] {
  if (typeof of !== "object" || of === null) return [];
  return Object.entries(of).flatMap(([key, value]) => [...(key === name && Array.isArray((value as Schema | null)?.enum) ? [(value as Schema).enum!] : []), ...lists(value, name)]);
}
const one = (found: string[][], ...allowed: string[][]) => {
  expect(found.length).toBeGreaterThan(0);
  for (const list of found) expect(allowed).toContainEqual(list);
};

describe("the words of a device", () => {
  it.each(["platform/http/openapi.json", "protocols/wire/schema/archive.schema.json"])("are the same in %s", (file) => {
    const described: unknown = JSON.parse(read(file));
    one(lists(described, "dialect"), dialects, onLines);
    one(lists(described, "status_map"), statusMaps);
    one(lists(described, "close"), closes);
  });
  it("are the same in what a scan found", () => {
    one(lists(JSON.parse(read("protocols/wire/schema/up.schema.json")), "dialect"), onLines);
  });
  it("are all offered by the forms, and no others", () => {
    expect([...new Set(Object.values(DIALECTS).flat())].sort()).toEqual([...dialects].sort());
    expect(Object.keys(DIALECTS)).toEqual(kinds);
    // A meter with a valve has to say where its status word has it.
    expect(["none", ...STATUS_MAPS]).toEqual(statusMaps);
  });
  it.each([["zh-CN", zhCN], ["en", en]] as const)("have a text each in %s", (_, texts) => {
    expect(Object.keys(texts.register.dialects).sort()).toEqual([...dialects].sort());
    expect(Object.keys(texts.register.statusMaps).sort()).toEqual([...STATUS_MAPS].sort());
  });
});
