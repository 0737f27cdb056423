// A meter's use by day, month and year, what its limits are given in, and who is bound to it.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

const { poll } = expect;
const get = async (page: Page, path: string) => (await page.request.get(`/api/v1${path}`)).json();
const attribute = (page: Page, handle: string, name: string) => page.getByTestId(handle).first().getAttribute(name);

describe("a meter's use", () => {
  it("em-usage-analysis: a month is compared with the one before and with last year's, turned over, and shown as a table", async () => {
    const { page } = opened;
    await page.goto("/meters/115");
    await page.getByTestId("usage-total").waitFor();
    await page.getByTestId("usage-before").waitFor();
    await page.getByTestId("usage-ago").waitFor();
    const running = (await attribute(page, "usage", "data-period"))!;
    expect(await page.getByTestId("usage-later").isDisabled(), "nothing is known of what comes").toBe(true);
    await page.getByTestId("usage-earlier").click();
    const [year, month] = running.split("-").map(Number) as [number, number];
    const before = new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
    await poll(() => attribute(page, "usage", "data-period")).toBe(before);
    const from = Date.parse(`${before}-01T00:00:00+08:00`);
    const { points } = await get(page, `/meters/115/consumption?step=day&from=${from}&to=${Date.parse(`${running}-01T00:00:00+08:00`)}`);
    const sum = points.reduce((all: number, { kwh }: { kwh: string }) => all + Number(kwh), 0);
    await poll(async () => Number(await attribute(page, "usage-total-kwh", "data-value"))).toBeCloseTo(sum, 3);
    await page.getByTestId("usage-as-table").click();
    await poll(() => page.getByTestId("usage-table").locator("tbody tr[data-row-key]").count()).toBe(new Date(Date.UTC(year, month - 1, 0)).getUTCDate());
    await page.reload();
    await poll(() => attribute(page, "usage", "data-period"), { message: "it stands in the address" }).toBe(before);
    await page.getByTestId("usage-year").click();
    await poll(() => attribute(page, "usage", "data-period")).toBe(String(year));
  });

  it("em-usage-analysis: what is shown is taken away as a workbook", async () => {
    const { page } = opened;
    await page.goto("/meters/115?step=day");
    await page.getByTestId("usage-total").waitFor();
    const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), page.getByTestId("usage-export").click()]);
    expect(download.suggestedFilename()).toMatch(/用电分析 \d{4}-\d\d-\d\d\.xlsx$/);
  });

  it("em-params: limits that are given in kWh stay so when something else is saved, and are switched with what they are worth", async () => {
    const { page } = opened;
    await page.goto("/meters/120");
    await page.getByTestId("action-settings").click();
    await poll(() => page.getByTestId("field-alarm_1").inputValue()).toBe("25");
    expect(await attribute(page, "limit-worth", "data-value")).toBe("30");
    await page.getByTestId("settings-name").fill("度数预警");
    await page.getByTestId("settings-save").click();
    await poll(async () => (await get(page, "/meters/120")).name).toBe("度数预警");
    expect((await get(page, "/meters/120")).limits_kwh).toMatchObject({ alarm_1: "25", alarm_2: "12" });
    await poll(() => page.locator("[role=dialog]:visible").count()).toBe(0);
    await page.getByTestId("action-settings").click();
    await page.getByTestId("limits-in-yuan").click();
    await poll(() => page.getByTestId("field-alarm_1").inputValue()).toBe("30");
    await page.getByTestId("settings-save").click();
    await poll(async () => (await get(page, "/meters/120")).limits_kwh ?? null).toBeNull();
    expect(await get(page, "/meters/120")).toMatchObject({ alarm_1: "30", alarm_2: "14.4" });
  });

  it("em-bound-users: whoever lives where the meter is, and the holder of its account, are listed", async () => {
    const { page } = opened;
    await page.goto("/meters/101?tab=bound");
    await page.getByTestId("bound-user").first().waitFor();
    expect(await page.getByTestId("bound-users").innerText()).toContain("罗晓东");
    const meter = await get(page, "/meters/101");
    const members = meter.linked_room?.house ? (await get(page, `/houses/${meter.linked_room.house}/overview`)).members : [];
    await poll(() => page.getByTestId("bound-user").count()).toBe(members.length + 1);
  });
});
