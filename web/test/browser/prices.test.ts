// Price plans with the hands of a clerk: slots painted by mouse, finger and keyboard, steps, and changes that hold from a moment on.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locator, Page } from "playwright-core";

import { openConsole, settled, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

const { poll } = expect;
const row = (page: Page, name: string) => page.getByTestId("plan-row").filter({ hasText: name });
const slots = (page: Page) => page.getByTestId("slot-editor").getAttribute("data-slots");
const half = (page: Page, index: number) => page.locator(`[data-half="${index}"]`);
const plans = async (page: Page) => (await page.request.get("/api/v1/price-plans")).json();
const planOf = async (page: Page, name: string) => (await plans(page)).find((plan: { name: string }) => plan.name === name);

async function ofPlan(page: Page, name: string, action: string) {
  // A dialog that closes goes back in the history by itself; nobody goes elsewhere before that.
  await poll(() => page.locator("[role=dialog]:visible").count()).toBe(0);
  if (new URL(page.url()).pathname !== "/prices") await page.goto("/prices");
  const line = row(page, name);
  await line.waitFor();
  const direct = line.getByTestId(`row-${action}`);
  if (await direct.isVisible()) return direct.click();
  await line.getByTestId("row-more").click();
  await page.getByTestId(`row-${action}`).last().click();
}
const centre = async (cell: Locator) => {
  const { x, y, width, height } = (await cell.boundingBox())!;
  return [x + width / 2, y + height / 2] as const;
};

describe("price plans", () => {
  it("em-price-plan: a plan of time slots and steps is made with mouse and keyboard, and is whole", async () => {
    const { page } = opened;
    await page.goto("/prices");
    await page.getByTestId("plan-add").click();
    await page.getByTestId("plan-name").fill("工业分时");
    await page.getByTestId("plan-kind-tou").click();
    for (const [name, price] of [["sharp", "1.5"], ["peak", "1.2"], ["flat", "0.8"], ["valley", "0.4"]]) await page.getByTestId(`plan-${name}`).fill(price!);
    await page.getByTestId("plan-by-slots").click();
    await settled(page);
    expect(await slots(page)).toBe("00:00 valley,08:00 peak,22:00 valley");

    // Drawn from 12:00 to 17:00 with 平, and back to 14:00: what is drawn back over is as it was.
    await page.getByTestId("slot-editor").locator(".ant-radio-button-wrapper").nth(2).click();
    await half(page, 24).scrollIntoViewIfNeeded();
    await page.mouse.move(...(await centre(half(page, 24))));
    await page.mouse.down();
    await page.mouse.move(...(await centre(half(page, 33))), { steps: 6 });
    expect(await slots(page)).toBe("00:00 valley,08:00 peak,12:00 flat,17:00 peak,22:00 valley");
    await page.mouse.move(...(await centre(half(page, 27))), { steps: 4 });
    await page.mouse.up();
    expect(await slots(page)).toBe("00:00 valley,08:00 peak,12:00 flat,14:00 peak,22:00 valley");

    // Keyboard: 19:00 to 20:30 sharp.
    await half(page, 38).focus();
    await page.keyboard.press("1");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    expect(await slots(page)).toBe("00:00 valley,08:00 peak,12:00 flat,14:00 peak,19:00 sharp,20:30 peak,22:00 valley");

    // Rows: the last one goes, its time to the one before.
    await page.getByTestId("slot-drop").last().click();
    expect(await slots(page)).toBe("00:00 valley,08:00 peak,12:00 flat,14:00 peak,19:00 sharp,20:30 peak");

    await page.getByTestId("step-month").click();
    await page.getByTestId("step-above").fill("210");
    await page.getByTestId("step-add").fill("0.05");
    await page.getByTestId("step-add-row").click();
    await page.getByTestId("step-above").nth(1).fill("200");
    await page.getByTestId("step-add").nth(1).fill("0.3");
    await page.getByTestId("plan-save").click();
    await page.getByTestId("step-editor").getByRole("alert").waitFor();
    expect((await plans(page)).some((plan: { name: string }) => plan.name === "工业分时"), "falling steps are not sent").toBe(false);
    await page.getByTestId("step-above").nth(1).fill("400");
    expect(await page.getByTestId("priced-steps").innerText()).toMatch(/400 以上\s+1\.8000\s+1\.5000\s+1\.1000\s+0\.7000/);
    await page.getByTestId("plan-save").click();
    await row(page, "工业分时").waitFor();
    expect(await planOf(page, "工业分时")).toMatchObject({
      slots: [{ from: "00:00", tariff: "valley" }, { from: "08:00", tariff: "peak" }, { from: "12:00", tariff: "flat" }, { from: "14:00", tariff: "peak" }, { from: "19:00", tariff: "sharp" }, { from: "20:30", tariff: "peak" }],
      step_period: "month",
      steps: [{ above: "210", add: "0.05" }, { above: "400", add: "0.3" }],
    });
  });

  it("em-price-plan: slots are painted with a finger on a telephone", async () => {
    const context = await opened.browser.newContext({ baseURL: opened.address, viewport: { width: 390, height: 844 }, hasTouch: true, locale: "zh-CN", reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto("/login");
    await page.getByTestId("login-user").fill("admin");
    await page.getByTestId("login-password").fill("anju-demo");
    await page.getByTestId("login-submit").click();
    await page.getByTestId("user-menu").waitFor();
    await ofPlan(page, "商铺分时电价", "edit");
    await half(page, 4).scrollIntoViewIfNeeded();
    await settled(page);
    const touch = await context.newCDPSession(page);
    const at = async (type: string, index: number) => {
      const [x, y] = await centre(half(page, index));
      await touch.send("Input.dispatchTouchEvent", { type: type as "touchStart", touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
    };
    await at("touchStart", 2);
    await at("touchMove", 4);
    await at("touchMove", 5);
    await at("touchEnd", 5);
    await poll(() => slots(page)).toContain("00:00 valley,01:00 peak,03:00 valley,07:00 flat");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), "nothing is wider than the screen").toBeLessThanOrEqual(0);
    await context.close();
  });

  it("em-price-plan: a change that holds from a moment on is shown, replaced after a warning, and withdrawn", async () => {
    const { page } = opened;
    const before = await planOf(page, "照明电价");
    expect(before.next.total).toBe("1.25");
    await ofPlan(page, "照明电价", "edit");
    await page.getByTestId("when-then").click();
    await page.getByTestId("when-midnight").click();
    await page.getByTestId("plan-replaces").waitFor();
    await page.getByTestId("plan-total").fill("1.27");
    await page.getByTestId("plan-save").click();
    await page.getByTestId("plan-save").waitFor({ state: "detached" });
    await poll(() => row(page, "照明电价").getByTestId("plan-next").innerText()).toMatch(/\d\d-\d\d 00:00 起\s+1\.2700/);
    const changed = await planOf(page, "照明电价");
    expect(changed.total, "the present price stays").toBe(before.total);
    expect(changed.next.from).toBeLessThan(before.next.from);

    await ofPlan(page, "照明电价", "history");
    await poll(() => page.getByTestId("version").evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.standing))).toEqual(["coming", "replaced", "replaced", "inForce"]);
    await page.keyboard.press("Escape");

    await ofPlan(page, "照明电价", "withdraw");
    await page.getByTestId("withdraw").waitFor();
    await page.getByTestId("withdraw-confirm").click();
    await page.getByTestId("withdraw").waitFor({ state: "detached" });
    const after = await planOf(page, "照明电价");
    expect([after.total, after.next.total, after.next.from], "the same price goes on").toEqual([before.total, before.total, changed.next.from]);
  });

  it("em-price-plan: a moment that is past, and a plan that somebody else changed, are not saved", async () => {
    const { page } = opened;
    await ofPlan(page, "优惠电价", "edit");
    await page.getByTestId("when-then").click();
    await page.getByTestId("when-moment").fill("2020-01-01T00:00");
    expect(await page.getByTestId("plan-save").isDisabled()).toBe(true);
    await page.getByTestId("when-now").click();
    const plan = await planOf(page, "优惠电价");
    await page.evaluate(async ({ id, name, kind, total, step_period, steps }) => {
      await fetch(`/api/v1/price-plans/${id}`, { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ name, kind, total, step_period, steps }) });
    }, plan);
    await page.getByTestId("plan-total").fill("0.57");
    await page.getByTestId("plan-save").click();
    await page.getByTestId("error-notice").waitFor();
    expect((await planOf(page, "优惠电价")).total).toBe("0.56");
    await page.getByTestId("plan-save").click();
    await poll(async () => (await planOf(page, "优惠电价")).total).toBe("0.57");
  });

  it("em-unit-price: a meter gets another plan from a moment on, and it is withdrawn", async () => {
    const { page } = opened;
    await page.goto("/meters/101");
    await page.getByTestId("action-price").click();
    await page.locator("[data-testid=price-plan]").nth(2).click();
    await page.getByTestId("when-then").click();
    await page.getByTestId("when-month").click();
    await page.getByTestId("price-save").click();
    await poll(() => page.getByTestId("header-next-plan").innerText()).toMatch(/-01 00:00 起 优惠电价/);
    const meter = async () => (await page.request.get("/api/v1/meters/101")).json();
    expect((await meter()).price_plan.name).toBe("照明电价");

    await page.getByTestId("action-price").click();
    await page.getByTestId("price-withdraw").click();
    await page.getByTestId("price-withdraw-confirm").click();
    await page.getByTestId("header-next-plan").waitFor({ state: "detached" });
    expect((await meter()).next_price_plan).toBeUndefined();
    await page.goto("/meters/101?tab=info");
    await page.getByTestId("plan-changes-open").click();
    await poll(() => page.getByTestId("plan-change").count()).toBe(3);
    expect(await page.locator("[data-testid=plan-change][data-standing=replaced]").count()).toBe(1);
  });
});
