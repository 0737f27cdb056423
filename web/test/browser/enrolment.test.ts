// 接入码 on a gateway's page: drawn, read as people and cameras read it, counted down and cancelled.
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

const { poll } = expect;

describe("接入码", () => {
  it("is shown once with its picture, the command and the time that is left, and ends with 作废", async () => {
    const { page } = opened;
    await page.goto("/gateways/gw-a");
    await page.getByTestId("enrolment-make").click();
    // This gateway is connected: another box would take its place, so a person confirms.
    await page.locator(".ant-popconfirm .ant-btn-primary").click();
    await page.getByTestId("enrolment-draw").click();
    const code = await page.getByTestId("enrolment-code").innerText();
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}$/);
    const picture = page.getByTestId("enrolment-picture");
    await picture.waitFor();
    const png = PNG.sync.read(Buffer.from((await picture.getAttribute("src"))!.split(",")[1]!, "base64"));
    const read = jsQR(new Uint8ClampedArray(png.data), png.width, png.height)!.data;
    expect(read).toBe(await page.getByTestId("enrolment-command").innerText());
    expect(read).toContain(`--code ${code}`);
    const left = () => page.getByTestId("enrolment-left").innerText();
    expect(await left()).toMatch(/23:59:\d\d|24:00:0\d/);
    const before = await left();
    await poll(left).not.toBe(before);
    await page.getByTestId("enrolment-done").click();
    await poll(() => page.getByTestId("enrolment-code").count()).toBe(0);
    await page.getByTestId("enrolment-state").waitFor();
    await page.getByTestId("enrolment-cancel").click();
    await poll(() => page.getByTestId("enrolment-cancel").count()).toBe(0);
    expect(await page.getByTestId("enrolment-state").innerText()).toContain("已作废");
  });
});

describe("吊销", () => {
  it("asks for a reason, says what follows, and shows who revoked and why until a new code is drawn", async () => {
    const { page } = opened;
    await page.goto("/gateways/gw-a");
    await page.getByTestId("revoke").click();
    expect(await page.getByTestId("revoke-confirm").isDisabled()).toBe(true);
    await page.getByTestId("revoke-note").fill("主机被盗");
    await page.getByTestId("revoke-confirm").click();
    await page.getByTestId("revocation").waitFor();
    expect(await page.getByTestId("revocation").innerText()).toContain("主机被盗");
    expect(await page.getByTestId("revoke").count()).toBe(0);
    // No box can be replaced any more: nothing to confirm.
    await page.getByTestId("enrolment-make").click();
    await page.getByTestId("enrolment-draw").waitFor();
  });
});
