// Water meters, hot-water controllers, and what every meter's supply needs besides: the clock, the annual fee, another register.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

const { poll } = expect;
/** Of the made-up site: a meter with a valve, one without, a controller, and one whose fee has run out. */
const [WATER, NO_VALVE, HOT, EXPIRED] = [143, 145, 146, 147];
/** Its line is dead, so nothing is read behind the test's back. */
const STILL = 138;
const get = async (page: Page, path: string) => (await page.request.get(`/api/v1${path}`)).json();
const meter = (page: Page, id: number) => get(page, `/meters/${id}`);
/** One of a select. */
const choose = async (page: Page, handle: string, text: RegExp) => {
  await page.getByTestId(handle).and(page.locator(".ant-select")).click();  // of lines a text field, until they are there
  await page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option").filter({ hasText: text }).first().click();
};
const sentBy = async (page: Page, path: string, submit: string) => {
  const [sent] = await Promise.all([page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith(path)), page.getByTestId(submit).click()]);
  return sent.postDataJSON();
};
const closed = (page: Page) => poll(() => page.locator("[role=dialog]:visible").count()).toBe(0);

async function act(page: Page, id: number, action: string) {
  await page.goto(`/meters/${id}`);
  await page.getByTestId("action-more").waitFor();
  const direct = page.getByTestId(`action-${action}`);
  if (!(await direct.isVisible())) await page.getByTestId("action-more").click();
  await direct.click();
}

