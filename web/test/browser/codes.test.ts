// What hangs on doors: the printed sheets are looked at as a camera does, and what the codes say is followed.
import jsQR from "jsqr";
import type { Locator } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, settled, type Console } from "./lib/console";
import { perPage, TEMPLATES, type Kind, type Template } from "@/features/codes/codes";

const lists: Record<Kind, string> = { meter: "/meters", room: "/space/rooms", house: "/space/houses" };
const PIXELS_PER_MM = 96 / 25.4;

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

/** What a reader sees in the picture of one label: the whole label with its words, not the code alone. */
async function read(label: Locator) {
  const { data, width, height } = PNG.sync.read(await label.screenshot());
  return jsQR(new Uint8ClampedArray(data), width, height);
}

describe("printed codes", () => {
  it.each<[Template["name"], Kind]>([
    ["label", "room"],
    ["card", "house"],
    ["sign", "meter"],
    ["label", "meter"],
  ])("ev-pile-view-qr: on the sheet '%s' each %s has a code that leads to it", async (name, kind) => {
    const { page, address } = opened;
    const template = TEMPLATES.find((each) => each.name === name)!;
    await page.emulateMedia({ media: "screen" });
    await page.goto(lists[kind]);
    await page.getByTestId("list-codes").click();
    await page.getByTestId("page-codes").waitFor();
    await page.goto(`${page.url().split("?")[0]}?template=${template.name}`);
    const labels = page.getByTestId("code");
    await labels.locator("img").first().waitFor();
    await settled(page);
    const count = await labels.count();
    expect(count, "labels").toBeGreaterThan(20);
    expect(await page.locator(".a-codes-page").count(), "pages").toBe(Math.ceil(count / perPage(template)));

    await page.emulateMedia({ media: "print" });
    const seen = new Set<string>();
    for (const label of [...(await labels.all()).slice(0, 3), labels.last()]) {
      const found = await read(label);
      expect(found, `a code on ${await label.innerText()}`).not.toBeNull();
      expect(found!.data).toBe(await label.getAttribute("data-url"));
      expect(found!.data).toMatch(new RegExp(`^${address}/q/${kind}/[1-9]\\d*$`));
      seen.add(found!.data);
      const side = (await label.locator("img").boundingBox())!.width;
      expect(side / PIXELS_PER_MM, "millimetres").toBeCloseTo(template.code_mm, 0);
    }
    expect(seen.size, "each has its own").toBe(4);

    // Whoever scans lands on the page of the thing that the label names.
    const label = labels.nth(1);
    const words = await label.locator("strong").innerText();
    await page.emulateMedia({ media: "screen" });
    await page.goto((await read(label))!.data);
    await page.locator("h1").first().waitFor();
    const head = await page.locator("h1").first().innerText();
    expect(words, "the page of the label's thing").toContain(head.split(" ").at(-1)!);
  });
});

it("ev-pile-qr-export: a list's sheet is that of its search", async () => {
  const { page } = opened;
  await page.goto("/space/houses");
  await page.getByTestId("filter-search").fill("0301");
  const answered = page.waitForResponse((response) => response.url().includes("search=0301"));
  await page.keyboard.press("Enter");
  const { total } = (await (await answered).json()) as { total: number };
  await settled(page);
  await page.getByTestId("list-codes").click();
  await page.getByTestId("code").first().waitFor();
  expect(total).toBeGreaterThan(1);
  expect(await page.getByTestId("code").count()).toBe(total);
  for (const words of await page.getByTestId("code").allInnerTexts()) expect(words).toContain("0301");
});
