// dv-upgrade: 固件升级: a release is looked at and uploaded, ordered to one gateway, several only by a second choice, and what becomes of it is seen.
import type { Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openConsole, type Console } from "./lib/console";

let opened: Console;
beforeAll(async () => void (opened = await openConsole("admin")));
afterAll(() => opened?.close());

const { poll } = expect;

function fileOf(manifest: object, program = 5): Buffer {
  const body = Buffer.from(JSON.stringify({ product: "anju-gateway", size: program, sha256: "ab".repeat(32), minimum: "0.1.0", spool: 1, ...manifest }));
  const prefix = Buffer.alloc(76);
  prefix.write("ANJUREL1");
  prefix.writeUInt32BE(body.length, 8);
  return Buffer.concat([prefix, body, Buffer.alloc(program, "#")]);
}
const chosen = (name: string, buffer: Buffer) => ({ name, mimeType: "application/octet-stream", buffer });

describe("dv-upgrade: releases", () => {
  it("the menu leads to the page beside the concentrators, and it lists what there is with who wants and has it", async () => {
    const { page } = opened;
    await page.goto("/device/concentrators");
    await page.getByRole("link", { name: "固件升级" }).click();
    await page.getByTestId("release-row").first().waitFor();
    const rows = await page.getByTestId("release-row").allInnerTexts();
    expect(rows[0]).toMatch(/0\.9\.0[\s\S]*amd64[\s\S]*0\.3\.0[\s\S]*集团总部/);
    expect(rows.find((row) => row.includes("arm64"))).toMatch(/3\.2 MB[\s\S]*anju-2026\.pem/);
  });

  it("a file that is no release is said so before anything is sent, and one that is shows what it is", async () => {
    const { page } = opened;
    await page.goto("/device/firmware");
    let sent = 0;
    page.on("request", (request) => (sent += request.method() === "POST" && request.url().includes("/releases") ? 1 : 0));
    await page.getByTestId("release-upload").click();
    const file = page.getByTestId("release-file");
    await file.setInputFiles(chosen("holiday.jpg", Buffer.from("\xff\xd8\xff\xe0 JFIF", "latin1")));
    await poll(() => page.getByTestId("release-problem").innerText()).toContain("ANJUREL1");
    expect(await page.getByTestId("release-send").isDisabled()).toBe(true);
    await file.setInputFiles(chosen("cut.anju", fileOf({ version: "0.2.5", architecture: "amd64" }).subarray(0, -1)));
    await poll(() => page.getByTestId("release-problem").innerText()).toContain("不完整");
    expect(sent).toBe(0);

    await file.setInputFiles(chosen("gateway.anju", fileOf({ version: "0.2.5", architecture: "amd64" })));
    await poll(() => page.getByTestId("release-chosen").innerText()).toContain("0.2.5 · amd64");
    await page.getByTestId("release-note").fill("更快");
    await page.getByTestId("release-send").click();
    await page.getByTestId("release-dialog").waitFor({ state: "detached" });
    await poll(() => page.getByTestId("release-row").allInnerTexts()).toEqual(expect.arrayContaining([expect.stringMatching(/0\.2\.5[\s\S]*更快/)]));
    expect(sent).toBe(1);
  });

  it("of two files chosen quickly the later one counts, and until it was looked at nothing can be sent", async () => {
    const { page } = opened;
    await page.goto("/device/firmware");
    await page.getByTestId("release-upload").click();
    const file = page.getByTestId("release-file");
    await file.setInputFiles(chosen("first.anju", fileOf({ version: "0.2.7", architecture: "amd64" })));
    await poll(() => page.getByTestId("release-send").isDisabled()).toBe(false);
    // The next file is read slowly, the one after it is not.
    await page.evaluate(() => {
      const read = Blob.prototype.arrayBuffer;
      Blob.prototype.arrayBuffer = function () {
        Blob.prototype.arrayBuffer = read;
        return new Promise((resolve) => Object.assign(globalThis, { goOn: () => resolve(read.call(this)) }));
      };
    });
    await file.setInputFiles(chosen("slow.anju", fileOf({ version: "0.2.8", architecture: "amd64" })));
    await poll(() => page.getByTestId("release-send").isDisabled()).toBe(true);
    await file.setInputFiles(chosen("holiday.jpg", Buffer.from("JFIF")));
    await page.getByTestId("release-problem").waitFor();
    await page.evaluate(() => {
      (globalThis as unknown as { goOn: () => void }).goOn();
      return new Promise((resolve) => setTimeout(resolve, 300));
    });
    expect(await page.getByTestId("release-dialog").innerText()).toMatch(/holiday\.jpg[\s\S]*ANJUREL1/);
    expect(await page.getByTestId("release-send").isDisabled()).toBe(true);
  });

  it.each([
    ["other bytes under the same version", { version: "0.2.0", architecture: "amd64" }, "换一个版本号"],
    ["a signature of nobody", { version: "0.2.6", architecture: "riscv64" }, "都没有签署"],
  ])("what the platform refuses has its reason: %s", async (_, manifest, words) => {
    const { page } = opened;
    await page.goto("/device/firmware");
    await page.getByTestId("release-upload").click();
    await page.getByTestId("release-file").setInputFiles(chosen("gateway.anju", fileOf(manifest)));
    await page.getByTestId("release-send").click();
    await poll(() => page.getByTestId("release-dialog").innerText()).toContain(words);
  });

  it("one that a gateway is ordered to is not deleted, and the refusal names the gateway; another is", async () => {
    const { page } = opened;
    await page.goto("/device/firmware");
    const row = (words: string) => page.getByTestId("release-row").filter({ hasText: words });
    await row("arm64").getByTestId("row-remove").click();
    await page.getByTestId("release-remove-confirm").click();
    await poll(() => page.locator(".ant-message").innerText()).toContain("车库集中器");
    expect(await row("arm64").count()).toBe(1);
    await row("0.2.5").getByTestId("row-remove").click();
    await page.getByTestId("release-remove-confirm").last().click();
    await poll(() => row("0.2.5").count()).toBe(0);
    // Of an organisation above: it deletes it.
    expect(await row("集团总部").getByTestId("row-remove").count()).toBe(0);
  });
});