describe("water", () => {
  it("wm-valve: a water meter has a valve with words of its own and m³; one without a valve cannot be closed", async () => {
    const { page } = opened;
    await page.goto("/meters?kind=water");
    await page.getByTestId("meter-row").first().waitFor();
    await poll(() => page.getByTestId("meter-row").count()).toBe(3);
    expect(await page.getByTestId("meter-row").first().innerText()).toMatch(/m³/);
    await page.goto(`/meters/${WATER}`);
    await page.getByTestId("action-trip").waitFor();
    expect(await page.getByTestId("action-trip").innerText()).toMatch(/关\s?阀/);
    expect(await page.getByTestId("state-badge").innerText()).toContain("阀门开");
    expect(await page.getByTestId("tab-consumption").innerText()).toBe("用水分析");
    expect(await page.getByTestId("page-meter").innerText()).not.toMatch(/\d 度|（度）|断电|跳闸|拉闸|用电/);
    await page.getByTestId("action-trip").click();
    expect(await page.locator("[role=dialog]:visible").innerText()).toContain("断水");
    await page.goto(`/meters/${NO_VALVE}`);
    await page.getByTestId("action-read").waitFor();
    expect(await page.getByTestId("action-trip").count()).toBe(0);
    await page.getByTestId("action-more").click();
    expect(await page.getByTestId("action-schedule").count()).toBe(0);
    expect(await page.getByTestId("state-badge").innerText()).toBe("无阀");
  });

  it("en-analysis: water is summed up beside electricity, in its own unit, and home shows the day's", async () => {
    const { page } = opened;
    await page.goto("/energy");
    await page.getByTestId("energy-total").waitFor();
    expect(await page.getByTestId("page-energy").innerText()).toMatch(/用电量（度）[^]*谷/);
    await page.getByTestId("energy-of-water").click();
    await poll(() => page.getByTestId("page-energy").innerText()).toContain("用水量（m³）");
    expect(await page.getByTestId("page-energy").innerText(), "one register, so nothing of four prices").not.toMatch(/度）|尖峰平谷|电费/);
    await page.reload();
    await poll(() => page.getByTestId("page-energy").innerText(), { message: "it stands in the address" }).toContain("全部水表用量");
    const { points } = await get(page, "/energy?step=day&utility=water");
    await page.goto("/");
    await poll(() => page.getByTestId("home-water").getAttribute("data-value")).toBe(points.at(-1).kwh);
  });

  it("wm-unit-price: a plan of water counts its steps in m³, in the list and where it is changed", async () => {
    const { page } = opened;
    await page.goto("/prices");
    const row = page.getByTestId("plan-row").filter({ hasText: "居民水价" });
    await row.waitFor();
    expect(await row.getByTestId("plan-steps").innerText()).toBe("阶梯（年）>216 m³ +1.1");
    await row.getByTestId("row-edit").click();
    await page.getByTestId("priced-steps").waitFor();
    const dialog = await page.locator("[role=dialog]:visible").innerText();
    expect(dialog).toContain("当年用水（m³）");
    expect(dialog).not.toMatch(/电价|用电|\d 度/);
    await page.keyboard.press("Escape");
    await closed(page);
  });

  it("wm-unit-price: plans of water are for water meters only, and the other way round", async () => {
    const { page } = opened;
    await act(page, WATER, "price");
    await page.getByTestId("price-plan").first().waitFor();
    const water = (await get(page, "/price-plans")).filter(({ utility }: { utility: string }) => utility === "water");
    expect(await page.getByTestId("price-plan").evaluateAll((plans) => plans.map((plan) => Number((plan as HTMLElement).dataset.id)))).toEqual(water.map(({ id }: { id: number }) => id));
    expect(water).toHaveLength(2);
    await page.goto("/prices");
    await page.getByTestId("plan-add").click();
    await page.getByTestId("plan-for-water").click();
    await page.getByTestId("plan-name").fill("园区水价");
    await page.getByTestId("plan-total").fill("3.9");
    await page.getByTestId("plan-save").click();
    await poll(async () => (await get(page, "/price-plans")).find(({ name }: { name: string }) => name === "园区水价")?.utility).toBe("water");
  });

  it("wm-add-scan: a water meter is registered with its kind, without a valve where it has none", async () => {
    const { page } = opened;
    await page.goto("/meters");
    await page.getByTestId("meter-add").click();
    await page.getByTestId("register-kind-water").click();
    await page.getByTestId("register-valve").click();
    expect(await page.getByTestId("settings-auto-trip").count(), "nothing to cut off").toBe(0);
    await page.getByTestId("register-address").fill("001610131099");
    await page.getByTestId("register-name").fill("水表 B2");
    await choose(page, "register-gateway", /gw-a/);
    await choose(page, "register-line", /line1/);
    await choose(page, "register-plan", /居民水价/);
    expect(await sentBy(page, "/meters", "register-submit")).toMatchObject({ kind: "water", valve: false, profile: { dialect: "mqtt" }, price_plan: 4 });
  });

  it("wm-add-scan: a water meter of CJ/T188 on a gateway's line says its address, type and where its valve shows, and nothing of other protocols", async () => {
    const { page } = opened;
    await page.goto("/meters");
    await page.getByTestId("meter-add").click();
    expect(await page.getByTestId("register-model").count()).toBe(0);
    await page.getByTestId("register-kind-water").click();
    await choose(page, "register-dialect", /CJ\/T188/);
    await page.getByTestId("register-address").fill("001610131099");
    await page.getByTestId("register-name").fill("水表 C1");
    await choose(page, "register-gateway", /gw-a/);
    await choose(page, "register-line", /line1/);
    await choose(page, "register-plan", /居民水价/);
    await page.getByTestId("register-submit").click();
    await poll(() => page.locator(".ant-form-item-explain-error").allInnerTexts()).toEqual(expect.arrayContaining([expect.stringContaining("14 位十六进制"), expect.stringContaining("看不到阀门")]));
    await page.getByTestId("register-address").fill("3378 0012 345a0b");
    await choose(page, "register-status-map", /01 关/);
    await choose(page, "register-meter-type", /12 直饮水表/);
    expect(await sentBy(page, "/meters", "register-submit")).toMatchObject({
      address: "33780012345A0B", device: "m33780012345A0B", kind: "water", valve: true,
      profile: { dialect: "cjt188", meter_type: "12", low_byte_first: false, status_map: "closed_01", valve_open: "55", valve_close: "99", travel_s: 10 },
    });
    // Without a valve nothing moves, and nothing need be known of the status word.
    await page.getByTestId("register-valve").click();
    await poll(() => page.getByTestId("register-status-map").count()).toBe(0);
    expect(await sentBy(page, "/meters", "register-submit")).toMatchObject({ valve: false, profile: { dialect: "cjt188", status_map: "none" } });
  });

  it("em-add-scan: an electricity meter of Modbus has a unit and a model, chosen or typed, and may be without a contact", async () => {
    const { page } = opened;
    await page.goto("/meters");
    await page.getByTestId("meter-add").click();
    await choose(page, "register-dialect", /Modbus/);
    await page.getByTestId("register-address").fill("248");
    await page.getByTestId("register-name").fill("电表 C2");
    await choose(page, "register-gateway", /gw-a/);
    await choose(page, "register-line", /line1/);
    await choose(page, "register-plan", /照明电价/);
    await page.getByTestId("register-submit").click();
    await poll(() => page.locator(".ant-form-item-explain-error").allInnerTexts()).toEqual(expect.arrayContaining([expect.stringContaining("1 到 247"), expect.stringContaining("型号")]));
    await page.getByTestId("register-address").fill("17");
    await page.getByTestId("register-model").locator("input").fill("my-meter_2");
    expect(await sentBy(page, "/meters", "register-submit")).toMatchObject({ address: "17", device: "gw-a-line1-17", valve: true, profile: { dialect: "modbus", model: "my-meter_2" } });
    await page.getByTestId("register-valve").click();
    expect(await sentBy(page, "/meters", "register-submit")).toMatchObject({ valve: false });
  });
});

