import { describe, expect, it } from "vitest";

import { keys, staleAfter } from "@/lib/api/keys";
import { commandSteps } from "@/lib/command-steps";
import { initialConnection, lostForMs, retryDelayMs, stepConnection } from "@/lib/connection";

describe("connection", () => {
  it("a short break is not mentioned, a lasting one is, with its age", () => {
    const lost = stepConnection(initialConnection, { type: "closed", at: 1_000 });
    expect(lostForMs(lost, 3_900)).toBeNull();
    expect(lostForMs(lost, 31_000)).toBe(30_000);
  });

  it("the age counts from the first loss, not from the last failed attempt", () => {
    let connection = stepConnection(initialConnection, { type: "opened" });
    for (const at of [1_000, 5_000, 9_000]) connection = stepConnection(connection, { type: "closed", at });
    expect(connection).toEqual({ state: "lost", lostAt: 1_000, attempts: 3 });
    expect(stepConnection(connection, { type: "opened" }).lostAt).toBeNull();
  });

  it("waits longer and longer, but at most 15 s", () => {
    expect(retryDelayMs(1, 1)).toBe(1_000);
    expect(retryDelayMs(99, 1)).toBe(15_000);
    expect(retryDelayMs(99, 0)).toBe(7_500);
  });
});

describe("events", () => {
  it("a posting makes the meter, the lists and the home page old", () => {
    expect(staleAfter({ type: "ledger", id: "7" })).toEqual([keys.meter(7), keys.meterLists, keys.houses, keys.home]);
  });
  it("dv-upgrade: what a gateway says makes its page, the lists and the releases' counts old", () => {
    expect(staleAfter({ type: "gateway", id: "gw-a" })).toEqual([keys.gateways, keys.gateway("gw-a"), keys.releases]);
  });
  it("momentary values make nothing old", () => {
    expect(staleAfter({ type: "live", id: "7", values: {} })).toEqual([]);
  });
});

describe("command steps", () => {
  const looks = (row: Parameters<typeof commandSteps>[0]) => commandSteps(row).map(({ state, look }) => `${state}:${look}`);

  it("an acknowledgement alone is never success", () => {
    expect(looks({ state: "acked", created_at: 1, sent_at: 2, acked_at: 3 })).toEqual([
      "queued:done",
      "sent:done",
      "acked:now",
      "verified:todo",
    ]);
  });

  it("verified closes all four, also when a time is missing", () => {
    expect(looks({ state: "verified", created_at: 1, sent_at: 2, acked_at: null, ended_at: 9 })).toEqual([
      "queued:done",
      "sent:done",
      "acked:done",
      "verified:done",
    ]);
  });

  it.each(["failed", "expired", "cancelled"] as const)("%s shows where it broke off", (state) => {
    expect(looks({ state, created_at: 1, sent_at: 2, acked_at: null, ended_at: 9 })).toEqual([
      "queued:done",
      "sent:done",
      `${state}:broken`,
    ]);
  });
});
