// Every code that the C++ sources can put before a reader has a text. The lists are read from those sources, so that a
// code added there fails here until somebody has said what it means.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { en } from "@/i18n/en";
import { zhCN } from "@/i18n/zh-CN";

const root = join(import.meta.dirname, "../../..");
const read = (name: string) => readFileSync(join(root, name), "utf8");
const withoutComments = (text: string) => text.replace(/\/\/.*$/gm, "");

function enumerators(file: string, name: string): string[] {
  const body = new RegExp(`enum class ${name}\\b[^{]*{([^}]*)}`).exec(withoutComments(read(file)))?.[1] ?? "";
  return [...body.matchAll(/\b([a-z]\w*)\b/g)].map((match) => match[1]!);
}

function sources(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".cpp"))
    .map((name) => withoutComments(read(join(folder, name))));
}

function literals(folders: string[], pattern: RegExp): string[] {
  const found = folders.flatMap(sources).flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!));
  return [...new Set(found)].sort();
}

const reasons = [
  ["gateway/core/errc.hpp", "Errc"],
  ["gateway/spool/spool.hpp", "SpoolErrc"],
  ["gateway/core/device_profile.hpp", "ProfileErrc"],
  ["gateway/releases/durable_file.hpp", "FolderErrc"],
  ["protocols/dlt645/errc.hpp", "Errc"],
  ["protocols/modbus/errc.hpp", "Errc"],
  ["protocols/wire/errc.hpp", "Errc"],
  ["protocols/wire/release.hpp", "ReleaseErrc"],
  ["protocols/base/errc.hpp", "Errc"],
  ["platform/domain/errc.hpp", "Errc"],
] as const;

/** Names inside every wire::detail({{"name", …}, …}) of the sources. */
const detailNames = () => {
  const folders = ["gateway/core", "gateway/spool", "gateway/uplink", "platform/domain", "platform/http"];
  const calls = folders.flatMap(sources).flatMap((text) => [...text.matchAll(/\bdetail\(\{(\{[\s\S]*?\})\}\)/g)].map((match) => match[1]!));
  return [...new Set(calls.flatMap((call) => [...call.matchAll(/\{"(\w+)",/g)].map((match) => match[1]!)))].sort();
};
const alarms = () => [
  ...literals(["gateway/core", "gateway/spool"], /\b(?:line_|device_)?alarm\(\s*"(\w+)"/g),
  ...literals(["gateway/uplink"], /\b\w+\{"(\w+)", false, \{\}\}/g),
  ...literals(["gateway/core"], /"(upgrade_\w+)"/g),
  ...literals(["platform/domain", "platform/ingest"], /\braise\([^;"]*?"(\w+)"/g),
];
const actions = () =>
  [...read("platform/http/routes.cpp").matchAll(/Route\{(?:post|put|del),\s*"[^"]*",\s*"(\w+)"/g)].map((match) => match[1]!);
const endings = () => literals(["platform/domain"], /\bmark_ended\([^;"]*"(\w+)"/g);

describe.each([
  ["zh-CN", zhCN],
  ["en", en],
] as const)("%s", (_, texts) => {
  const lacking = (codes: string[], group: Record<string, unknown>) => codes.filter((code) => !group[code]);

  it.each(reasons)("has a reason for every value of %s %s", (file, name) => {
    const codes = enumerators(file, name);
    expect(codes.length).toBeGreaterThan(1);
    expect(lacking(codes, texts.reason)).toEqual([]);
  });
  it("dv-upgrade: has a reason for every way an upgrade waits or ends", () => {
    const folder = join(root, "gateway/core");
    const headers = readdirSync(folder).filter((name) => /^upgrade.*\.hpp$/.test(name)).map((name) => read(`gateway/core/${name}`));
    const codes = headers.flatMap((text) => [...text.matchAll(/string_view k\w+ = "(\w+)";/g)].map((match) => match[1]!));
    expect(codes).toContain("no_contact");
    expect(lacking(codes, { ...texts.reason, ...texts.firmware.reasons })).toEqual([]);
  });
  it("has a reason for every way a command ends at the platform", () => {
    expect(endings()).toContain("in_arrears");
    expect(lacking(endings(), texts.reason)).toEqual([]);
  });
  it("has a sentence for every refusal of REST and of the ledger", () => {
    const codes = enumerators("platform/http/error.hpp", "Refusal");
    expect(codes).toContain("unauthenticated");
    expect(lacking(codes, texts.error)).toEqual([]);
  });
  it("has a name and an advice for every alarm", () => {
    expect(alarms()).toEqual(expect.arrayContaining(["line_down", "spool_full", "bad_mac", "gateway_offline"]));
    expect(lacking(alarms(), texts.alarmCode)).toEqual([]);
    expect(lacking(alarms(), texts.alarmHint)).toEqual([]);
  });
  it("has a name for every named value of alarms and audit rows", () => {
    const names = detailNames().filter((name) => name !== "id");
    expect(names).toEqual(expect.arrayContaining(["reason", "offset_s", "amount", "note", "old_epoch"]));
    expect(lacking(names, texts.detail)).toEqual([]);
  });
  it("has a name for every action that is audited", () => {
    expect(actions()).toContain("recharge");
    expect(lacking(actions(), texts.auditAction)).toEqual([]);
  });
});