describe("the header of an electricity meter", () => {
  const SWITCHED = 102;
  const badge = (page: Page) => page.getByTestId("page-meter").getByTestId("state-badge").first();
  /** Agreed to, sent, and read again at the meter. */
  async function carriedOut(page: Page, kind: string) {
    expect(await sentBy(page, `/meters/${SWITCHED}/commands`, "order-confirm")).toMatchObject({ kind });
    await followed(page);
  }
  async function followed(page: Page) {
    const timeline = page.locator("[role=dialog]:visible").getByTestId("command-timeline");
    await poll(() => timeline.getAttribute("data-state"), { timeout: 30_000 }).toBe("verified");
    await page.getByTestId("order-close").click();
    await closed(page);
  }

  it("em-force-trip: 强制拉闸 is agreed to and cuts the power, 解除拉闸 gives it back", async () => {
    const { page } = opened;
    await page.goto(`/meters/${SWITCHED}`);
    await page.getByTestId("action-trip").waitFor();
    expect(await page.getByTestId("action-trip").innerText()).toBe("强制拉闸");
    await page.getByTestId("action-trip").click();
    await page.getByTestId("order-trip").waitFor();
    expect(await page.getByTestId("order-confirm").isDisabled(), "nothing without agreement").toBe(true);
    await page.getByTestId("order-sure").check();
    await carriedOut(page, "trip");
    await poll(async () => [await badge(page).getAttribute("data-wanted"), await badge(page).getAttribute("data-reported"), await badge(page).getAttribute("data-reason")]).toEqual(["open", "open", "forced"]);
    expect(await page.getByTestId("action-trip").count(), "what is tripped is not tripped again").toBe(0);
    expect(await page.getByTestId("action-release").innerText()).toBe("解除拉闸");
    await page.getByTestId("action-release").click();
    await carriedOut(page, "release");
    await poll(async () => [await badge(page).getAttribute("data-wanted"), await badge(page).getAttribute("data-reported")]).toEqual(["closed", "closed"]);
    await page.getByTestId("action-trip").waitFor();
  });

  it("em-remote-switch-protect: 保电 keeps the power on, says so beside the trip, and 解除保电 ends it", async () => {
    const { page } = opened;
    await act(page, SWITCHED, "keepOn");
    await carriedOut(page, "keep_power_on");
    await poll(() => page.getByTestId("device-header").innerText()).toContain("保电");
    expect((await meter(page, SWITCHED)).keep_power).toBe(true);
    await page.getByTestId("action-trip").click();
    await page.getByTestId("order-trip").waitFor();
    expect(await page.getByTestId("order-trip").innerText(), "why the trip will be refused").toContain("保电");
    await page.keyboard.press("Escape");
    await closed(page);
    await act(page, SWITCHED, "keepOff");
    await carriedOut(page, "keep_power_off");
    await poll(async () => (await meter(page, SWITCHED)).keep_power).toBe(false);
    await page.getByTestId("action-keepOn").waitFor();
  });

  it("em-read-now: 抄表 asks for nothing, and the register that arrives is shown", async () => {
    const { page } = opened;
    const before = (await meter(page, SWITCHED)).last_reading.at as number;
    await act(page, SWITCHED, "read");
    await followed(page);
    const { rows } = (await get(page, `/meters/${SWITCHED}/readings`)) as { rows: { id: number; at: number; kind: string }[] };
    const read = rows.find(({ at, kind }) => kind === "on_demand" && at > before);
    expect(read, "a register that was asked for").toBeDefined();
    await page.getByTestId("tab-readings").click();
    await poll(() => page.getByTestId("readings").locator(`tbody tr[data-row-key^="${read!.id}-"]`).innerText()).toContain("实时抄表");
  });
});

