// What is asked of a report, and which period of the analysis: by table.
import { describe, expect, it } from "vitest";

import descriptions from "../../dev/reports.json";
import { periodOf, shiftPeriod } from "@/features/energy/period";
import { askedOf, daysOf, parametersOf, queryOf } from "@/features/reports/asked";
import { changeOf } from "@/lib/decimal";
import type { Report } from "@/types/api";

const report = (name: string) => (descriptions as Report[]).find((each) => each.name === name)!;
const ask = (name: string, text: string) => askedOf(report(name), new URLSearchParams(text));

describe("a report's question", () => {
  it("survives the way through the address", () => {
    const text = "search=3-201&site=weilai&meter=7&from=2026-11-01&to=2026-11-20&state=used&size=100";
    const asked = ask("readings", text);
    expect(asked.choices).toEqual({ state: "used" });
    expect(parametersOf(asked).toString()).toBe(text);
  });
  it("leaves nonsense in the address out", () => {
    expect(ask("readings", "meter=x&from=2026-02-30&to=tomorrow&state=maybe&size=7")).toEqual({ search: undefined, site: undefined, meter: undefined, from: undefined, to: undefined, choices: {}, size: 50 });
    expect(ask("meters", "from=2026-11-01").from).toBeUndefined();
  });
  it("4:223: is about the last seven days unless it says otherwise, and about a year at most", () => {
    const today = "2026-11-21";
    expect(daysOf(ask("readings", ""), today)).toEqual({ from: "2026-11-15", to: today });
    expect(daysOf(ask("readings", "from=2026-11-01"), today)).toEqual({ from: "2026-11-01", to: today });
    expect(daysOf(ask("readings", "to=2026-10-07"), today)).toEqual({ from: "2026-10-01", to: "2026-10-07" });
    expect(daysOf(ask("readings", "from=2020-01-01&to=2026-11-21"), today)).toEqual({ from: "2025-11-21", to: today });
    expect(daysOf(ask("readings", "from=2026-11-09&to=2026-11-02"), today)).toEqual({ from: "2026-11-02", to: "2026-11-09" });
  });
  it("counts days by the site's calendar, the last one included", () => {
    expect(queryOf(report("readings"), ask("readings", "from=2026-11-20&to=2026-11-20"), "2026-11-21", 480)).toMatchObject({
      from: Date.parse("2026-11-19T16:00:00Z"), to: Date.parse("2026-11-20T16:00:00Z"),
    });
  });
});

it("rp-pay-records: the payment records have the manual's columns in its order, in its words but for those of electricity only (1:153; water is paid for here, too)", () => {
  const manual = "电表编号 用户名称 用户类型 应缴费金额(元) 实际缴费金额(元) 单价(元) 收入 手续费 充值度数 充值前度数 充值后度数 剩余量 交易状态 创建时间";
  expect(report("payments").columns.map(({ label }) => label.zh).slice(0, 14).join(" ")).toBe(manual);
});

it("en-analysis: periods of the address, up to the running one", () => {
  const today = "2026-01-15";
  expect(periodOf("day", null, today)).toBe(202601);
  expect(periodOf("day", "202512", today)).toBe(202512);
  for (const text of ["202602", "202513", "202500", "x", "2025"]) expect(periodOf("day", text, today)).toBe(202601);
  expect(periodOf("month", "2024", today)).toBe(2024);
  expect(shiftPeriod("day", 202601, -1)).toBe(202512);
  expect(shiftPeriod("day", 202512, 1)).toBe(202601);
  expect(shiftPeriod("month", 2026, -1)).toBe(2025);
});

it("en-analysis: a change is in percent of what was before; of nothing there is none", () => {
  expect(changeOf("150", "100")).toBe(50);
  expect(changeOf("99.95", "100")).toBe(0);
  expect(changeOf("33.3333", "100")).toBe(-66.6);
  expect(changeOf("5", "0")).toBeNull();
});