describe("dv-upgrade: orders", () => {
  it("nothing is chosen beforehand, what does not fit says why, several need a second choice, and the outcome is seen without a reload", async () => {
    const { page } = opened;
    await page.goto("/device/firmware");
    await page.getByTestId("release-row").filter({ hasText: "断网七天" }).filter({ hasText: "amd64" }).getByTestId("row-order").click();
    const row = (id: string) => page.locator(`[data-testid="upgrade-gateway"][data-id="${id}"]`);
    await row("gw-a").waitFor();
    expect(await page.locator('[data-testid="upgrade-gateway"] input:checked').count()).toBe(0);
    expect(await page.getByTestId("upgrade-next").isDisabled()).toBe(true);
    expect(await row("gw-c").getAttribute("data-misfit")).toBe("under_way");
    expect(await row("gw-c").locator("input").isDisabled()).toBe(true);
    expect(await row("gw-c").innerText()).toContain("正在升级到 0.2.0");

    // One at a time until somebody says otherwise.
    await row("gw-a").locator("input").check();
    await row("gw-b").locator("input").check();
    expect(await row("gw-a").locator("input").isChecked()).toBe(false);
    await page.getByTestId("upgrade-many").check();
    await row("gw-a").locator("input").check();
    await page.getByTestId("upgrade-next").click();
    await page.getByTestId("upgrade-untried").waitFor();
    expect(await page.getByTestId("upgrade-confirm").isDisabled()).toBe(true);
    await page.getByTestId("upgrade-back").click();
    await page.getByTestId("upgrade-many").uncheck();
    await row("gw-a").locator("input").check();
    await page.getByTestId("upgrade-next").click();
    expect(await page.getByTestId("upgrade-asking").innerText()).toMatch(/五分钟内平台没有收到新版本的确认，就自动换回原版本/);
    await page.getByTestId("upgrade-confirm").click();
    await page.getByTestId("upgrade-dialog").waitFor({ state: "detached" });

    const step = () => page.locator('[data-testid="upgrade-row"][data-id="gw-a"] [data-step]').getAttribute("data-step");
    const seen = new Set<string>();
    await poll(async () => (seen.add((await step().catch(() => null)) ?? ""), seen), { interval: 200 }).toContain("installed");
    expect([...seen]).toEqual(expect.arrayContaining(["downloading", "trial", "installed"]));
    const counts = (group: string) => page.getByTestId(`upgrade-count-${group}`).innerText();
    expect([await counts("installed"), await counts("rolled_back"), await counts("waiting")].map((words) => /\d+/.exec(words)![0])).toEqual(["1", "1", "1"]);
    await page.getByTestId("upgrade-count-rolled_back").click();
    await poll(() => page.getByTestId("upgrade-row").allInnerTexts()).toEqual([expect.stringMatching(/B 栋集中器[\s\S]*没有得到平台确认/)]);
    expect(new URL(page.url()).searchParams.get("state")).toBe("rolled_back");
  });

  it("a gateway's own page says what it runs, takes an order and withdraws it", async () => {
    const { page } = opened;
    await page.goto("/gateways/gw-c");
    const own = page.getByTestId("gateway-firmware");
    await own.waitFor();
    expect(await own.innerText()).toMatch(/arm64[\s\S]*0\.2\.0[\s\S]*等待网关/);
    expect(await page.getByTestId("gateway-upgrade").count()).toBe(0);
    await page.getByTestId("upgrade-withdraw").click();
    await page.getByTestId("upgrade-withdraw-confirm").click();
    await poll(() => own.innerText()).toContain("已撤回");
    await page.getByTestId("gateway-upgrade").click();
    await poll(() => page.getByTestId("upgrade-release").innerText()).toContain("0.2.0 · arm64");
    await page.getByTestId("upgrade-next").click();
    await page.getByTestId("upgrade-confirm").click();
    await poll(() => own.innerText()).toContain("等待网关");
  });
});

