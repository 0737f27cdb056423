// Looks for barriers on pages of a running mock console (axe-core in Chromium): `npm run preview:mock`, then `npm run axe`.
// Ends with 1 when a page has one that is serious or critical.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

const address = process.env.CONSOLE ?? "http://127.0.0.1:4173";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const steps = {
  "/": null,
  "/meters": null,
  "/meters/104": null,
  "/prices": null,
  "/gateways": null,
  "/alarms": null,
  "/audit": null,
  "/space/houses": "entry-add",
  "/organisation/providers": null,
  "/organisation/properties": "list-batch",
  "/organisation/users": "entry-add",
  "/organisation/roles": "entry-add",
  "/organisation/departments": null,
  "/settings": null,
};
const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "anju-axe-")), {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" "),
  viewport: { width: 1366, height: 768 },
  reducedMotion: "reduce",
});
const page = context.pages()[0] ?? (await context.newPage());
let bad = 0;

async function look(name) {
  // Colours of something that is just fading in are not those that are read.
  await page.waitForTimeout(1500);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, impact, help, nodes } of violations) {
    if (impact !== "serious" && impact !== "critical") continue;
    bad++;
    console.log(`${name}: ${impact}: ${id} (${help}), ${nodes.length} times`);
    for (const node of nodes.slice(0, 3)) console.log(`  ${node.target.join(" ")}  ${node.html.slice(0, 160)}`);
  }
}

for (const path of ["/login", "/register"]) {
  await page.goto(address + path);
  await look(path);
}
await page.goto(`${address}/login`);
await page.getByTestId("login-user").fill("system");
await page.getByTestId("login-password").fill("anju-demo");
await page.getByTestId("login-submit").click();
await page.getByTestId("page-home").waitFor();
for (const [path, open] of Object.entries(steps)) {
  await page.goto(address + path);
  await page.locator("h1").first().waitFor();
  await look(path);
  if (!open) continue;
  await page.getByTestId(open).click();
  await look(`${path} ${open}`);
}
await context.close();
console.log(bad ? `${bad} barriers` : `no serious barrier on ${Object.keys(steps).length + 2} pages`);
process.exit(bad ? 1 : 0);
