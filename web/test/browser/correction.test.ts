// con-meter-link-params: how a meter is spoken to is corrected on its page, from a row of the list, and on a phone; rows offer what their device can do.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

const { poll } = expect;
/** Of the made-up site: a water meter with a network of its own, one of CJ/T188 on a line. */
const [AIR, WIRED] = [143, 144];
const choose = async (page: Page, handle: string, text: RegExp) => {
  await page.getByTestId(handle).click();
  await page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option").filter({ hasText: text }).first().click();
};
const saved = async (page: Page) => {
  const [sent] = await Promise.all([page.waitForRequest((request) => request.method() === "PUT" && request.url().endsWith("/device")), page.getByTestId("device-save").click()]);
  return sent.postDataJSON() as Record<string, unknown>;
};
const row = (page: Page, id: number) => page.locator(`[data-testid="meter-row"][data-id="${id}"]`);

describe("通讯参数", () => {
  it("a mistyped status map is corrected: what changes is shown and agreed to, and what was agreed to is what is sent", async () => {
    const { page } = opened;
    await page.goto(`/meters/${WIRED}`);
    await page.getByTestId("action-more").click();
    await page.getByTestId("action-device").click();
    const dialog = page.getByTestId("device-dialog");
    await page.getByTestId("device-line").waitFor();
    expect(await page.getByTestId("device-save").isDisabled()).toBe(true);
    expect(await page.getByTestId("device-changes").count()).toBe(0);
    expect(await page.getByTestId("device-password").count(), "of DL/T645 only").toBe(0);
    await choose(page, "register-status-map", /高两位/);
    await poll(() => page.getByTestId("device-changes").innerText()).toMatch(/阀门状态位: 低两位：00 开，10 关[\s\S]*→ 高两位/);
    await page.getByTestId("device-sure").click();
    expect(await page.getByTestId("device-save").isDisabled()).toBe(false);
    // Something else by now: what was agreed to was another change.
    await choose(page, "register-baud", /^4800$/);
    await poll(() => page.getByTestId("device-save").isDisabled()).toBe(true);
    await page.getByTestId("register-valve-close").fill("55");
    await page.getByTestId("device-sure").click();
    await page.getByTestId("device-save").click();
    await poll(() => page.locator(".ant-form-item-explain-error").allInnerTexts()).toEqual(expect.arrayContaining([expect.stringContaining("不能与开阀控制码相同")]));
    await page.getByTestId("register-valve-close").fill("9A");
    await page.getByTestId("device-sure").click();
    expect(await saved(page)).toEqual({
      address: "33780012345678", baud: 4800,
      profile: { dialect: "cjt188", meter_type: "10", low_byte_first: false, status_map: "high_bits", valve_open: "55", valve_close: "9A", travel_s: 10 },
    });
    await dialog.waitFor({ state: "detached" });
    expect(await (await page.request.get(`/api/v1/meters/${WIRED}`)).json()).toMatchObject({ baud: 4800, profile: { status_map: "high_bits" }, dispatch: "dispatched" });
  });

  it("when another device hangs there by now nothing is sent over it, and the dialog says so", async () => {
    const { page } = opened;
    const pattern = /\/api\/v1\/meters\/144\/device$/;
    await page.route(pattern, (route) => route.fulfill({ status: 409, json: { code: "conflict", field: "address", message: "" } }));
    await page.goto(`/meters/${WIRED}`);
    await page.getByTestId("action-more").click();
    await page.getByTestId("action-device").click();
    await page.getByTestId("register-low-byte-first").click();
    await page.getByTestId("device-sure").click();
    await page.getByTestId("device-save").click();
    await poll(() => page.getByTestId("error-notice").innerText()).toContain("另一块表");
    await page.unroute(pattern);
  });

  it("of DL/T645 a password is typed and never shown, and the edition can be another", async () => {
    const { page } = opened;
    await page.goto("/meters/138");
    await page.getByTestId("action-more").click();
    await page.getByTestId("action-device").click();
    await page.getByTestId("device-password").waitFor();
    expect(await page.getByTestId("device-password").inputValue()).toBe("");
    await page.getByTestId("device-password").fill("AB12CD");
    await choose(page, "register-dialect", /1997/);
    await poll(() => page.getByTestId("device-changes").innerText()).toMatch(/密码: 换成新填写的/);
    expect(await page.getByTestId("device-changes").innerText()).not.toContain("AB12CD");
    await page.getByTestId("device-sure").click();
    expect(await saved(page)).toMatchObject({ profile: { dialect: "dlt645-1997", close: "direct", short_relay_command: false, password: "AB12CD" } });
    await page.getByTestId("device-dialog").waitFor({ state: "detached" });
  });
});

describe("lists", () => {
  it("em-list: rows say their protocol, the column can be hidden, and a row offers what its page offers", async () => {
    const { page } = opened;
    await page.goto("/meters?kind=water");
    await row(page, WIRED).waitFor();
    expect(await row(page, WIRED).getByTestId("row-dialect").innerText()).toBe("CJ/T188");
    expect(await row(page, AIR).getByTestId("row-dialect").innerText()).toContain("自带网络");
    const offered = async (id: number) => {
      await row(page, id).getByTestId("row-more").click();
      const menu = page.locator(".ant-dropdown:not(.ant-dropdown-hidden)");
      await menu.getByTestId("row-settle").waitFor();
      const names = { clear: await menu.getByTestId("row-clear").count(), clock: await menu.getByTestId("row-clock").count(), device: await menu.getByTestId("row-device").count() };
      await page.locator("h1").first().click();
      await poll(() => menu.count()).toBe(0);
      return names;
    };
    expect(await offered(WIRED)).toEqual({ clear: 0, clock: 0, device: 1 });
    expect(await offered(AIR)).toEqual({ clear: 1, clock: 0, device: 0 });
  });

  it("on a phone the dialog is no wider than the screen, in both languages", async () => {
    const context = await opened.browser.newContext({ baseURL: opened.address, viewport: { width: 390, height: 844 }, locale: "zh-CN", reducedMotion: "reduce", storageState: await opened.page.context().storageState() });
    const page = await context.newPage();
    for (const language of ["zh-CN", "en"]) {
      await page.goto("/");
      await page.evaluate((value) => localStorage.setItem("anju.language", JSON.stringify(value)), language);
      await page.goto("/meters/138");
      await page.getByTestId("action-more").click();
      await page.getByTestId("action-device").click();
      await page.getByTestId("device-password").waitFor();
      await page.getByTestId("device-password").fill("112233");
      await page.getByTestId("device-sure").waitFor();
      expect(await page.getByTestId("device-dialog").innerText()).toContain(language === "en" ? "Port (line)" : "端口（线路）");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      const box = await page.getByTestId("device-save").boundingBox();
      expect(box!.x + box!.width).toBeLessThanOrEqual(390);
    }
    await context.close();
  });
});
