// con-mgmt, con-dispatch-status, con-bind: a concentrator's page: its meters with their wires, 下发 and 取消 with what becomes of them, 待绑定.
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

const { poll } = expect;
const PATIENCE = { timeout: 10_000 };

describe("集中器", () => {
  it("con-mgmt, con-online: 集中器管理 lists them with asset number and state, and leads to what waits", async () => {
    const { page } = opened;
    await page.goto("/device/concentrators");
    await page.getByTestId("concentrator-online").first().waitFor();
    const text = await page.locator("main, #root").first().innerText();
    expect(text).toContain("16100610");
    expect(await page.getByTestId("concentrator-online").allInnerTexts()).toEqual(expect.arrayContaining(["在线", "离线"]));
    await page.getByRole("link", { name: "gw-a" }).click();
    await page.getByTestId("concentrator-asset").waitFor();
    expect(await page.getByTestId("concentrator-asset").innerText()).toContain("16100610");
  });

  it("con-dispatch-status, con-meter-link-params: a prepared meter is dispatched and confirmed, a refused one says why, each shows its wires", async () => {
    const { page } = opened;
    await page.goto("/gateways/gw-a");
    const rows = page.getByTestId("concentrator-meter");
    await rows.first().waitFor();
    const state = (at: number) => rows.nth(at).getByTestId("dispatch-state").getAttribute("data-state");
    expect(await state(0)).toBe("prepared");
    expect(await rows.nth(0).innerText()).toContain("否");
    await rows.nth(0).getByTestId("row-dispatch").click();
    await poll(() => state(0), PATIENCE).toMatch(/dispatched|confirmed/);
    await page.reload();
    await poll(async () => (await page.reload(), await rows.first().waitFor(), state(0)), PATIENCE).toBe("confirmed");
    expect(await rows.nth(0).innerText()).toContain("是");

    expect(await state(1)).toBe("refused");
    await rows.nth(1).getByTestId("dispatch-state").hover();
    await poll(() => page.locator(".ant-tooltip").allInnerTexts(), PATIENCE).toEqual(expect.arrayContaining([expect.stringContaining("unknown_profile")]));
    await page.mouse.move(0, 0);

    expect(await rows.nth(3).innerText()).toMatch(/1200/);
    expect(await rows.nth(4).innerText()).toMatch(/无校验/);
    expect(await rows.nth(2).innerText()).toMatch(/2400[\s\S]*偶校验[\s\S]*8[\s\S]*1/);
  });

  it("con-dispatch-status: 取消 of a household's meter says what it means before it is done", async () => {
    const { page } = opened;
    await page.goto("/gateways/gw-a");
    const row = page.getByTestId("concentrator-meter").nth(2);
    await row.getByTestId("row-withdraw").click();
    await page.getByTestId("withdraw-opened").waitFor();
    await page.getByTestId("concentrator-confirm").click();
    await poll(() => row.getByTestId("dispatch-state").getAttribute("data-state"), PATIENCE).toMatch(/withdrawing|prepared/);
  });

  it("con-bind: what was found is bound with what is known of it, dismissed and restored", async () => {
    const { page } = opened;
    await page.goto("/gateways/gw-a");
    const row = (address: string) => page.locator(`[data-testid="found-row"][data-address="${address}"]`);
    await row("000000000778").getByTestId("found-dismiss").click();
    await poll(() => row("000000000778").count(), PATIENCE).toBe(0);
    await page.getByTestId("found-toggle").click();
    await row("000000000778").getByTestId("found-dismiss").click();
    await page.getByTestId("found-toggle").click();
    await row("000000000778").waitFor();

    await row("000000000777").getByTestId("found-bind").click();
    await page.getByTestId("register-address").waitFor();
    expect(await page.getByTestId("register-address").inputValue()).toBe("000000000777");
    expect(await page.getByTestId("register-start").inputValue()).toBe("152.3");
    expect(await page.getByTestId("register-device").inputValue()).toBe("m000000000777");
    expect(new URL(page.url()).search).toBe("");
  });

  it("con-meter-register: an entry from the concentrator is of it, and prepared only", async () => {
    const { page } = opened;
    await page.goto("/gateways/gw-a");
    await page.getByTestId("concentrator-enter").click();
    const now = page.getByTestId("register-dispatch");
    await now.waitFor();
    expect(await now.getAttribute("aria-checked")).toBe("false");
    expect(await page.getByTestId("register-gateway").innerText()).toContain("gw-a");
  });
});
