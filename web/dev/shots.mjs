// Pictures of the pages of a running `npm run dev:mock` or `npm run preview:mock`, to be looked at.
// Usage: node dev/shots.mjs FOLDER [PAGE...]; LOOK names one of the looks, WHOLE=1 takes pages as long as they are.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

const [folder = "shots", ...only] = process.argv.slice(2);
const address = process.env.CONSOLE ?? "http://127.0.0.1:5173";
const user = process.env.CONSOLE_USER ?? "admin";
const password = process.env.CONSOLE_PASSWORD ?? "anju-demo";
const pages = {
  home: "/",
  meters: "/meters",
  meter: "/meters/104",
  commands: "/meters/109?tab=commands",
  readings: "/meters/109?tab=readings",
  ledger: "/meters/101?tab=ledger",
  recharges: "/meters/101?tab=recharges",
  info: "/meters/105?tab=info",
  prices: "/prices",
  "account-list": "/money/accounts",
  "recharge-menu": "/money/recharges",
  calculations: "/money/calculations",
  refunds: "/money/refunds",
  openings: "/meters/101?tab=openings",
  water: "/meters/143",
  "water-list": "/meters?kind=water",
  "hot-water": "/meters/146",
  "hot-water-fee": "/meters/147?tab=fees",
  "usage-year": "/meters/101?step=year",
  bound: "/meters/101?tab=bound",
  registers: "/meters/143?tab=registers",
  subscribers: "/meters/101?tab=subscribers",
  inbox: "/inbox",
  messages: "/messages/sent",
  announcements: "/messages/announcements",
  sms: "/messages/sms",
  gateways: "/gateways",
  gateway: "/gateways/gw-a",
  firmware: "/device/firmware",
  alarms: "/alarms",
  audit: "/audit",
  energy: "/energy",
  "energy-water": "/energy?utility=water",
  "energy-year": "/energy?step=month",
  "report-readings": "/reports/readings",
  "report-meters": "/reports/meters",
  "report-payments": "/reports/payments",
  "report-energy": "/reports/energy",
  "report-switches": "/reports/switches",
  "report-connections": "/reports/connections",
  "report-bills": "/reports/bills",
  "report-orders": "/reports/orders",
  "report-freezes": "/reports/freezes",
  "report-settlements": "/reports/settlements",
  "report-refunds": "/reports/refunds",
  "report-clearings": "/reports/clearings",
  "report-nothing": "/reports/readings?search=zzz",
  password: "/password",
  "own-settings": "/settings",
  downloads: "/downloads",
  "codes-room": "/codes/room",
  "codes-house": "/codes/house?template=card",
  "codes-meter": "/codes/meter?template=sign",
  houses: "/space/houses",
  "houses-found": "/space/houses?building=8&sort=-area&page_size=10",
  communities: "/space/communities",
  projects: "/projects",
  buildings: "/space/buildings",
  "house-types": "/space/house-types",
  contacts: "/space/contacts",
  rooms: "/space/rooms",
  residents: "/space/residents",
  members: "/space/house-members",
  sources: "/space/sources",
  house: "/space/houses/{houses}",
  room: "/space/rooms/{rooms}",
  prepaid: "/prepaid",
  source: "/prepaid/{prepaid/sources}",
  "no-houses": "/space/houses?search=zzz",
  "no-list": "/space/nothing",
  providers: "/organisation/providers",
  properties: "/organisation/properties",
  posts: "/organisation/posts",
  users: "/organisation/users",
  roles: "/organisation/roles",
  departments: "/organisation/departments",
  nopage: "/nowhere",
  nomatch: "/meters?search=zzz",
};
const looks = [
  { name: "1440-light", width: 1440, height: 900, scheme: "light", language: "zh-CN" },
  { name: "1366-zh", width: 1366, height: 768, scheme: "light", language: "zh-CN" },
  { name: "1366-en", width: 1366, height: 768, scheme: "light", language: "en" },
  { name: "1440-en", width: 1440, height: 900, scheme: "light", language: "en" },
  { name: "1440-dark", width: 1440, height: 900, scheme: "dark", language: "zh-CN" },
  { name: "390-light", width: 390, height: 844, scheme: "light", language: "zh-CN" },
  { name: "390-dark", width: 390, height: 844, scheme: "dark", language: "en" },
].filter(({ name }) => !process.env.LOOK || name === process.env.LOOK);
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

