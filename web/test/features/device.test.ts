import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { actionsFor } from "@/features/meters/actions";
import { abilitiesOf, addressKind, changesOf, correctedOf, dialectsFor, DIALECTS, fitsLine, isAddress, isWhole, mayLackValve, MODELS, plainAddress, sentCorrection, sentProfile, successorsOf, suggestedDevice, USUAL, type Dialect, type Profile } from "@/features/meters/device";
import type { Kind } from "@/types/supply";

const modbus = { ...USUAL, dialect: "modbus", model: "eastron-sdm120" } as const satisfies Profile;
const water = { ...USUAL, dialect: "cjt188", status_map: "closed_01" } as const satisfies Profile;

describe("wm-add-scan: how a device is spoken to", () => {
  it.each<[Dialect, string, boolean]>([
    ["dlt645-2007", "202311000042", true],
    ["dlt645-2007", "20231100004", false],
    ["dlt645-1997", "20231100004A", false],
    ["mqtt", "202311000042", true],
    ["cjt188", "33780012345A0B", true],
    ["cjt188", "202311000042", false],
    ["cjt188", "3378001234567G", false],
    ["cjt188", "AAAAAAAAAAAAAA", false],
    ["cjt188", "AA330011223344", false],
    ["modbus", "1", true],
    ["modbus", "247", true],
    ["modbus", "0", true],
    ["modbus", "255", true],
    ["modbus", "254", false],
    ["modbus", "00", false],
    ["modbus", "01", false],
    ["modbus", "248", false],
    ["modbus", "", false],
  ])("an address of %s: %s (%s)", (dialect, text, fits) => expect(isAddress(dialect, text)).toBe(fits));

  it("an address is typed with blanks, small letters and the digits of a Chinese keyboard", () => {
    expect(plainAddress(" 3378 0012 345a0b ")).toBe("33780012345A0B");
    expect(plainAddress("\uff11\uff12")).toBe("12");
  });

  it("each protocol sends what it has and nothing of another", () => {
    expect(sentProfile(USUAL, true)).toEqual({ dialect: "dlt645-2007", close: "direct", tariffs: true, preamble: 4 });
    expect(sentProfile(modbus, true)).toEqual({ dialect: "modbus", model: "eastron-sdm120", tariffs: true });
    expect(sentProfile({ ...USUAL, dialect: "mqtt" }, true)).toEqual({ dialect: "mqtt" });
    expect(sentProfile(water, true)).toEqual({ dialect: "cjt188", meter_type: "10", low_byte_first: false, status_map: "closed_01", valve_open: "55", valve_close: "99", travel_s: 10 });
  });

  it("of a meter without a valve nothing need be known of its status word", () => {
    expect(sentProfile({ ...USUAL, dialect: "cjt188" }, false)).toMatchObject({ status_map: "none" });
    expect(isWhole({ ...USUAL, dialect: "cjt188" }, false)).toBe(true);
    expect(isWhole({ ...USUAL, dialect: "cjt188" }, true)).toBe(false);
  });

  it("what the platform would refuse is not whole", () => {
    expect([isWhole(USUAL, true), isWhole(water, true), isWhole(modbus, true)]).toEqual([true, true, true]);
    expect(isWhole({ ...water, status_map: "none" }, true)).toBe(false);
    expect(isWhole({ ...water, valve_open: "9" }, true)).toBe(false);
    expect(isWhole({ ...water, valve_open: "aa", valve_close: "AA" }, true)).toBe(false);
    expect(isWhole({ ...modbus, model: "" }, true)).toBe(false);
    expect(isWhole({ ...modbus, model: "../sdm" }, true)).toBe(false);
  });

  it("the models to choose from are the files that come with a gateway", () => {
    const folder = join(import.meta.dirname, "../../../gateway/profiles");
    const shipped = readdirSync(folder).filter((name) => name.endsWith(".toml"));
    const kinds = shipped.map((name) => [name.replace(".toml", ""), /^kind = "(\w+)"/m.exec(readFileSync(join(folder, name), "utf8"))?.[1]]);
    expect(MODELS.map(({ name, kind }) => [name, kind]).sort()).toEqual(kinds.sort());
  });

  it("what can be chosen depends on what is measured, on the line and on the valve", () => {
    expect(DIALECTS.electricity).not.toContain("cjt188");
    expect(DIALECTS.hot_water).not.toContain("cjt188");
    expect(successorsOf("water", true)).toEqual(["cjt188", "modbus"]);
    expect(successorsOf("electricity", false), "a meter of DL/T645 can always cut off").toEqual(["modbus"]);
    expect([mayLackValve("electricity", "dlt645-2007"), mayLackValve("electricity", "modbus"), mayLackValve("water", "cjt188")]).toEqual([false, true, true]);
    expect([fitsLine("cjt188", "mqtt://nb-1"), fitsLine("mqtt", "mqtt://nb-1"), fitsLine("modbus", "tcp://10.0.0.1:1")]).toEqual([false, true, true]);
    expect((["dlt645-2007", "mqtt", "cjt188", "modbus"] as const).map(addressKind)).toEqual(["digits", "digits", "cjt188", "modbus"]);
  });

  it("a unit is no name within a site, so the line is part of it", () => {
    expect(suggestedDevice("dlt645-2007", "202311000042", "gw", "l1")).toBe("m202311000042");
    expect(suggestedDevice("modbus", "7", "gw", "l1")).toBe("gw-l1-7");
    expect(suggestedDevice("modbus", "7", "gw")).toBe("");
  });

  it("wm-read-now: what such a device cannot do is not offered", () => {
    const names = (dialect: Dialect, kind: Kind = "electricity") => actionsFor({ wanted_reason: "none", keep_power: false, kind, valve: true, dialect }, () => true).map(({ name }) => name);
    for (const name of ["keepOn", "clock", "clear"] as const) {
      expect(names("dlt645-1997")).toContain(name);
      expect(names("modbus")).not.toContain(name);
    }
    expect(names("modbus")).toEqual(expect.arrayContaining(["read", "trip", "register"]));
    expect(names("mqtt", "water")).toContain("clear");
    expect(names("cjt188", "water")).not.toContain("clear");
    expect([abilitiesOf({ kind: "hot_water", valve: true, dialect: "mqtt" }).heats, abilitiesOf({ kind: "hot_water", valve: true, dialect: "modbus" }).heats]).toEqual([true, false]);
  });
});

