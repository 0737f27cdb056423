// Barriers for people who read with something else than a mouse and two good eyes: axe-core on pages and dialogs, 1366 px light
// and dark, and a telephone. None may be serious.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, settled, withId, type Console } from "./lib/console";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };

let opened: Console;
beforeAll(async () => void (opened = await openConsole("system")));
afterAll(() => opened?.close());

/** What is wrong, where, and with what. rules: all of them unless some are named. */
async function barriers(page: Page, look: string, rules?: string[]): Promise<string[]> {
  await settled(page);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (only) => (globalThis as unknown as { axe: { run: (...given: unknown[]) => Promise<AxeResults> } }).axe.run(document, { resultTypes: ["violations"], ...(only ? { runOnly: only } : {}) }),
    rules,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    // The library keeps the button for tabs that have no room within their list.
    .map((each) => (each.id === "aria-required-children" ? { ...each, nodes: each.nodes.filter(({ target }) => String(target) !== ".ant-tabs-nav") } : each))
    .flatMap(({ id, help, nodes }) => nodes.slice(0, 5).map(({ target, html }) => `${look}: ${id} (${help}): ${target.join(" ")} ${html.slice(0, 200)}`));
}

async function none(page: Page) {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const found = await barriers(page, "light");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  // The structure is the same, the colours are not.
  found.push(...(await barriers(page, "dark", ["color-contrast"])));
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(PHONE);
  found.push(...(await barriers(page, "telephone")));
  await page.setViewportSize(DESK);
  expect(found.join("\n")).toBe("");
}

const pages = [
  "/", "/projects", "/meters", "/meters/104", "/gateways/gw-a", "/device/firmware", "/alarms", "/audit", "/energy", "/energy?utility=water", "/reports/payments", "/space/houses/{houses}",
  "/prices", "/money/accounts", "/meters/101?tab=openings", "/space/rooms/{rooms}", "/codes/room", "/organisation/departments", "/downloads", "/settings", "/meters/146", "/meters/147?tab=fees", "/meters/101?tab=bound", "/meters/101?tab=subscribers", "/inbox", "/messages/sent", "/messages/announcements", "/messages/sms", "/space/areas?search=zzz",
];
/** Page, and the handle of what is clicked there. */
const dialogs: [string, string][] = [
  ["/space/houses", "entry-add"],
  ["/space/areas", "list-import"],
  ["/space/communities", "entry-add"],
  ["/space/residents", "row-detail"],
  ["/space/areas", "state-switch"],
  ["/organisation/properties", "list-batch"],
  ["/organisation/users", "entry-add"],
  ["/organisation/roles", "entry-add"],
  ["/prices", "row-edit"],
  ["/prices", "row-history"],
  ["/meters/102", "action-price"],
  ["/money/calculations", "row-settle"],
  ["/money/accounts", "row-openAccount"],
  ["/money/refunds", "row-adjust"],
  ["/meters/143", "action-settings"],
  ["/meters/147?tab=fees", "fee-open"],
  ["/messages/announcements", "announce-add"],
  ["/messages/sms", "sms-buy"],
  ["/meters/101?tab=subscribers", "subscriber-add"],
  ["/device/firmware", "release-upload"],
  ["/gateways/gw-a", "gateway-upgrade"],
  ["/downloads", "desk-open"],
];

describe("no serious barrier", () => {
  it.each(pages)("page %s", async (path) => {
    const { page } = opened;
    await page.goto(await withId(page, path));
    await page.locator("h1, [data-testid=empty-state]").first().waitFor();
    await none(page);
  });

  it.each(dialogs)("on %s, %s", async (path, handle) => {
    const { page } = opened;
    await page.goto(path);
    await page.getByTestId(handle).first().click();
    await page.locator("[role=dialog]").first().waitFor();
    await none(page);
  });

  it.each(["/login", "/register"])("before the login: %s", async (path) => {
    const stranger = await opened.browser.newPage({ baseURL: opened.address, viewport: DESK, locale: "zh-CN" });
    await stranger.goto(path);
    await stranger.locator("h1").first().waitFor();
    await none(stranger);
  });
});
