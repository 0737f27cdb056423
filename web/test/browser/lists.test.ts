// Every list with its own hands: searched by one condition and by two, reset, turned over, sized, jumped in, and reloaded. The lists
// are those of the platform's description and the console's own; one that is added is walked by itself.
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, settled, type Console } from "./lib/console";
import { resources } from "../../dev/catalog";
import type { Resource } from "@/types/catalog";

/** A list of the description that a page of its own replaces: a tree, without pages. */
const TREES = ["departments"];
const MANY = 57;

type List = {
  path: string;
  /** of the platform; always: what the page asks besides what its address says */
  api: string;
  always?: Record<string, string>;
  word: (rows: Row[]) => string;
  /** handle of a condition that is chosen besides the word, and its name in the address */
  choice: string;
  described?: Resource;
  /** all rows at once, without a total */
  unpaged?: true;
};
type Row = { id: number } & Record<string, unknown>;

const wordOf = (resource: Resource) => (rows: Row[]) => {
  const names = resource.fields.filter(({ search, type, personal }) => search && type === "text" && !personal).map(({ name }) => name);
  const words = rows.flatMap((row) => names.map((name) => row[name])).filter((value): value is string => typeof value === "string" && value !== "");
  return words.at(-1) ?? "zzz";
};
const textOf = (name: string) => (rows: Row[]) => String(rows.at(-1)?.[name] || "zzz");

const lists: List[] = [
  ...resources
    .filter(({ name }) => !TREES.includes(name))
    .map((described) => ({ path: `/${described.group}/${described.name}`, api: described.name, word: wordOf(described), choice: "enabled", described })),
  { path: "/meters", api: "meters", word: textOf("name"), choice: "mode" },
  { path: "/prices", api: "price-plans", word: textOf("name"), choice: "utility", unpaged: true },
  { path: "/prepaid", api: "prepaid/sources", word: textOf("code"), choice: "type" },
  ...["accounts", "recharges", "calculations", "refunds"].map((name) => ({ path: `/money/${name}`, api: "meters", word: textOf("name"), choice: "account_state" })),
  { path: "/alarms", api: "alarms", always: { active: "true" }, word: textOf("detail"), choice: "code" },
  { path: "/audit", api: "audit", word: textOf("object"), choice: "action" },
];

let opened: Console;
beforeAll(async () => void (opened = await openConsole("system")));
afterAll(() => opened?.close());

const { poll } = expect;
const shown = (page: Page) => page.locator("[data-id]").evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.id)));
const address = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

/** What the platform says to the question that stands in the address. */
async function answer(page: Page, { api, always }: List): Promise<{ total: number; rows: Row[] }> {
  const query = new URLSearchParams({ page: "1", page_size: "20", ...always, ...address(page) });
  const body = await (await page.request.get(`/api/v1/${api}?${query}`)).json();
  return Array.isArray(body) ? { total: body.length, rows: body } : body;
}
async function showsItsAnswer(page: Page, list: List) {
  // Asked anew each time: the address may change, and a row come, while the page is drawn.
  await poll(async () => ({ shown: await shown(page), answered: (await answer(page, list)).rows.map(({ id }) => id) })).toSatisfy(
    (now: { shown: number[]; answered: number[] }) => JSON.stringify(now.shown) === JSON.stringify(now.answered),
  );
}
/** Its first page without conditions; a list that is there already is not loaded once more. */
async function open(page: Page, path: string) {
  if (new URL(page.url()).pathname === path) {
    await page.getByTestId("filter-reset").click();
    await page.getByTestId("list-refresh").click();
  } else {
    await page.goto(path);
  }
  await page.getByTestId("filter-search").waitFor();
  await settled(page);
}
async function choose(page: Page, select: ReturnType<Page["locator"]>) {
  await select.click();
  const options = page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option .ant-select-item-option-content");
  await options.first().waitFor();
  return options;
}

/** Nobody asked for it before: an answer that is there already is not asked for again. */
const WORD = "paging";

/** As if there were more rows than the made-up platform has: enough for some pages. */
async function manyRows(page: Page, api: string) {
  let asked: string | null = null;
  const handler = async (route: Route) => {
    const url = new URL(route.request().url());
    const [number, size] = ["page", "page_size"].map((name) => Number(url.searchParams.get(name)));
    asked = url.searchParams.get("search");
    url.searchParams.delete("search");
    url.searchParams.set("page", "1");
    url.searchParams.set("page_size", "100");
    const { rows } = (await (await route.fetch({ url: url.href })).json()) as { rows: Row[] };
    const all = Array.from({ length: MANY }, (_, index) => ({ ...rows[index % rows.length]!, id: index + 1 }));
    await route.fulfill({ json: { total: MANY, rows: all.slice((number! - 1) * size!, number! * size!) } });
  };
  const pattern = (url: URL) => url.pathname === `/api/v1/${api}`;
  await page.route(pattern, handler);
  return { searched: () => asked, restore: () => page.unroute(pattern, handler) };
}