describe("hot-water controllers", () => {
  it("wc-read-temp, wc-temp-valve, wc-auto-control: temperature, target and valve are shown and ordered", async () => {
    const { page } = opened;
    await page.goto(`/meters/${HOT}`);
    await poll(() => page.getByTestId("hot-temperature").innerText()).toMatch(/4\d\.\d °C/);
    await page.getByTestId("hot-target").fill("48.5");
    await page.getByTestId("hot-target").blur();
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.method() === "POST" && request.postDataJSON()?.kind === "automatic_on"),
      page.getByTestId("hot-set").click().then(() => page.getByTestId("order-confirm").click()),
    ]);
    expect(sent.postDataJSON()).toMatchObject({ kind: "automatic_on", target_c: "48.5" });
    await poll(async () => (await meter(page, HOT)).hot_water.target_c).toBe("48.5");
    await page.getByTestId("order-close").click();
    await closed(page);
    await page.getByTestId("hot-valve-close").click();
    await page.getByTestId("order-confirm").click();
    await poll(async () => (await meter(page, HOT)).hot_water.temperature_valve, { timeout: 20_000 }).toBe("closed");
  });

  it("wc-main-valve: the main valve is closed with a tick, as a forced trip is", async () => {
    const { page } = opened;
    await page.goto(`/meters/${HOT}`);
    await page.getByTestId("hot-main-switch").click();
    await page.getByTestId("order-sure").check();
    await page.getByTestId("order-confirm").click();
    await poll(async () => (await meter(page, HOT)).reported, { timeout: 20_000 }).toBe("open");
  });

  it("wc-annual-fee: what has run out is blocked until it is paid, once whatever is clicked; the balance stays", async () => {
    const { page } = opened;
    const before = await meter(page, EXPIRED);
    expect(before).toMatchObject({ wanted: "open", wanted_reason: "fee" });
    await act(page, EXPIRED, "fee");
    await page.getByTestId("fee-years").fill("2");
    await page.getByTestId("fee-years").blur();
    await poll(() => page.getByTestId("fee-amount").getAttribute("data-value")).toBe("240");
    expect(await page.getByTestId("fee-submit").isDisabled(), "nothing without agreement").toBe(true);
    // Another desk changes it meanwhile: nothing is booked, and it is agreed to anew.
    await page.getByTestId("fee-sure").check();
    await page.request.put(`/api/v1/meters/${EXPIRED}/annual-fee`, { data: { yearly: "150", paid_until: before.annual_fee.paid_until } });
    await page.getByTestId("fee-submit").click();
    await page.getByTestId("fee-newer").waitFor();
    await poll(() => page.getByTestId("fee-amount").getAttribute("data-value")).toBe("300");
    expect(await page.getByTestId("fee-submit").isDisabled(), "a tick beside another amount").toBe(true);
    await page.getByTestId("fee-sure").check();
    await page.getByTestId("fee-submit").dblclick();
    await page.getByTestId("fee-result").waitFor();
    expect(await page.getByTestId("receipt").innerText()).toContain("年费收据");
    const { rows } = await get(page, `/meters/${EXPIRED}/annual-fees`);
    expect(rows).toHaveLength(1);
    expect(await meter(page, EXPIRED)).toMatchObject({ wanted: "closed", annual_fee: { yearly: "150", paid_until: rows[0].paid_until } });
    await page.getByTestId("fee-finish").click();
    await page.goto(`/meters/${EXPIRED}?tab=fees`);
    await page.getByTestId("record-print").first().waitFor();
  });
});

