import { describe, expect, it } from "vitest";

import { bindLink, entryLink } from "@/features/gateways/register-link";
import { startOf } from "@/features/meters/register-start";
import type { FoundDevice } from "@/types/api";

const parameter = (link: string) => new URL(link, "http://x").searchParams.get("register");
const found = (more: Partial<FoundDevice>): FoundDevice => ({
  id: 1, line: "l1", dialect: "dlt645-2007", address: "000000000777", baud: 2400, format: "8E1", total: "152.3", models: [], answers: true, seen_at: 0, dismissed: false, ...more,
});

describe("con-bind: the form of a registration begins with what was found", () => {
  it("says nothing of its own where the line says the same", () =>
    expect(startOf(parameter(bindLink("gw", found({}), "serial:///dev/ttyS1?baud=2400&format=8E1")))).toEqual({
      back: "/gateways/gw",
      values: { kind: "electricity", gateway: "gw", line: "l1", profile: { dialect: "dlt645-2007" }, address: "000000000777", start_reading: { total: "152.3" } },
    }));

  it("says rate and characters where they differ, and the likeliest model", () =>
    expect(startOf(parameter(bindLink("gw", found({ dialect: "modbus", address: "17", baud: 9600, format: "8N1", total: null, models: ["a-b", "c"] }), "serial:///dev/ttyS1?baud=2400&format=8E1")))?.values).toEqual({
      kind: "electricity", gateway: "gw", line: "l1", profile: { dialect: "modbus", format: "8N1", model: "a-b" }, address: "17", baud: 9600,
    }));

  it("leaves the format of a serial server alone", () => {
    const { values } = startOf(parameter(bindLink("gw", found({ baud: 9600, format: "8N1" }), "tcp://10.0.0.7:4001")))!;
    expect([values.baud, values.profile?.format]).toEqual([undefined, undefined]);
  });

  it("takes a water meter for one, with its type and byte order", () =>
    expect(startOf(parameter(bindLink("gw", found({ dialect: "cjt188", address: "78330011223344", meter_type: "12", low_byte_first: true }), undefined)))?.values).toMatchObject({
      kind: "water", address: "78330011223344", profile: { dialect: "cjt188", meter_type: "12", low_byte_first: true },
    }));

  it("con-meter-register: an entry from the concentrator is prepared, not dispatched", () =>
    expect(startOf(parameter(entryLink("gw 1")))).toEqual({ back: "/gateways/gw%201", values: { kind: "electricity", dispatch: false } }));

  it.each([
    ["nothing", null, undefined],
    ["no JSON", "{", undefined],
    ["a list", "[1]", { values: { kind: "electricity" } }],
    ["a page elsewhere", JSON.stringify({ back: "https://evil.example/" }), { values: { kind: "electricity" } }],
    ["a page of another kind", JSON.stringify({ back: "/gateways/../admin" }), { values: { kind: "electricity" } }],
    ["nonsense", JSON.stringify({ gateway: "a b", line: 7, baud: 1, kind: "gas", profile: { dialect: "x" }, start_reading: { total: "-1" }, dispatch: "yes" }), { values: { kind: "electricity" } }],
    ["an address of another protocol", JSON.stringify({ address: "17", profile: { dialect: "dlt645-2007", format: "9E1", model: "a b" } }), { values: { kind: "electricity", profile: { dialect: "dlt645-2007" } } }],
  ])("takes no harm from %s in the address bar", (_, given, wanted) => expect(startOf(given)).toEqual(wanted));
});
