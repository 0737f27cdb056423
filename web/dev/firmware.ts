// 固件升级 of the made-up gateways: releases, and orders that go on by the clock. Development only.
import { fail, ok, type Answer } from "./describe";
import type * as api from "../src/types/api";
import type { Release, Upgrade, UpgradeStep } from "../src/types/api";
import { isOver } from "../src/features/gateways/firmware/upgrade";

const MB = 1_000_000;
const DAY = 86_400_000;
let nextId = 1;
const release = (version: string, architecture: string, more: Partial<Release>): Release => ({
  id: nextId++, version, architecture, size: 3_412_880, sha256: "ab".repeat(32), minimum: "0.1.0", spool: 1, signed_by: "anju-2026.pem", note: "", by: "admin", at: Date.now() - 3 * DAY, own: true, wanted: 0, installed: 0, ...more,
});
const releases: Release[] = [
  release("0.2.0", "amd64", { note: "断网七天后恢复更快" }),
  release("0.2.0", "arm64", { note: "断网七天后恢复更快", size: 3_198_004 }),
  release("0.3.0", "amd64", { note: "内测，会自动换回", size: 64 * MB, at: Date.now() - 3_600_000 }),
  release("0.9.0", "amd64", { minimum: "0.3.0", note: "必须从 0.3.0 升级", own: false, by: "集团总部" }),
];

type Known = { architecture?: string; software?: string };
const boxes = new Map<string, Known>([["gw-a", { architecture: "amd64" }], ["gw-b", { architecture: "amd64" }], ["gw-c", { architecture: "arm64" }]]);

type Order = { order: string; release: Release; at: number; by: string; ended?: { step: UpgradeStep; reason: string | null; at: number } };
const orders = new Map<string, Order>();
orders.set("gw-b", { order: "o1", release: release("0.1.9", "amd64", {}), at: Date.now() - DAY, by: "admin", ended: { step: "rolled_back", reason: "no_contact", at: Date.now() - DAY + 480_000 } });
orders.set("gw-c", { order: "o2", release: releases[1]!, at: Date.now() - 1_200_000, by: "admin" });

/** ms after the order; 0.3.0 is taken back. The one that is offline waits. */
const DOWNLOAD_MS = 4_000;
function stepOf(gateway: string, { release: wanted, at, ended }: Order): { step: UpgradeStep; reason: string | null; bytes: number; at: number } {
  if (ended) return { ...ended, bytes: ended.step === "withdrawn" ? 0 : wanted.size };
  const passed = Date.now() - at - 1_000;
  if (gateway === "gw-c" || passed < 0) return { step: "waiting", reason: null, bytes: 0, at };
  if (passed < DOWNLOAD_MS) return { step: "downloading", reason: null, bytes: Math.floor((wanted.size * passed) / DOWNLOAD_MS), at: Date.now() };
  const step = passed < DOWNLOAD_MS + 1_000 ? "offered" : passed < DOWNLOAD_MS + 4_000 ? "trial" : wanted.version === "0.3.0" ? "rolled_back" : "installed";
  return { step, reason: step === "rolled_back" ? "crashed" : null, bytes: wanted.size, at: Date.now() };
}

/** What a gateway's row has beside the rest. */
export function firmwareOf(gateway: string): Known & { upgrade: Upgrade | null } {
  const known = boxes.get(gateway) ?? {};
  const order = orders.get(gateway);
  if (!order) return { ...known, upgrade: null };
  const now = stepOf(gateway, order);
  if (isOver(now.step) && !order.ended) {
    order.ended = { step: now.step, reason: now.reason, at: now.at };
    if (now.step === "installed") boxes.set(gateway, { ...known, software: `anju-gateway ${order.release.version}` });
  }
  return { ...boxes.get(gateway), upgrade: { order: order.order, release: order.release.id, version: order.release.version, size: order.release.size, ordered_at: order.at, ordered_by: order.by, ...now } };
}

let moving = new Set<string>();
/** An event for whatever moved since the last time. */
export function firmwareTick(push: (event: api.Event) => void) {
  const now = new Set([...orders.keys()].filter((id) => firmwareOf(id).upgrade!.step !== "waiting" && !isOver(firmwareOf(id).upgrade!.step)));
  for (const id of new Set([...now, ...moving])) push({ type: "gateway", id, at: Date.now() });
  moving = now;
}

const row = (each: Release): Release => {
  const own = [...boxes.keys()].map((id) => ({ id, ...firmwareOf(id) })).filter(({ architecture }) => architecture === each.architecture);
  return {
    ...each,
    wanted: own.filter(({ upgrade }) => upgrade?.release === each.id && !isOver(upgrade.step)).length,
    installed: own.filter(({ software }) => software === `anju-gateway ${each.version}`).length,
  };
};

/** A release as scripts/release makes them; judged by its manifest only. */
function upload(file: Buffer, note: string): Answer {
  if (file.subarray(0, 8).toString() !== "ANJUREL1") return fail(400, "not_a_release");
  const manifest = JSON.parse(file.subarray(76, 76 + file.readUInt32BE(8)).toString()) as { version: string; architecture: string; minimum: string; spool: number };
  if (manifest.architecture === "riscv64") return fail(400, "untrusted");
  const same = releases.find((each) => each.version === manifest.version && each.architecture === manifest.architecture);
  if (same) return same.size === file.length ? ok(row(same)) : fail(409, "conflict", { field: "version" });
  const made = release(manifest.version, manifest.architecture, { size: file.length, minimum: manifest.minimum, spool: manifest.spool, note, at: Date.now() });
  releases.unshift(made);
  return ok(row(made), 201);
}

export function firmwareRoute(method: string, [resource, id, sub]: string[], query: URLSearchParams, body: { release?: number; order?: string } | undefined, file: Buffer): Answer | undefined {
  if (resource === "releases") {
    if (method === "POST") return upload(file, query.get("note") ?? "");
    if (method === "GET") return ok([...releases].sort((a, b) => b.at - a.at).map(row));
    const at = releases.findIndex((each) => each.id === Number(id));
    if (at < 0) return fail(404, "not_found");
    if (row(releases[at]!).wanted > 0) return fail(409, "in_use", { field: "gateways" });
    releases.splice(at, 1);
    return { status: 204 };
  }
  if (resource !== "gateways" || sub !== "upgrade") return undefined;
  const now = firmwareOf(id!).upgrade;
  const running = now !== null && !isOver(now.step);
  if (method === "DELETE") {
    if (!running) return fail(404, "not_found");
    if (now.step === "trial") return fail(409, "conflict", { field: "step" });
    orders.get(id!)!.ended = { step: "withdrawn", reason: null, at: Date.now() };
    return { status: 204 };
  }
  const wanted = releases.find((each) => each.id === body?.release);
  if (!wanted) return fail(404, "not_found");
  if (running) return fail(409, "conflict", { field: "order" });
  orders.set(id!, { order: body?.order ?? `o${nextId++}`, release: wanted, at: Date.now(), by: "admin" });
  return ok(firmwareOf(id!).upgrade, 201);
}