describe("dv-upgrade: a trial that nobody hears of any more", () => {
  it("is said to be forgotten after an hour, and is withdrawn with a word of what that does", async () => {
    const { page } = opened;
    const known = (await (await page.request.get("/api/v1/gateways/gw-b")).json()) as { upgrade: object };
    let upgrade: object = { ...known.upgrade, step: "trial", reason: null, at: Date.now() - 30 * 60_000 };
    const own = (url: URL) => url.pathname === "/api/v1/gateways/gw-b", order = "**/api/v1/gateways/gw-b/upgrade";
    await page.route(own, async (route) => route.fulfill({ json: { ...((await (await route.fetch()).json()) as object), upgrade } }));
    await page.route(order, (route) => ((upgrade = { ...upgrade, step: "withdrawn" }), route.fulfill({ status: 204 })));
    await page.goto("/gateways/gw-b");
    await poll(() => page.getByTestId("gateway-firmware").innerText()).toContain("试运行");
    expect(await page.getByTestId("upgrade-forgotten").count()).toBe(0);
    expect(await page.getByTestId("upgrade-withdraw").count(), "it stays or goes by itself").toBe(0);
    upgrade = { ...upgrade, at: Date.now() - 61 * 60_000 };
    await page.reload();
    await page.getByTestId("upgrade-forgotten").waitFor();
    await page.getByTestId("upgrade-withdraw").click();
    await poll(() => page.locator(".ant-popover").innerText()).toMatch(/一个多小时[\s\S]*网关本身不会因此改变/);
    const [sent] = await Promise.all([page.waitForRequest((request) => request.method() === "DELETE"), page.getByTestId("upgrade-withdraw-confirm").click()]);
    expect(sent.url()).toContain("/gateways/gw-b/upgrade");
    await poll(() => page.getByTestId("gateway-firmware").innerText()).toContain("已撤回");
    await page.unroute(own);
    await page.unroute(order);
  });
});

type Asked = { gateway: string; release: number; order: string };

/** Orders as they are sent; those to `slow` wait and are then taken. */
async function hold(slow: string) {
  const { page } = opened;
  const asked: Asked[] = [];
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  const path = "**/api/v1/gateways/*/upgrade";
  const handler = async (route: Route) => {
    if (route.request().method() !== "POST") return route.continue();
    const gateway = /gateways\/([^/]+)/.exec(route.request().url())![1]!;
    asked.push({ gateway, ...(route.request().postDataJSON() as Omit<Asked, "gateway">) });
    if (gateway === slow) await held;
    return route.continue();
  };
  await page.route(path, handler);
  return { asked, answer, restore: () => page.unroute(path, handler) };
}

