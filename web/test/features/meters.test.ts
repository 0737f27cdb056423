import { expect, it } from "vitest";

import { hasFilter, parametersOf, queryOf, sortOf } from "@/features/meters/query";
import { actionsFor } from "@/features/meters/actions";
import type { Meter } from "@/types/api";
import { passwordStrength } from "@/features/session/password-strength";

it("the address bar's question survives there and back", () => {
  const parameters = new URLSearchParams("search=A101&relay=open&reachable=false&sort=-name&page=3");
  expect(parametersOf(queryOf(parameters)).toString()).toBe(parameters.toString());
});

it("nonsense in the address is left out", () => {
  const query = queryOf(new URLSearchParams("mode=x&sort=balance&relay=&reachable=perhaps&page=-1&page_size=9999"));
  expect(query).toMatchObject({ page: 1, page_size: 20 });
  expect(hasFilter(query)).toBe(false);
});

it("the head of a column sorts by it, the other way, and not at all", () => {
  expect(sortOf("name", "ascend")).toBe("name");
  expect(sortOf("name", "descend")).toBe("-name");
  expect(sortOf("name", null)).toBeUndefined();
  expect(hasFilter({ sort: "name" })).toBe(false);
});

it("the offered switch is the one that makes sense, and only for whom it is allowed", () => {
  const names = (reason: "none" | "forced", can = (permission: string) => permission !== "") =>
    actionsFor({ wanted_reason: reason, keep_power: false, kind: "electricity", valve: true, dialect: "dlt645-2007" }, can).map(({ name }) => name);
  expect(names("none")).toContain("trip");
  expect(names("forced")).toContain("release");
  expect(names("forced")).not.toContain("trip");
  expect(names("none", (permission) => permission === "meter:recharge")).toEqual(["recharge"]);
});

it("wm-valve, wc-annual-fee: what a meter cannot do is not offered", () => {
  const names = (meter: Partial<Meter>) => actionsFor({ wanted_reason: "none", keep_power: false, kind: "electricity", valve: true, dialect: "dlt645-2007", ...meter }, (permission) => permission !== "meter:settle").map(({ name }) => name);
  expect(names({ kind: "water" })).toEqual(expect.arrayContaining(["trip", "schedule", "clear", "read"]));
  for (const name of ["keepOn", "clock", "fee"] as const) expect(names({ kind: "water" })).not.toContain(name);
  for (const name of ["trip", "release", "schedule", "fee"] as const) expect(names({ kind: "water", valve: false })).not.toContain(name);
  expect(names({ kind: "hot_water" })).toContain("fee");
  expect(names({ annual_fee: { yearly: "1", paid_until: "2027-01-01" } })).toContain("fee");
});

it("short or repeating passwords are weak", () => {
  expect(passwordStrength("aaaaaaaaaaaaaaaa")).toBe("weak");
  expect(passwordStrength("short")).toBe("weak");
  expect(passwordStrength("quiet meter on the wall")).toBe("good");
});