describe("the clock and the register", () => {
  it("em-timed-switch: a week is painted, typed and taken back", async () => {
    const { page } = opened;
    await act(page, STILL, "schedule");
    const schedule = () => page.getByTestId("schedule").getAttribute("data-schedule");
    const cell = (day: number, half: number) => page.locator(`[data-cell="${day * 48 + half}"]`);
    const centre = async (day: number, half: number) => {
      const { x, y, width, height } = (await cell(day, half).boundingBox())!;
      return [x + width / 2, y + height / 2] as const;
    };
    await cell(0, 44).hover();  // waits until the dialog stands still
    await page.mouse.down();
    await page.mouse.move(...(await centre(4, 47)), { steps: 6 });
    await page.mouse.up();
    await poll(schedule).toBe("12345 22:00-00:00");
    await cell(5, 20).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowRight");
    await poll(schedule).toBe("12345 22:00-00:00,6 10:00-11:00");
    await page.getByTestId("schedule-drop").last().click();
    await page.getByTestId("schedule-on").fill("06:15");
    await poll(schedule).toBe("12345 22:00-06:15");
    await page.getByTestId("schedule-save").click();
    await poll(async () => (await meter(page, STILL)).schedule).toEqual([{ days: [1, 2, 3, 4, 5], off: "22:00", on: "06:15" }]);
    await closed(page);
    await act(page, STILL, "schedule");
    await page.getByTestId("schedule-clear").click();
    await page.getByTestId("schedule-save").click();
    await poll(async () => (await meter(page, STILL)).schedule).toEqual([]);
  });

  it("em-clear, wm-clear, wc-clear: a register is cleared after a reason, a tick and its number; the record says so", async () => {
    const { page } = opened;
    await act(page, WATER, "clear");
    const confirm = page.getByTestId("order-confirm");
    await page.getByTestId("order-note").fill("新租客入住");
    await page.getByTestId("order-sure").check();
    expect(await confirm.isDisabled(), "the number is asked for").toBe(true);
    await page.getByTestId("order-address").fill("000000000000");
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByTestId("order-address").fill((await meter(page, WATER)).address);
    await confirm.click();
    await poll(async () => (await get(page, `/meters/${WATER}/register-changes`)).rows.length, { timeout: 20_000 }).toBe(1);
    await page.goto(`/meters/${WATER}?tab=registers`);
    await poll(() => page.getByTestId("registers").innerText()).toMatch(/设备清零[\s\S]*新租客入住/);
  });

  it("em-params: a meter is replaced: what the old one counted is billed, and counting goes on from the new one", async () => {
    const { page } = opened;
    const before = await meter(page, STILL);
    await act(page, STILL, "register");
    await page.getByTestId("register-kind-replace").click();
    await page.getByTestId("register-last").fill("1");
    await page.getByRole("alert").first().waitFor();
    await page.getByTestId("register-last").fill((Number(before.last_reading.total) + 10).toFixed(2));
    await page.getByTestId("register-start").fill("0.5");
    await page.getByTestId("register-new-address").fill("001610139999");
    await page.getByTestId("register-note").fill("旧表烧毁");
    await page.getByTestId("register-sure").check();
    await page.getByTestId("register-change-submit").click();
    await page.getByTestId("register-change-result").waitFor();
    const after = await meter(page, STILL);
    expect(after).toMatchObject({ address: "001610139999", last_reading: { total: "0.5" } });
    expect(Number(after.balance)).toBeLessThan(Number(before.balance));
    const [row] = (await get(page, `/meters/${STILL}/register-changes`)).rows;
    expect(row).toMatchObject({ kind: "replace", note: "旧表烧毁", to: { total: "0.5" } });
  });

  it("em-detail: a meter of another protocol takes its place: protocol, model and unit go with the order, and are asked for", async () => {
    const { page } = opened;
    const before = await meter(page, STILL);
    await act(page, STILL, "register");
    await page.getByTestId("register-kind-replace").click();
    await page.getByTestId("register-last").fill((Number(before.last_reading.total) + 1).toFixed(2));
    await page.getByTestId("register-note").fill("换成导轨表");
    await page.getByTestId("register-other-device").check();
    await choose(page, "register-dialect", /Modbus/);
    expect(await page.getByTestId("register-sure").isDisabled(), "twelve digits are no unit, and there is no model").toBe(true);
    await page.getByTestId("register-new-address").fill("17");
    await page.getByTestId("register-model").locator("input").fill("eastron-sdm120");
    await page.getByTestId("register-sure").check();
    expect(await sentBy(page, "/register-changes", "register-change-submit")).toMatchObject({ kind: "replace", address: "17", profile: { dialect: "modbus", model: "eastron-sdm120" } });
    await page.getByTestId("register-change-result").waitFor();
    expect(await meter(page, STILL)).toMatchObject({ address: "17", profile: { dialect: "modbus" } });
  });
});
