// A console with made-up data of its own, and Chromium to look at it.
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { chromium, type Browser, type Page } from "playwright-core";
import { preview, type PreviewServer } from "vite";
import { afterEach } from "vitest";

import { root } from "./build";

const PASSWORD = "anju-demo";
const flags = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync";

export type Console = { address: string; browser: Browser; page: Page; close: () => Promise<void> };

const opened: Console[] = [];
// A test that failed says what was on the page: where it ran, nobody can look any more.
afterEach(async ({ task }) => {
  const [error] = task.result?.errors ?? [];
  if (!error) return;
  for (const { page } of opened) error.message += `\non the page ${page.url()}:\n${(await page.locator("body").innerText().catch(String)).slice(-1500)}`;
});

/** user: of the made-up platform (dev/people.ts); null: nobody is logged in. */
export async function openConsole(user: string | null): Promise<Console> {
  const executablePath = [process.env.CHROMIUM ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
  if (!executablePath) throw new Error("no Chromium: install it, or name it in CHROMIUM");
  const server: PreviewServer = await preview({
    root,
    configFile: join(root, "vite.config.ts"),
    mode: "mock",
    logLevel: "error",
    build: { outDir: process.env.ANJU_CONSOLE_BUILT },
    preview: { host: "127.0.0.1", port: 0 },
  });
  const address = `http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath, headless: true, args: flags.split(" ") });
  // As where animations are switched off, which remote desktops do: nothing may wait for a movement that never ends.
  const page = await browser.newPage({ baseURL: address, viewport: { width: 1366, height: 768 }, locale: "zh-CN", reducedMotion: "reduce" });
  page.setDefaultTimeout(15_000 * Number(process.env.ANJU_PATIENCE ?? "1"));
  // What the page before was still doing may break off the first step to the next one.
  const goto = page.goto.bind(page);
  page.goto = (...to) => goto(...to).catch((problem: unknown) => (String(problem).includes("ERR_ABORTED") ? goto(...to) : Promise.reject(problem)));
  if (user !== null) await logIn(page, user);
  const made: Console = {
    address,
    browser,
    page,
    close: async () => {
      opened.splice(opened.indexOf(made), 1);
      await browser.close();
      await server.close();
    },
  };
  opened.push(made);
  return made;
}

export async function logIn(page: Page, user: string) {
  await page.goto("/login");
  await page.getByTestId("login-user").fill(user);
  await page.getByTestId("login-password").fill(PASSWORD);
  await page.getByTestId("login-submit").click();
  await page.getByTestId("user-menu").waitFor();
}

/** Until nothing is asked for and nothing moves any more. */
export async function settled(page: Page) {
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true], .anticon-spin, .anticon-loading"));
  await page.evaluate(() => Promise.all(document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity).map((each) => each.finished.catch(() => null))));
}

/** An address with the id of some row instead of `{resource}`. */
export async function withId(page: Page, path: string): Promise<string> {
  const resource = /{(.+)}/.exec(path)?.[1];
  if (!resource) return path;
  const answer = await page.request.get(`/api/v1/${resource}?page_size=1`);
  const { rows } = (await answer.json()) as { rows: { id: number }[] };
  return path.replace(`{${resource}}`, String(rows[0]!.id));
}