describe.each(lists)("list $path", (list) => {
  it("ux-search-reset: one condition or two are searched for with Enter, stand in the address, and are reset", async () => {
    const { page } = opened;
    await open(page, list.path);
    await showsItsAnswer(page, list);
    const before = await answer(page, list);
    expect(before.total, "there are rows to search among").toBeGreaterThan(0);

    const word = list.word(before.rows).slice(0, 20);
    await page.getByTestId("filter-search").fill(word);
    await page.keyboard.press("Enter");
    await poll(() => address(page)).toEqual({ search: word });
    await showsItsAnswer(page, list);

    if (!(await page.getByTestId(`filter-${list.choice}`).isVisible())) await page.getByTestId("filter-more").click();
    await (await choose(page, page.getByTestId(`filter-${list.choice}`))).first().click();
    await poll(() => Object.keys(address(page)).sort()).toEqual(["search", list.choice].sort());
    await showsItsAnswer(page, list);

    await page.getByTestId("filter-reset").click();
    await poll(() => address(page)).toEqual({});
    await poll(() => page.getByTestId("filter-search").inputValue()).toBe("");
    await showsItsAnswer(page, list);
  });

  it.runIf(!list.unpaged)("ux-paging: total, page size and page jump stand in the address with the search, and survive a reload", async () => {
    const { page } = opened;
    const { searched, restore } = await manyRows(page, list.api);
    try {
      await open(page, list.path);
      const paging = page.locator(".a-paging");
      await paging.waitFor();
      await poll(() => paging.innerText()).toContain(String(MANY));
      await poll(() => shown(page)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      await page.getByTestId("filter-search").fill(WORD);
      await page.keyboard.press("Enter");
      await poll(searched).toBe(WORD);
      await (await choose(page, paging.locator(".ant-select"))).filter({ hasText: /^10\b/ }).click();
      await poll(() => shown(page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(address(page)).toEqual({ search: WORD, page_size: "10" });

      const last = [51, 52, 53, 54, 55, 56, 57];
      await paging.locator(".ant-pagination-options-quick-jumper input").fill("6");
      await page.keyboard.press("Enter");
      await poll(() => shown(page)).toEqual(last);
      expect(address(page)).toEqual({ search: WORD, page: "6", page_size: "10" });
      await page.reload();
      await poll(() => shown(page)).toEqual(last);
      await poll(() => page.getByTestId("filter-search").inputValue()).toBe(WORD);

      await page.getByTestId("filter-reset").click();
      await poll(searched).toBe(null);
      await poll(async () => (await shown(page))[0]).toBe(1);
    } finally {
      await restore();
    }
  });

  it.runIf(list.described)("Esc closes its form and its details", async () => {
    const { page } = opened;
    await open(page, list.path);
    await showsItsAnswer(page, list);
    const dialogs = page.locator("[role=dialog]:visible");
    if (await page.getByTestId("entry-add").isVisible()) {
      await page.getByTestId("entry-add").click();
      await page.getByTestId("entry-save").waitFor();
      await page.keyboard.press("Escape");
      await poll(() => dialogs.count()).toBe(0);
    }
    await page.getByTestId("row-detail").first().click();
    await poll(async () => new URL(page.url()).pathname !== list.path || (await dialogs.count()) > 0).toBe(true);
    // Houses and rooms have pages instead.
    if (new URL(page.url()).pathname !== list.path) return;
    await page.keyboard.press("Escape");
    await poll(() => dialogs.count()).toBe(0);
  });
});

it("em-account-setup: what is typed into the search stays while the accounts are still being filled", async () => {
  const { page } = opened;
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  const single = (url: URL) => /^\/api\/v1\/meters\/\d+$/.test(url.pathname);
  const handler = async (route: Route) => {
    await held;
    await route.continue();
  };
  await page.route(single, handler);
  try {
    await page.goto("/home");
    await page.goto("/money/accounts");
    await poll(async () => (await shown(page)).length).toBeGreaterThan(0);
    await page.getByTestId("filter-search").fill("typed");
    const filled = page.waitForResponse((response) => single(new URL(response.url())));
    release();
    await filled;
    await settled(page);
    expect(await page.getByTestId("filter-search").inputValue()).toBe("typed");
  } finally {
    release();
    await page.unroute(single, handler);
  }
});
