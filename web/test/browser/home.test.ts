// The home page's panel of alarms: kinds, how many of each, and the list behind each.
import { afterAll, beforeAll, expect, it } from "vitest";

import { openConsole, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

it("al-home, dv-alarm-home: kinds of alarms and how many of each; one leads to the alarms of its kind", async () => {
  const { page } = opened;
  await page.goto("/");
  const kinds = page.getByTestId("home-alarms").locator("li:has(b)");
  await kinds.first().waitFor();
  const { alarms } = (await (await page.request.get("/api/v1/home")).json()) as { alarms: { code: string; count: number }[] };
  const shown = await kinds.evaluateAll((rows) => rows.map((row) => [new URL(row.querySelector("a")!.href).searchParams.get("code"), Number(row.querySelector("b")!.textContent)] as const));
  expect(shown.length).toBeGreaterThan(1);
  const counts = new Map(alarms.map(({ code, count }) => [code, count]));
  for (const [code, count] of shown) expect(count, code!).toBe(counts.get(code!));
  expect(shown.map(([, count]) => count), "the most frequent first").toEqual([...shown.map(([, count]) => count)].sort((a, b) => b - a));

  const [code, count] = shown.at(-1)!;
  const name = await kinds.last().locator("a").innerText();
  await kinds.last().locator("a").click();
  await expect.poll(() => new URL(page.url()).searchParams.get("code")).toBe(code);
  await expect.poll(() => page.getByTestId("alarm-row").count()).toBe(count);
  for (const text of await page.getByTestId("alarm-row").allInnerTexts()) expect(text).toContain(name);
});