describe("con-meter-link-params: the same device is described anew", () => {
  const meter = { address: "33780012345678", line: "line2", baud: null, dialect: "cjt188", valve: true, kind: "water", profile: { ...sentProfile(water, true), status_map: "closed_10" } } as const;
  const power = { address: "202311000042", line: "line1", baud: 1200, dialect: "dlt645-2007", valve: true, kind: "electricity", profile: { dialect: "dlt645-2007", close: "permit", tariffs: true, short_relay_command: true, preamble: 1, format: "8N1" } } as const;

  it("untouched, it is sent as it is, and changes nothing", () => {
    for (const each of [meter, power]) {
      for (const typed of [undefined, correctedOf(each)]) {
        const sent = sentCorrection(each, typed);
        expect(sent.profile).toEqual(each.profile);
        expect(changesOf(each, sent)).toEqual([]);
      }
    }
    expect(sentCorrection(power, undefined)).toEqual({ address: "202311000042", baud: 1200, profile: power.profile });
  });

  it("what was typed is sent on top of what the form does not show", () => {
    const sent = sentCorrection(power, { line: "line2", baud: undefined, profile: { dialect: "dlt645-1997", preamble: 4, format: undefined, password: "AB12CD", operator_code: "" } });
    expect(sent).toEqual({ address: "202311000042", line: "line2", profile: { dialect: "dlt645-1997", close: "permit", tariffs: true, short_relay_command: true, preamble: 4, password: "AB12CD" } });
    const changes = changesOf(power, sent);
    expect(changes.map(({ name }) => name).sort()).toEqual(["baud", "dialect", "format", "line", "password", "preamble"]);
    expect(changes.find(({ name }) => name === "preamble")).toEqual({ name: "preamble", from: 1, to: 4 });
    // Nobody reads a password over a shoulder.
    expect(JSON.stringify(changes)).not.toContain("AB12CD");
  });

  it("a code in other letters is the same code", () => {
    const mapped = { ...meter, profile: { ...meter.profile, valve_open: "a5" } };
    expect(changesOf(mapped, sentCorrection(mapped, { profile: { ...mapped.profile, valve_open: "A5" } }))).toEqual([]);
    expect(changesOf(mapped, sentCorrection(mapped, { profile: { ...mapped.profile, valve_open: "A6" } })).map(({ name }) => name)).toEqual(["valve_open"]);
  });

  it("only protocols that have its address can be chosen", () => {
    expect(dialectsFor(power)).toEqual(["dlt645-2007", "dlt645-1997"]);
    expect(dialectsFor(meter)).toEqual(["cjt188"]);
    expect(dialectsFor({ ...power, address: "17", dialect: "modbus" })).toEqual(["modbus"]);
    const offered = (dialect: Dialect) => actionsFor({ wanted_reason: "none", keep_power: false, kind: "water", valve: true, dialect }, () => true).some(({ name }) => name === "device");
    expect([offered("cjt188"), offered("mqtt")]).toEqual([true, false]);
  });
});
