// Messages to people: the inbox and its bell, what went out, who hears of a meter, announcements, and the stock of SMS.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

const { poll } = expect;
const get = async (page: Page, path: string) => (await page.request.get(`/api/v1${path}`)).json();
const bell = (page: Page) => page.getByTestId("inbox-bell").getAttribute("data-unread").then(Number);

describe("messages", () => {
  it("al-inbox: the bell counts what is unread; one message and then all of them are read", async () => {
    const { page } = opened;
    await page.goto("/meters");
    await poll(() => bell(page)).toBeGreaterThan(1);
    const before = await bell(page);
    await page.getByTestId("inbox-bell").click();
    await page.getByTestId("inbox-row").first().waitFor();
    await page.getByTestId("inbox-read").first().click();
    await poll(() => bell(page)).toBe(before - 1);
    await page.getByTestId("inbox-read-all").click();
    await poll(() => bell(page)).toBe(0);
    await page.getByTestId("inbox-unread").click();
    await page.getByTestId("empty-state").waitFor();
  });

  it("al-low-balance: what was not accepted is sent again, and a way that is not configured is told", async () => {
    const { page } = opened;
    await page.goto("/messages/sent?state=failed");
    await page.getByTestId("message-ways").waitFor();
    await poll(() => page.getByTestId("delivery-row").count()).toBe(1);
    await page.getByTestId("delivery-resend").click();
    await poll(async () => (await get(page, "/messages?state=failed")).total).toBe(0);
  });

  it("em-notify: somebody is told of a meter; a list that somebody else changed is not overwritten", async () => {
    const { page } = opened;
    await page.goto("/meters/106?tab=subscribers");
    await page.getByTestId("subscriber-add").click();
    await page.getByTestId("subscriber-name").fill("李经理");
    await page.getByTestId("subscriber-save").click();
    await page.locator(".ant-form-item-explain-error").first().waitFor();
    await page.getByTestId("subscriber-mobile").fill("13800138000");
    await page.getByTestId("subscriber-save").click();
    await poll(() => page.getByTestId("subscriber").count()).toBe(1);
    const list = await get(page, "/meters/106/subscribers");
    expect(list.rows[0]).toMatchObject({ name: "李经理", mobile: "13800138000", kinds: ["low_balance_1", "low_balance_2", "cut_off", "reconnected"] });
    await poll(() => page.locator("[role=dialog]:visible").count()).toBe(0);
    await page.getByTestId("subscriber-edit").click();
    await page.request.put("/api/v1/meters/106/subscribers", { data: { version: list.version, rows: [...list.rows, { ...list.rows[0], id: undefined, name: "别人" }] } });
    await page.getByTestId("subscriber-drop").click();
    await page.getByTestId("subscriber-reload").waitFor();
    expect((await get(page, "/meters/106/subscribers")).rows).toHaveLength(2);
  });

  it("al-push-all: whom it reaches is counted and agreed to, then it is sent once", async () => {
    const { page } = opened;
    await page.goto("/messages/announcements");
    await page.getByTestId("announce-add").click();
    await page.getByTestId("announce-title").fill("停水通知");
    await page.getByTestId("announce-text").fill("明天 9 点到 12 点停水。");
    const before = (await get(page, "/announcements")).total;
    await page.getByTestId("announce-count").click();
    await page.getByTestId("announce-reach").waitFor();
    expect((await get(page, "/announcements")).total, "counting sends nothing").toBe(before);
    expect(await page.getByTestId("announce-send").isDisabled()).toBe(true);
    await page.getByTestId("announce-sure").check();
    await page.getByTestId("announce-send").dblclick();
    await poll(async () => (await get(page, "/announcements")).total).toBe(before + 1);
  });

  it("sm-packages: what is left is shown, and more is bought once", async () => {
    const { page } = opened;
    await page.goto("/messages/sms");
    await page.getByTestId("sms-low").waitFor();
    const { remaining } = await get(page, "/sms-packages");
    await page.getByTestId("sms-buy").click();
    await page.getByTestId("sms-count").fill("5000");
    await page.getByTestId("sms-price").fill("250");
    await page.getByTestId("sms-sure").check();
    await page.getByTestId("sms-submit").click();
    await poll(async () => (await get(page, "/sms-packages")).remaining).toBe(remaining + 5000);
  });
});