for (const look of looks) {
  const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "anju-shots-")), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: flags.split(" "),
    viewport: { width: look.width, height: look.height },
    colorScheme: look.scheme,
    locale: look.language,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.on("console", (message) => message.type() === "error" && console.log(look.name, message.text().slice(0, 300)));
  page.on("pageerror", (error) => console.log(look.name, "PAGE ERROR", String(error).slice(0, 300)));
  await page.addInitScript((language) => localStorage.setItem("anju.language", JSON.stringify(language)), look.language);
  const shot = async (name) => {
    await page.waitForTimeout(Number(process.env.SETTLE ?? 1300));
    // On a phone the records are below the fold.
    if (page.url().includes("tab=")) await page.evaluate(() => document.getElementById("records")?.scrollIntoView());
    await page.screenshot({ path: join(folder, `${look.name}-${name}.png`), fullPage: Boolean(process.env.WHOLE) });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) console.log(look.name, name, `is ${wide} px too wide`);
  };
  const phone = look.width < 768;
  const wanted = (name) => only.length === 0 || only.includes(name);
  await page.goto(`${address}/login`);
  await page.getByTestId("login-user").fill(user);
  await page.getByTestId("login-password").fill("wrong");
  await page.getByTestId("login-submit").click();
  await page.getByTestId("login-error").waitFor();
  if (wanted("login")) await shot("login");
  if (wanted("registration")) {
    await page.goto(`${address}/register`);
    await page.getByTestId("register-submit").click();
    await shot("registration");
  }
  const enter = async (who) => {
    await page.goto(`${address}/login`);
    await page.getByTestId("login-user").fill(who);
    await page.getByTestId("login-password").fill(password);
    await page.getByTestId("login-submit").click();
  };
  if (wanted("locked")) {
    await enter("locked");
    await page.getByTestId("login-error").waitFor();
    await shot("locked");
  }
  if (wanted("first")) {
    await enter("first");
    await page.getByTestId("password-new").fill("tooshort");
    await page.getByTestId("password-submit").click();
    await shot("first");
  }
  await enter(user);
  await page.getByTestId("page-home").waitFor();
  for (const [name, path] of Object.entries(pages)) {
    if (!wanted(name)) continue;
    const kind = /{(.+)}/.exec(path)?.[1];
    const rows = kind && (await (await page.request.get(`${address}/api/v1/${kind}?page_size=1`)).json()).rows;
    await page.goto(address + path.replace(/{.+}/, rows && rows[0].id));
    await shot(name);
  }
  const act = async (name, path, steps) => {
    if (!wanted(name)) return;
    await page.goto(address + path);
    try {
      await steps(page);
      await shot(name);
    } catch (error) {
      console.log(look.name, name, String(error).split("\n")[0]);
    }
  };
  await act("recharge", "/meters/104", async () => {
    await page.getByTestId("action-recharge").click();
    await page.getByTestId("recharge-quick-50").click();
  });
  await act("recharged", "/meters/105", async () => {
    await page.getByTestId("action-recharge").click();
    await page.getByTestId("recharge-amount").fill("50");
    await page.getByTestId("recharge-submit").click();
    await page.getByTestId("recharge-result").waitFor();
    await page.waitForTimeout(1500);
  });
  await act("price", "/meters/105", async () => {
    const direct = page.getByTestId("action-price");
    if (!(await direct.isVisible().catch(() => false))) await page.getByTestId("action-more").click();
    await direct.click();
  });
  await act("trip", "/meters/106", async () => {
    const direct = page.getByTestId("action-trip");
    await direct.waitFor();
    await direct.click();
  });
  await act("read", "/meters/107", async () => page.getByTestId("action-read").click());
  await act("settings", "/meters/105", async () => {
    const direct = page.getByTestId("action-settings");
    if (!(await direct.isVisible().catch(() => false))) {
      await page.getByTestId("action-more").click();
    }
    await direct.click();
  });
  await act("register", "/meters", async () => page.getByTestId("meter-add").click());
  const ofPlan = async (action, index) => {
    const row = page.getByTestId("plan-row").nth(index);
    await row.waitFor();
    const direct = row.getByTestId(`row-${action}`);
    if (look.width >= 768 && (await direct.isVisible())) return direct.click();
    await row.getByTestId("row-more").click();
    await page.getByTestId(`row-${action}`).last().click();
  };
  const ofMeter = async (action) => {
    await page.getByTestId("action-more").waitFor();
    const direct = page.getByTestId(`action-${action}`);
    if (!(await direct.isVisible().catch(() => false))) await page.getByTestId("action-more").click();
    await direct.click();
  };
  await act("settle", "/meters/115", async () => {
    await ofMeter("settle");
    await page.getByTestId("settle-preview").waitFor();
    if (phone) await page.getByTestId("settle-preview").scrollIntoViewIfNeeded();
  });
  await act("settle-today", "/meters/103", async () => {
    await ofMeter("settle");
    await page.getByTestId("calculation-today").click();
    await page.getByTestId("read-now-place").click();
  });
  await act("settle-newer", "/meters/115", async () => {
    await page.route("**/settlements", (route) => (route.request().method() === "POST" ? route.fulfill({ status: 409, json: { code: "conflict", message: "", field: "reading" } }) : route.continue()));
    await ofMeter("settle");
    await page.getByTestId("settle-sure").check();
    await page.getByTestId("settle-submit").click();
    await page.getByTestId("settle-newer").waitFor();
    await page.unroute("**/settlements");
  });
  await act("settled", "/meters/138", async () => {
    await ofMeter("settle");
    await page.getByTestId("settle-sure").check();
    await page.getByTestId("settle-submit").click();
    await page.getByTestId("settle-result").waitFor();
  });
  await act("schedule", "/meters/144", async () => ofMeter("schedule"));
  await act("fee-pay", "/meters/147", async () => ofMeter("fee"));
  await act("fee-set", "/meters/143", async () => ofMeter("fee"));
  await act("replace", "/meters/138", async () => {
    await ofMeter("register");
    await page.getByTestId("register-kind-replace").click();
    await page.getByTestId("register-last").fill("9999");
  });
  await act("clear-register", "/meters/143", async () => ofMeter("clear"));
  await act("water-register", "/meters", async () => {
    await page.getByTestId("meter-add").click();
    await page.getByTestId("register-kind-water").click();
  });
  await act("limits", "/meters/120", async () => ofMeter("settings"));
  await act("sms-buy", "/messages/sms", async () => page.getByTestId("sms-buy").click());
  await act("subscriber-add", "/meters/101?tab=subscribers", async () => page.getByTestId("subscriber-add").click());
  await act("plan-water", "/prices", async () => {
    await ofPlan("edit", 3);
    await page.getByTestId("priced-steps").scrollIntoViewIfNeeded();
  });
  await act("typed", "/meters/138", async () => {
    await ofMeter("register");
    await page.getByTestId("register-last").fill("600");
  });
  await act("announce", "/messages/announcements", async () => {
    await page.getByTestId("announce-add").click();
    await page.getByTestId("announce-title").fill("1");
    await page.getByTestId("announce-text").fill("2");
    await page.getByTestId("announce-count").click();
    await page.getByTestId("announce-reach").waitFor();
  });
  await act("open-account", "/meters/138", async () => ofMeter("openAccount"));
  await act("open-money", "/meters/107", async () => ofMeter("openAccount"));
  await act("adjust", "/meters/115", async () => {
    await ofMeter("adjust");
    await page.getByTestId("adjust-clear").click();
    await page.getByTestId("adjust-note").fill("1");
  });
  await act("slip", "/meters/101?tab=recharges", async () => page.getByTestId("record-print").first().click());
  await act("plan-slots", "/prices", async () => {
    await ofPlan("edit", 1);
    await page.getByTestId("slot-editor").waitFor();
    await page.locator("[data-half='38']").scrollIntoViewIfNeeded();
  });
  await act("plan-steps", "/prices", async () => {
    await ofPlan("edit", 2);
    await page.getByTestId("when-then").click();
    await page.getByTestId("plan-save").scrollIntoViewIfNeeded();
  });
  await act("plan-replaces", "/prices", async () => {
    await ofPlan("edit", 0);
    await page.getByTestId("plan-replaces").waitFor();
    await page.getByTestId("plan-replaces").scrollIntoViewIfNeeded();
  });
  await act("plan-withdraw", "/prices", async () => ofPlan("withdraw", 0));
  await act("plan-history", "/prices", async () => ofPlan("history", 0));
  await act("plan-changes", "/meters/105?tab=info", async () => page.getByTestId("plan-changes-open").click());
  await act("plan", "/prices", async () => {
    await ofPlan("edit", 0);
    await page.getByTestId("plan-total").fill("\uff11\uff12");
    await page.getByTestId("plan-name").focus();
  });
  await act("clear", "/alarms", async () => page.getByTestId("alarm-clear").first().click());
  await act("remove", "/meters/105?tab=info", async () => page.getByTestId("meter-remove").click());
  await act("large", "/meters/104", async () => {
    await page.getByTestId("action-recharge").click();
    await page.getByTestId("recharge-amount").fill("\uffe53,000");
    await page.getByTestId("recharge-note").focus();
  });
  await act("unanswered", "/meters/104", async () => {
    await page.route("**/recharges", (route) => route.abort());
    await page.getByTestId("action-recharge").click();
    await page.getByTestId("recharge-amount").fill("50");
    await page.getByTestId("recharge-submit").click();
    await page.getByTestId("recharge-unknown").waitFor();
    await page.unroute("**/recharges");
  });
  await act("refused", "/meters/116?tab=readings", async () => page.getByTestId("reading-accept").first().waitFor());
  const decide = async (choice) => {
    await page.getByTestId("reading-accept").first().click();
    await page.getByTestId(`accept-${choice}`).click();
  };
  await act("accept", "/meters/116?tab=readings", async () => decide("whole"));
  await act("accept-stated", "/meters/117?tab=readings", async () => {
    await decide("stated");
    await page.getByTestId("accept-quantity").fill("12.5");
    await page.getByTestId("accept-note").fill("2");
  });
  await act("accept-unanswered", "/meters/132?tab=readings", async () => {
    await page.route("**/accept", (route) => route.abort());
    await decide("whole");
    await page.getByTestId("accept-note").fill("1");
    await page.getByTestId("accept-sure").check();
    await page.getByTestId("accept-submit").click();
    await page.getByTestId("accept-unknown").waitFor();
    await page.unroute("**/accept");
  });
  await act("comeback", "/meters/105", async () => {
    await page.getByTestId("action-recharge").click();
    await page.getByTestId("recharge-amount").fill("35");
    const ended = { status: 401, contentType: "application/json", body: '{"code":"unauthenticated","message":""}' };
    await page.route("**/recharges", (route) => route.fulfill(ended));
    await page.getByTestId("recharge-submit").click();
    await page.getByTestId("come-back").waitFor();
    await page.unroute("**/recharges");
  });
  await act("gateway-add", "/gateways?add=1", async () => {
    await page.getByTestId("gateway-id").fill("gw-d");
    await page.getByTestId("gateway-name").fill("D");
    await page.getByTestId("gateway-submit").click();
    await page.getByTestId("gateway-key").waitFor();
  });
  const ofRow = async (action) => {
    const row = page.getByTestId("entry-row").first();
    await row.waitFor();
    const direct = row.getByTestId(`row-${action}`);
    if (!phone && (await direct.isVisible())) return direct.click();
    await row.getByTestId("row-more").click();
    await page.getByTestId(`row-${action}`).last().click();
  };
  await act("menu", "/space/houses", async () => phone && page.locator(".a-bottom button").click());
  await act("filters", "/space/houses?building=8", async () => phone && page.getByTestId("filter-open").click());
  await act("house-add", "/space/houses?site=weilai", async () => {
    await page.getByTestId("entry-add").click();
    await page.getByTestId("field-building").click();
    await page.keyboard.type("2");
    await page.waitForTimeout(700);
    await page.keyboard.press("Enter");
    await page.getByTestId("field-unit").waitFor();
    await page.getByTestId("field-area").fill("12.345");
    await page.getByTestId("field-number").fill("0101");
    await page.getByTestId("entry-save").click();
  });
  await act("house-choose", "/space/houses?site=weilai", async () => {
    await page.getByTestId("entry-add").click();
    await page.getByTestId("field-building").click();
  });
  await act("building-taken", "/space/buildings?site=weilai", async () => {
    await page.getByTestId("entry-add").click();
    await page.getByTestId("field-number").fill("01");
    await page.getByTestId("field-name").fill("01");
    await page.getByTestId("entry-save").click();
  });
  await act("building-stale", "/space/buildings", async () => {
    await ofRow("edit");
    await page.evaluate(async () => {
      const row = await (await fetch("/api/v1/buildings/8")).json();
      const changed = JSON.stringify({ version: row.version, number: row.number, name: `${row.name} A`, with_units: false });
      await fetch("/api/v1/buildings/8", { method: "PUT", body: changed });
    });
    await page.getByTestId("field-name").fill("B");
    await page.getByTestId("entry-save").click();
    await page.getByTestId("entry-stale").waitFor();
    if (look.name.startsWith("390")) return;
    await page.getByTestId("entry-reload").click();
    await page.getByTestId("entry-reloaded").waitFor();
  });
  await act("project-menu", "/meters", async () => page.getByTestId("project-menu").click());
  await act("community-add", "/space/communities", async () => {
    await page.getByTestId("entry-add").click();
    await page.getByTestId("field-name").fill("\u6df1\u5733\u6e7e\u82b1\u56ed Bay");
    await page.getByTestId("place-find").click();
    await page.locator(".leaflet-container").waitFor();
    await page.waitForTimeout(800);
    await page.locator(".leaflet-container").click({ position: { x: 200, y: 150 } });
  });
  await act("community-map", "/space/communities", async () => {
    await page.getByTestId("entry-add").click();
    await page.locator(".leaflet-container").waitFor();
    await page.locator(".leaflet-container").scrollIntoViewIfNeeded();
  });
  await act("community-power", "/space/communities", async () => {
    await ofRow("edit");
    await page.getByTestId("field-greatest_power_w").fill("50000");
    await page.getByTestId("entry-save").click();
    await page.getByTestId("entry-sure").waitFor();
  });
  await act("community-stop", "/space/communities", async () => ofRow("switch"));
  await act("community-in-use", "/space/communities", async () => {
    await page.getByTestId("entry-row").nth(1).waitFor();
    await page.getByTestId("entry-row").nth(1).getByTestId("row-more").click();
    await page.getByTestId("row-delete").last().click();
    await page.getByTestId("entry-confirm").click();
    await page.getByTestId("error-notice").waitFor();
  });
  await act("import", "/space/rooms", async () => page.getByTestId("list-import").click());
  await act("desk", "/meters", async () => {
    await page.getByTestId("desk-open").click();
    await page.getByTestId("desk-search").fill("1-1-101");
    await page.getByTestId("desk-hit").first().waitFor();
  });
  await act("house-detail", "/space/houses", async () => ofRow("detail"));
  await act("house-edit", "/space/houses", async () => ofRow("edit"));
  await act("building-in-use", "/space/buildings", async () => {
    await ofRow("delete");
    await page.getByTestId("entry-confirm").click();
    await page.getByTestId("error-notice").waitFor();
  });
  await act("building-stop", "/space/buildings", async () => ofRow("switch"));
  await act("user-add", "/organisation/users", async () => page.getByTestId("entry-add").click());
  await act("user-reset", "/organisation/users", async () => {
    await ofRow("reset");
    await page.getByTestId("reset-confirm").click();
    await page.getByTestId("drawn").waitFor();
  });
  await act("user-bind", "/organisation/users", async () => ofRow("bind"));
  await act("user-rights", "/organisation/users", async () => ofRow("rights"));
  await act("role-edit", "/organisation/roles", async () => ofRow("edit"));
  await act("role-assign", "/organisation/roles", async () => ofRow("assign"));
  await act("role-copy", "/organisation/roles", async () => ofRow("copy"));
  // As the super administrator: CONSOLE_USER=system.
  await act("provider-review", "/organisation/providers?review=pending", async () => ofRow("review"));
  await act("provider-approved", "/organisation/providers?review=pending", async () => {
    await ofRow("review");
    await page.getByTestId("review-approve").click();
    await page.getByTestId("drawn").waitFor();
  });
  await act("property-statistics", "/organisation/properties", async () => ofRow("statistics"));
  await act("property-add", "/organisation/properties", async () => page.getByTestId("entry-add").click());
  await act("property-stop", "/organisation/properties", async () => ofRow("switch"));
  await act("account-add", "/organisation/properties", async () => ofRow("account-add"));
  await act("accounts", "/organisation/properties", async () => ofRow("accounts"));
  await act("add-many", "/organisation/properties", async () => {
    await page.getByTestId("list-batch").click();
    await page.getByTestId("cell-0-name").fill("A");
    await page.getByTestId("cell-0-phone").fill("138");
    await page.getByTestId("add-many-save").click();
  });
  await act("enter", "/organisation/properties", async () => page.getByTestId("organisation-switch").click());
  await act("acting", "/organisation/properties", async () => {
    await page.getByTestId("organisation-switch").click();
    await page.getByTestId("organisation-search").fill("\u6e5b\u4f73\u7269\u4e1a");
    await page.keyboard.press("Enter");
    await page.getByTestId("organisation-enter").click();
    await page.getByTestId("acting-banner").waitFor();
  });
  await act("leave", "/space/areas", async () => {
    await page.getByTestId("entry-add").click();
    await page.getByTestId("field-name").fill("A");
    await page.keyboard.press("Escape");
  });
  await context.close();
}