/** Orders as they are sent; those to `refused` wait and are then refused. */
async function refuse(refused: string) {
  const { page } = opened;
  const asked: Asked[] = [];
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  const path = "**/api/v1/gateways/*/upgrade";
  const handler = async (route: Route) => {
    if (route.request().method() !== "POST") return route.continue();
    const gateway = /gateways\/([^/]+)/.exec(route.request().url())![1]!;
    asked.push({ gateway, ...(route.request().postDataJSON() as Omit<Asked, "gateway">) });
    if (gateway !== refused) return route.continue();
    await held;
    return route.fulfill({ status: 503, contentType: "application/json", body: '{"code":"busy","message":""}' });
  };
  await page.route(path, handler);
  return { asked, answer, well: () => (answer(), (refused = "")), restore: () => page.unroute(path, handler) };
}

const stepOf = (id: string) => opened.page.locator(`[data-testid="upgrade-row"][data-id="${id}"] [data-step]`).getAttribute("data-step");
/** What stands in the way of another order is over. */
const free = (id: string) => poll(() => stepOf(id)).toMatch(/installed|rolled_back/);

async function chooseFor(note: string, ...gateways: string[]) {
  const { page } = opened;
  await page.goto("/device/firmware");
  for (const id of gateways) await free(id);
  await page.getByTestId("release-row").filter({ hasText: note }).filter({ hasText: "amd64" }).getByTestId("row-order").click();
  if (gateways.length > 1) await page.getByTestId("upgrade-many").check();
  for (const id of gateways) await page.locator(`[data-testid="upgrade-gateway"][data-id="${id}"] input`).check();
  await page.getByTestId("upgrade-next").click();
  await page.getByTestId("upgrade-asking").waitFor();
}

