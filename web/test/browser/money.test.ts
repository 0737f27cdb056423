// The household's money: calculated, settled, adjusted and opened as at the counter, once whatever happens to the answer.
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

const { poll } = expect;
/** Their lines are dead, so nothing is read behind the test's back. */
const STILL = [115, 138] as const;
const get = async (page: Page, path: string) => (await page.request.get(`/api/v1${path}`)).json();
const balance = async (page: Page, meter: number) => (await get(page, `/meters/${meter}`)).balance as string;

async function act(page: Page, meter: number, action: string) {
  await page.goto(`/meters/${meter}`);
  await page.getByTestId("action-more").waitFor();
  const direct = page.getByTestId(`action-${action}`);
  if (!(await direct.isVisible())) await page.getByTestId("action-more").click();
  await direct.click();
}
const posts = (page: Page, path: string, handler: (route: Route) => Promise<void>) =>
  page.route(`**/${path}`, (route) => (route.request().method() === "POST" ? handler(route) : route.continue()));

describe("the household's money", () => {
  it("em-checkout-calc: the calculation waits for the register that is read now, and shows today's", async () => {
    const { page } = opened;
    await act(page, 104, "settle");
    await page.getByTestId("calculation").waitFor();
    const before = await page.getByTestId("calculation").getAttribute("data-reading");
    await page.getByTestId("read-now-place").click();
    await poll(() => page.getByTestId("read-now").getAttribute("data-state"), { timeout: 20_000 }).toBe("arrived");
    expect(Number(await page.getByTestId("calculation").getAttribute("data-reading"))).toBeGreaterThan(Number(before));
    await page.getByTestId("calculation-today").click();
    const today = (await get(page, "/meters/104/calculation")).today;
    await poll(() => page.locator(".a-today-scroll tbody tr").count()).toBeGreaterThanOrEqual(today.length - 1);
    // 3:424
    const heads = ["电费计算日期", "本次用电量", "本次电费", "可用余额", "电能总示值", "起度（尖）", "起度（峰）", "起度（平）", "起度（谷）", "上次电能总示值", "止度（尖）", "止度（峰）", "止度（平）", "止度（谷）"];
    expect(await page.locator(".a-today-scroll thead th").allInnerTexts()).toEqual(heads);
    const cells = await page.locator(".a-today-scroll tbody tr").first().locator("td [data-value]").evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.value));
    const row = (await get(page, "/meters/104/calculation")).today.find(({ total }: { total: string }) => total === cells[3]);
    expect(cells).toEqual([row.kwh, row.fee, row.balance, row.total, ...row.previous_tariffs, row.previous_total, ...row.tariffs]);
  });

  it("em-settle: new figures are shown and asked about again, then the account is closed at zero with a receipt", async () => {
    const { page } = opened;
    const meter = STILL[0];
    const before = await balance(page, meter);
    const sent: { id: string; balance: string; close: boolean; method: string }[] = [];
    await posts(page, "settlements", async (route) => {
      sent.push(route.request().postDataJSON());
      if (sent.length === 1) await route.fulfill({ status: 409, json: { code: "conflict", message: "", field: "reading" } });
      else await route.continue();
    });
    await act(page, meter, "settle");
    await page.getByTestId("settle-preview").waitFor();
    expect(await page.getByTestId("settle-before").getAttribute("data-value")).toBe(before);
    expect(await page.getByTestId("settle-submit").isDisabled(), "nothing without agreement").toBe(true);
    await page.getByTestId("settle-kind-close").click();
    await page.getByTestId("method-wechat").click();
    await page.getByTestId("settle-sure").check();
    await page.getByTestId("settle-submit").click();
    await page.getByTestId("settle-newer").waitFor();
    expect(await balance(page, meter), "nothing was booked").toBe(before);
    await page.getByTestId("settle-submit").click();
    await page.getByTestId("settle-result").waitFor();
    expect(sent.map(({ close, method }) => [close, method])).toEqual([[true, "wechat"], [true, "wechat"]]);
    expect(sent[1]!.id).toBe(sent[0]!.id);
    expect(await balance(page, meter)).toBe("0");
    const [settlement] = (await get(page, `/meters/${meter}/settlements`)).rows;
    expect(settlement).toMatchObject({ balance: before, refund: before, closed: true, method: "wechat" });
    expect((await get(page, `/meters/${meter}/calculation`)).opening).toBeNull();

    const paper = page.locator("body > .a-print.a-receipt");
    expect(await paper.isVisible(), "not on the screen").toBe(false);
    await page.emulateMedia({ media: "print" });
    expect(await paper.innerText()).toContain("销户结算单");
    expect(await page.locator("#root").isVisible(), "only the receipt is printed").toBe(false);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
    expect([Number(width), Number(height)].map((points) => Math.round((points / 72) * 25.4)), "A5, millimetres").toEqual([148, 210]);
    expect(pdf.match(/\/Type\s*\/Page\b/g), "one page").toHaveLength(1);
    await page.emulateMedia({ media: "screen" });
    await page.getByTestId("settle-finish").click();
    await page.goto(`/meters/${meter}?tab=settlements`);
    await page.getByTestId("record-print").first().click();
    await page.getByTestId("receipt").waitFor();
  });

  it("em-account-setup: at zero an account is opened with all its fields; a lost answer opens it once", async () => {
    const { page } = opened;
    const meter = STILL[0];
    const keys: string[] = [];
    let lost = true;
    await posts(page, "openings", async (route) => {
      keys.push(route.request().postDataJSON().id);
      if (!lost) return route.continue();
      lost = false;
      await route.fetch();
      await route.abort();
    });
    await act(page, meter, "openAccount");
    await page.getByTestId("open-customer").waitFor();
    await page.getByTestId("open-submit").click();
    await page.locator(".ant-form-item-explain-error").first().waitFor();
    expect(keys, "a customer is needed").toEqual([]);
    await page.getByTestId("open-customer").fill("何小满");
    await page.getByTestId("open-mobile").fill("18958079595");
    await page.getByTestId("open-address").fill("九环路31-1");
    await page.getByTestId("field-alarm_1").fill("30");
    await page.getByTestId("open-submit").click();
    await page.getByTestId("money-unknown").waitFor();
    await page.getByTestId("open-submit").click();
    await page.getByTestId("open-result").waitFor();
    expect(keys[1]).toBe(keys[0]);
    const { rows } = await get(page, `/meters/${meter}/openings`);
    expect(rows.filter(({ customer }: { customer: string }) => customer === "何小满")).toHaveLength(1);
    expect(rows[0]).toMatchObject({ mobile: "18958079595", settlement_method: "cash", voltage: "交流220V", address: "九环路31-1" });
    expect((await get(page, `/meters/${meter}`)).alarm_1).toBe("30");
    await page.getByTestId("open-finish").click();

    await act(page, meter, "openAccount");
    await page.getByTestId("open-already").waitFor();
    expect(await page.getByTestId("open-submit").isDisabled()).toBe(true);
  });

  it("em-refund-adjust: with a reason the balance is brought to zero, once whatever is clicked", async () => {
    const { page } = opened;
    const meter = STILL[1];
    const before = await balance(page, meter);
    await act(page, meter, "openAccount");
    await page.getByTestId("open-money").waitFor();
    await page.getByTestId("open-adjust").click();
    await page.getByTestId("adjust-clear").click();
    await poll(() => page.getByTestId("adjust-after").getAttribute("data-value")).toBe("0");
    await page.getByTestId("adjust-sure").check();
    expect(await page.getByTestId("adjust-submit").isDisabled(), "a reason is needed").toBe(true);
    await page.getByTestId("adjust-note").fill("退租清账");
    await page.getByTestId("adjust-submit").dblclick();
    await page.getByTestId("adjust-result").waitFor();
    expect(await balance(page, meter)).toBe("0");
    const { rows } = await get(page, `/meters/${meter}/adjustments`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ amount: `-${before}`, balance: "0", note: "退租清账" });
  });

  it.each([
    // 3:90, 3:334, 3:412; the last ones are our own.
    ["em-account-status", "accounts", ["settle", "settings"], "房源编码 房源名称 房源类型 房源区域 电表编号 电表状态 会员名称 会员手机号码 用户地址 开户日期 结算方式 账户余额（元） 预置值1（元） 预置值2（元） 透支值（元） 电压等级 电价编码 自动跳闸 账户 操作"],
    ["em-recharge-account", "recharges", ["recharge", "records"], "房源编号 房源名称 电表编号 会员名称 房源单位 房源地址 账户余额（元） 账户 电费年月 电费时间 操作"],
    ["em-checkout-calc", "calculations", ["settle", "records"], "房源编号 房源名称 电表编号 账户余额（元） 房源地址 会员名称 会员手机号码 账户 电费时间 操作"],
    ["em-refund-adjust", "refunds", ["adjust", "records"], "房源编号 房源名称 电表编号 会员名称 会员手机号码 用户单位 账户余额（元） 账户 电费时间 操作"],
  ] as const)("%s: the menu %s shows accounts with their household and does what it is for", async (_, menu, actions, heads) => {
    const { page } = opened;
    await page.goto(`/money/${menu}`);
    const row = page.getByTestId("account-row").first();
    await row.waitFor();
    await poll(() => row.innerText()).toContain("罗晓东");
    expect((await page.locator("thead").first().locator("th").allInnerTexts()).map((head) => head.trim()).filter(Boolean)).toEqual(heads.split(" "));
    for (const action of actions) expect(await row.getByTestId(`row-${action}`).isVisible(), action).toBe(true);
    await row.getByTestId(`row-${actions[0]}`).click();
    const dialogs = page.locator("[role=dialog]:visible");
    await dialogs.first().waitFor();
    await page.locator(".ant-modal-close:visible, .ant-drawer-close:visible").first().click();
    await poll(() => dialogs.count()).toBe(0);
  });

  it("em-account-status, em-recharge-account: accounts are found by 房源编码 and 房源区域, which stand in their rows", async () => {
    const { page } = opened;
    const { rows } = (await get(page, "/meters?page_size=100")) as { rows: { id: number; source: { code: string; zone: string } | null }[] };
    const some = rows.find(({ source }) => source?.code && source.zone)!.source!;
    const shown = () => page.getByTestId("account-row").evaluateAll((all) => all.map((row) => Number((row as HTMLElement).dataset.id)).sort((a, b) => a - b));
    const expected = (fits: (source: { code: string; zone: string }) => boolean) => rows.filter(({ source }) => source && fits(source)).map(({ id }) => id).sort((a, b) => a - b).slice(0, 20);
    for (const menu of ["accounts", "recharges"]) {
      await page.goto(`/money/${menu}`);
      await page.getByTestId("account-row").first().waitFor();
      await page.getByTestId("filter-source_code").fill(some.code);
      await page.keyboard.press("Enter");
      await poll(shown).toEqual(expected(({ code }) => code.startsWith(some.code)));
      expect(new URL(page.url()).searchParams.get("source_code")).toBe(some.code);
      expect(await page.getByTestId("account-row").first().innerText()).toContain(some.code);
      await page.getByTestId("filter-reset").click();
      await poll(() => new URL(page.url()).search).toBe("");
      await page.getByTestId("filter-zone").click();
      await page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option").filter({ hasText: some.zone }).first().click();
      await poll(shown).toEqual(expected(({ zone }) => zone === some.zone));
    }
  });

  it("em-recharge-print: a recharge of the past is printed as a slip", async () => {
    const { page } = opened;
    await page.goto("/meters/101?tab=recharges");
    await page.getByTestId("record-print").first().click();
    await poll(() => page.getByTestId("receipt").innerText()).toMatch(/购电单[\s\S]*50\.00/);
  });

  it("em-recharge-print, em-recharge-records: after the price has changed the slip and the records still say what was sold then", async () => {
    const { page } = opened;
    const meter = STILL[0];
    const { price_plan: { id, name }, prices: { kind, total } } = await get(page, `/meters/${meter}`);
    const price = Number(total);
    await act(page, meter, "recharge");
    await page.getByTestId("recharge-amount").fill("60");
    await page.getByTestId("recharge-submit").click();
    await page.getByTestId("recharge-finish").waitFor();
    const sold = String(60 / price);
    await poll(() => page.getByTestId("receipt").getByTestId("slip-bought").getAttribute("data-value"), { message: "on the slip that is printed at once" }).toBe(sold);
    await page.getByTestId("recharge-finish").click();
    const put = (yuan: string) => page.request.put(`/api/v1/price-plans/${id}`, { data: { name, kind, total: yuan } });
    expect((await put(String(price * 2))).status()).toBe(200);
    try {
      await page.goto(`/meters/${meter}?tab=recharges`);
      await page.getByTestId("recharges").waitFor();
      const heads = await page.getByTestId("recharges").locator("thead th").allInnerTexts();
      for (const head of ["充值度数（度）", "充值前度数（度）", "充值后度数（度）"]) expect(heads).toContain(head);
      const [{ sale }] = (await get(page, `/meters/${meter}/ledger?kind=recharge`)).rows;
      expect(sale).toMatchObject({ price: String(price), kwh: sold });
      const shown = await page.getByTestId("recharges").locator("tbody tr[data-row-key]").first().locator("[data-value]").evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.value));
      expect(shown).toEqual(expect.arrayContaining([sale.kwh, sale.kwh_before, sale.kwh_after]));
      await page.getByTestId("record-print").first().click();
      const receipt = page.getByTestId("receipt");
      await receipt.waitFor();
      for (const [part, value] of [["slip-bought", sale.kwh], ["slip-before", sale.kwh_before], ["slip-after", sale.kwh_after]] as const) expect(await receipt.getByTestId(part).getAttribute("data-value"), part).toBe(value);
      expect(await receipt.innerText()).toMatch(new RegExp(`电度电价[^]*${name}[^]*电费单价（元）[^]*${price.toFixed(4)}`));
      expect(await receipt.innerText()).toMatch(/会员名称[^]*何小满/);
    } finally {
      await put(String(price));
    }
  });

  it("em-settle, em-refund-adjust: the postings name what was settled and adjusted as such", async () => {
    const { page } = opened;
    for (const [meter, word] of [[STILL[0], "结算"], [STILL[1], "退补"]] as const) {
      await page.goto(`/meters/${meter}?tab=ledger`);
      await page.getByTestId("ledger").waitFor();
      const text = await page.getByTestId("ledger").innerText();
      expect(text).toContain(word);
      expect(text).not.toContain("更正");
    }
  });
});
