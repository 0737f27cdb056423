// Telephones and long words: no page is wider than the screen, what a row offers is never cut, and every dialog can be finished.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, settled, withId, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 664 };

async function speak(page: Page, language: "zh-CN" | "en") {
  await page.goto("/login");
  await page.evaluate((chosen) => localStorage.setItem("anju.language", JSON.stringify(chosen)), language);
}

const lists = [
  "/meters", "/prices", "/money/accounts", "/money/recharges", "/money/calculations", "/money/refunds", "/inbox", "/messages/sent", "/prepaid", "/space/houses", "/space/rooms",
  "/space/residents", "/organisation/users", "/organisation/roles", "/organisation/departments",
];
const pages = [
  ...lists, "/", "/energy", "/energy?utility=water", "/meters/101", "/meters/101?tab=ledger", "/meters/101?tab=readings", "/meters/109?tab=commands", "/meters/101?tab=openings", "/meters/101?tab=bound",
  "/meters/101?tab=subscribers", "/meters/101?tab=info", "/meters/146", "/meters/147?tab=fees", "/gateways", "/gateways/gw-a", "/device/firmware", "/alarms", "/audit", "/messages/announcements", "/messages/sms",
  "/reports/readings", "/reports/payments", "/projects", "/downloads", "/settings", "/space/houses/{houses}", "/space/rooms/{rooms}", "/codes/room",
];
/** The page, what is clicked (one after the other), and what finishes the dialog. */
const dialogs: [string, string[], string][] = [
  ["/meters/104", ["action-recharge"], "recharge-submit"],
  ["/meters/115", ["action-more", "action-settle"], "settle-submit"],
  ["/meters/115", ["action-more", "action-adjust"], "adjust-submit"],
  ["/meters/138", ["action-more", "action-register"], "register-change-submit"],
  ["/meters/138", ["action-more", "action-device"], "device-save"],
  ["/meters/143", ["action-more", "action-clear"], "order-confirm"],
  ["/meters/144", ["action-more", "action-schedule"], "schedule-save"],
  ["/meters/147", ["action-more", "action-fee"], "fee-submit"],
  ["/meters/120", ["action-more", "action-settings"], "settings-save"],
  ["/meters/105", ["action-more", "action-price"], "price-save"],
  ["/meters/107", ["action-more", "action-openAccount"], "open-submit"],
  ["/meters/101?tab=subscribers", ["subscriber-add"], "subscriber-save"],
  ["/meters/116?tab=readings", ["reading-accept"], "accept-submit"],
  ["/meters", ["meter-add"], "register-submit"],
  ["/prices", ["plan-add", "plan-kind-tou", "plan-by-slots", "step-month"], "plan-save"],
  ["/messages/sms", ["sms-buy"], "sms-submit"],
  ["/messages/announcements", ["announce-add"], "announce-count"],
  ["/gateways?add=1", [], "gateway-submit"],
  ["/device/firmware", ["release-upload"], "release-send"],
  ["/gateways/gw-a", ["gateway-upgrade"], "upgrade-next"],
];

describe("on a telephone", () => {
  it.each(["zh-CN", "en"] as const)("no page is wider than the screen (%s)", async (language) => {
    const { page } = opened;
    await page.setViewportSize(PHONE);
    await speak(page, language);
    const wide: string[] = [];
    for (const path of pages) {
      await page.goto(await withId(page, path));
      await page.locator(".a-content").waitFor();
      await settled(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) wide.push(`${path}: ${over} px`);
    }
    expect(wide).toEqual([]);
  });

  it.each(dialogs)("%s %s is finished by %s, which can be reached", async (path, steps, finish) => {
    const { page } = opened;
    await page.setViewportSize(PHONE);
    await page.goto(path);
    for (const step of steps) await page.getByTestId(step).first().click();
    const button = page.getByTestId(finish);
    await button.waitFor();
    // What comes late, such as the plans to choose from, moves it once more.
    const reached = () =>
      button.evaluate((element) => {
        element.scrollIntoView({ block: "nearest" });
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const on = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return { inside: left >= 0 && right <= innerWidth && top >= -1 && bottom <= innerHeight + 1, onTop: element === on || element.contains(on), wide: document.documentElement.scrollWidth > innerWidth };
      });
    await expect.poll(reached).toEqual({ inside: true, onTop: true, wide: false });
  });
});

describe("at a desk", () => {
  it.each(["zh-CN", "en"] as const)("what a row offers is never cut (%s)", async (language) => {
    const { page } = opened;
    await page.setViewportSize(DESK);
    await speak(page, language);
    const cut: string[] = [];
    for (const path of lists) {
      await page.goto(path);
      await page.locator("tbody tr[data-row-key]").first().waitFor();
      await settled(page);
      const found = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("tbody td:last-child button")]
          .filter((button) => button.getBoundingClientRect().right > Math.min(button.closest("td")!.getBoundingClientRect().right, innerWidth) + 0.5)
          .map((button) => button.innerText),
      );
      cut.push(...new Set(found.map((words) => `${path}: ${words}`)));
    }
    expect(cut).toEqual([]);
  });
});
