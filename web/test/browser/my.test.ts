// Residents: a code is shared and scanned, a meter is seen on a phone, and it is gone when the staff says so.
import jsQR from "jsqr";
import { PNG } from "pngjs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, type Console } from "./lib/console";

let opened: Console;
let phone: Page;
beforeAll(async () => {
  opened = await openConsole("admin");
  // Somebody else's phone: it has no session of the staff.
  phone = await (await opened.browser.newContext({ baseURL: opened.address, viewport: { width: 390, height: 844 }, locale: "zh-CN", reducedMotion: "reduce" })).newPage();
  phone.setDefaultTimeout(15_000 * Number(process.env.ANJU_PATIENCE ?? "1"));
});
afterAll(() => opened?.close());

const { poll } = expect;

async function share(page: Page, meter: number): Promise<string> {
  await page.goto(`/meters/${meter}?tab=bound`);
  await page.getByTestId("share").click();
  await page.getByTestId("share-make").click();
  const picture = page.getByTestId("share-picture").first();
  await picture.waitFor();
  const png = PNG.sync.read(Buffer.from((await picture.getAttribute("src"))!.split(",")[1]!, "base64"));
  const read = jsQR(new Uint8ClampedArray(png.data), png.width, png.height)!.data;
  expect(read).toBe(await picture.getAttribute("data-url"));
  expect(new URL(read).pathname, "no server hears of the code").toBe("/r");
  await page.getByTestId("share-done").click();
  return read;
}

describe("residents", () => {
  let scanned = "";

  it("em-share-qr, em-add-scan: a shared code is scanned, name and mobile are typed, and the meter is there", async () => {
    const url = new URL(await share(opened.page, 102));
    scanned = url.pathname + url.hash;
    await phone.goto(scanned);
    await phone.getByTestId("bind-number").waitFor();
    expect(await phone.getByTestId("bind-number").innerText()).toMatch(/\*{3,}/);
    await phone.getByTestId("bind-submit").click();
    await poll(() => phone.locator(".ant-form-item-explain-error").count()).toBe(2);
    await phone.getByTestId("bind-name").fill("王小明");
    await phone.getByTestId("bind-mobile").fill("139 1111 2222");
    await phone.getByTestId("bind-submit").click();
    await phone.getByTestId("my-balance").waitFor();
    expect(phone.url()).toMatch(/\/my\/\d+$/);
    // Nothing sticks out of a phone.
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  it("em-user-balance: the balance, where to recharge, use and records; of the staff there is nothing", async () => {
    await phone.getByTestId("my-recharge").waitFor();
    await phone.getByTestId("my-use").locator("[role=img] svg").first().waitFor();
    await poll(() => phone.getByTestId("my-record").count()).toBe(2);
    expect(await phone.getByTestId("user-menu").count()).toBe(0);
    await phone.getByTestId("my-back").click();
    await poll(() => phone.getByTestId("my-meter").count()).toBe(1);
    await phone.getByTestId("my-sms").click();
    await phone.getByTestId("my-save").click();
    await poll(async () => (await (await phone.request.get("/api/v1/my/account")).json()).sms).toBe(true);
  });

  it("em-share-qr: a code that is not valid is told so in plain words", async () => {
    await phone.goto("/r#no-such-code");
    await phone.getByTestId("bind-invalid").waitFor();
  });

  it("em-bound-users: the staff sees who is bound and unbinds him; he does not see the meter any more", async () => {
    const { page } = opened;
    await page.goto("/meters/102?tab=bound");
    const user = page.getByTestId("bound-by-code-user").filter({ hasText: "王小明" });
    await user.getByTestId("unbind").click();
    await poll(() => page.locator(".ant-popconfirm").innerText()).toMatch(/王小明（139 ?1111 ?2222）[^]*二维码同时作废/);
    await page.locator(".ant-popconfirm .ant-btn-dangerous").click();
    await poll(() => user.getByTestId("unbind").count()).toBe(0);
    // The code he has goes with him: nobody has to think of it.
    await poll(() => page.locator("[data-testid=meter-share][data-state=revoked]").count()).toBe(1);
    await phone.goto("/my");
    await phone.goto(scanned);
    await phone.getByTestId("bind-invalid").waitFor();
    await phone.goto("/my");
    await phone.getByTestId("empty-state").waitFor();
    expect(await phone.getByTestId("my-meter").count()).toBe(0);
  });

  it("em-share-qr: a meter that has ten valid codes says so and is told to revoke one; then another one can be made", async () => {
    const { page } = opened;
    for (let i = 0; i < 9; ++i) expect((await page.request.post("/api/v1/meters/103/shares", { data: { days: 7, uses: 4 } })).status()).toBe(201);
    await share(page, 103);
    await poll(() => page.locator("[data-testid=meter-share][data-state=open]").count()).toBe(10);
    await page.getByTestId("share").click();
    await page.getByTestId("share-make").click();
    await poll(() => page.locator(".ant-modal [data-testid=error-notice]").innerText()).toMatch(/10 个有效的二维码[^]*撤销/);
    await page.keyboard.press("Escape");
    await page.getByTestId("share-revoke").first().click();
    await page.locator(".ant-popconfirm:visible .ant-btn-dangerous").click();
    await poll(() => page.locator("[data-testid=meter-share][data-state=revoked]").count()).toBe(1);
    await share(page, 103);
  });
});