describe("dv-upgrade: what goes wrong or changes while it is ordered", () => {
  it("a refusal that comes after the first gateway has begun is said, and only the refused one is tried again, as the same order", async () => {
    const { page } = opened;
    const { asked, answer, well, restore } = await refuse("gw-b");
    await chooseFor("内测", "gw-a", "gw-b");
    expect(await page.getByTestId("upgrade-asking").innerText()).toContain("升级 2 台网关到 0.3.0");
    await page.getByTestId("upgrade-sure").check();
    await page.getByTestId("upgrade-confirm").click();
    await poll(() => stepOf("gw-a")).toBe("downloading");
    answer();
    await poll(() => page.getByTestId("upgrade-refused").innerText()).toMatch(/1 台已下达，1 台没有成功[\s\S]*B 栋集中器/);
    expect(await page.getByTestId("upgrade-asking").innerText()).toContain("升级“B 栋集中器”到 0.3.0");
    expect(asked.map(({ gateway }) => gateway)).toEqual(["gw-a", "gw-b"]);

    // The first could be ordered to it again by now, which nobody has asked for.
    await poll(() => stepOf("gw-a")).toBe("rolled_back");
    well();
    await page.getByTestId("upgrade-confirm").click();
    await page.getByTestId("upgrade-dialog").waitFor({ state: "detached" });
    expect(asked.slice(2)).toEqual([asked[1]]);
    await restore();
  });

  it("a batch that is stopped ends in front of the next gateway and says what was ordered and what was not; closing it is the same", async () => {
    const { page } = opened;
    for (const way of ["stop", "close"] as const) {
      const { asked, answer, restore } = await hold("gw-a");
      await chooseFor("内测", "gw-a", "gw-b");
      await page.getByTestId("upgrade-sure").check();
      await page.getByTestId("upgrade-confirm").click();
      await poll(() => page.getByTestId("upgrade-running").innerText()).toMatch(/第 1 \/ 2 台：A 栋集中器/);
      await (way === "stop" ? page.getByTestId("upgrade-stop") : page.getByTestId("upgrade-dialog").locator(".ant-modal-close")).click();
      await poll(() => page.getByTestId("upgrade-running").innerText()).toContain("完成后停止");
      answer();
      await poll(() => page.getByTestId("upgrade-stopped").innerText()).toMatch(/1 台已下达，1 台没有下达[\s\S]*已下达：A 栋集中器[\s\S]*没有下达：B 栋集中器/);
      expect(asked.map(({ gateway }) => gateway)).toEqual(["gw-a"]);
      expect(await page.getByTestId("upgrade-confirm").innerText()).toContain("继续下达其余 1 台");
      if (way === "stop") {
        await page.getByTestId("upgrade-confirm").click();
        await page.getByTestId("upgrade-dialog").waitFor({ state: "detached" });
        expect(asked.map(({ gateway }) => gateway)).toEqual(["gw-a", "gw-b"]);
      } else {
        await page.getByTestId("upgrade-dialog").locator(".ant-modal-close").click();
        await page.getByTestId("upgrade-dialog").waitFor({ state: "detached" });
        expect(asked).toHaveLength(1);
      }
      await restore();
    }
  });

  it("another release is another order, and nothing of the one before is said of it", async () => {
    const { page } = opened;
    const { asked, answer, restore } = await refuse("gw-b");
    answer();
    await chooseFor("内测", "gw-b");
    await page.getByTestId("upgrade-confirm").click();
    await page.getByTestId("upgrade-refused").waitFor();
    await page.getByTestId("upgrade-back").click();
    await page.getByTestId("upgrade-release").click();
    await page.locator(".ant-select-item-option").filter({ hasText: "0.2.0 · amd64" }).click();
    await poll(() => page.getByTestId("upgrade-refused").count()).toBe(0);
    await page.getByTestId("upgrade-next").click();
    expect(await page.getByTestId("upgrade-asking").innerText()).toContain("升级“B 栋集中器”到 0.2.0");
    await page.getByTestId("upgrade-confirm").click();
    await page.getByTestId("upgrade-refused").waitFor();
    expect(asked).toHaveLength(2);
    expect(asked[1]!.release).not.toBe(asked[0]!.release);
    expect(asked[1]!.order).not.toBe(asked[0]!.order);
    await restore();
  });

  it("a gateway that somebody else orders meanwhile leads back to the choice", async () => {
    const { page } = opened;
    await chooseFor("内测", "gw-b");
    const releases = (await (await page.request.get("/api/v1/releases")).json()) as { id: number; version: string; architecture: string }[];
    const { id: release } = releases.find(({ version, architecture }) => version === "0.2.0" && architecture === "amd64")!;
    await page.request.post("/api/v1/gateways/gw-b/upgrade", { data: { release, order: "of-a-colleague" } });
    await poll(() => page.getByTestId("upgrade-changed").innerText()).toContain("B 栋集中器");
    expect(await page.getByTestId("upgrade-asking").count()).toBe(0);
    expect(await page.getByTestId("upgrade-next").isDisabled()).toBe(true);
  });

  it("a release that somebody deletes meanwhile leads back to the choice, and no other is ordered in its place", async () => {
    const { page } = opened;
    const made = await page.request.post("/api/v1/releases?note=%E5%BE%88%E5%BF%AB%E5%B0%B1%E5%88%A0", { data: fileOf({ version: "0.2.9", architecture: "amd64" }), headers: { "Content-Type": "application/octet-stream" } });
    const { id } = (await made.json()) as { id: number };
    await chooseFor("很快就删", "gw-a");
    await page.request.delete(`/api/v1/releases/${id}`);
    // What moves makes the page ask again; whether it is this order or the one before.
    await page.request.post("/api/v1/gateways/gw-b/upgrade", { data: { release: 3, order: "of-a-colleague-too" } });
    await poll(() => page.getByTestId("upgrade-changed").innerText()).toContain("0.2.9");
    expect(await page.getByTestId("upgrade-confirm").count()).toBe(0);
  });

  it("a withdrawal that is refused once its row has gone is said all the same", async () => {
    const { page } = opened;
    await page.goto("/device/firmware");
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    const path = "**/api/v1/gateways/gw-c/upgrade";
    await page.route(path, async (route) => {
      await held;
      await route.fulfill({ status: 409, contentType: "application/json", body: '{"code":"conflict","message":"","field":"step"}' });
    });
    const row = page.locator('[data-testid="upgrade-row"][data-id="gw-c"]');
    await row.getByTestId("upgrade-withdraw").click();
    const asked = page.waitForRequest((request) => request.method() === "DELETE");
    await page.getByTestId("upgrade-withdraw-confirm").click();
    await asked;
    await page.getByTestId("upgrade-count-installed").click();
    await row.waitFor({ state: "detached" });
    answer();
    await poll(() => page.locator(".ant-message").innerText()).toContain("不能撤回");
    await page.unroute(path);
  });
});
