// 数据下发 and what was found on site, of the made-up gateways. Development only.
import type * as api from "../src/types/api";

import { fail, ok, type Answer } from "./describe";
import * as world from "./world";

const ACK_MS = 1500;
type Sent = { state: api.DispatchState; since: number; refusal?: string };
const sent = new Map<number, Sent>();

/** The first meter of gw-a is prepared, of another the gateway says no, and one has a household. */
const own = [...world.sims.values()].map(({ meter }) => meter).filter(({ gateway }) => gateway === "gw-a");
sent.set(own[0]!.id, { state: "prepared", since: 0 });
sent.set(own[1]!.id, { state: "refused", since: 0, refusal: "reason=unknown_profile" });
const opened = new Set([own[2]!.id]);

/** A gateway takes a moment to answer. */
export function dispatchOf(meter: number): Sent {
  const now = sent.get(meter) ?? { state: "confirmed" as const, since: 0 };
  if (Date.now() - now.since < ACK_MS) return now;
  return now.state === "dispatched" ? { ...now, state: "confirmed" } : now.state === "withdrawing" ? { ...now, state: "prepared" } : now;
}

export const linked = (meter: api.Meter, index: number) => {
  const { state, refusal } = dispatchOf(meter.id);
  return { room: meter.linked_room?.name ?? meter.room, dispatch: state, opened: opened.has(meter.id), baud: index === 3 ? 1200 : null, ...(index === 4 ? { format: "8N1" } : {}), ...(refusal ? { refusal } : {}) };
};

const found = (id: number, more: Partial<api.FoundDevice>): api.FoundDevice => ({
  id, line: "line1", dialect: "dlt645-2007", address: "000000000777", baud: 2400, format: "8E1", total: "152.3", state: "closed", models: [], answers: true, seen_at: Date.now() - 600_000, dismissed: false, ...more,
});
const devices: api.FoundDevice[] = [
  found(1, {}),
  found(2, { dialect: "modbus", address: "17", baud: 9600, format: "8N1", total: null, models: ["chint-ddsu666", "eastron-sdm120"] }),
  found(3, { address: "000000000778", answers: false, total: null }),
];

/** 通讯参数, with two of the platform's many refusals. */
function correct(meter: api.Meter, { address, line, baud, profile }: api.MeterDevice): Answer {
  if (address !== meter.address) return fail(409, "conflict", { field: "address" });
  const onLine = [...world.sims.values()].some(({ meter: other }) => other !== meter && other.gateway === meter.gateway && other.line === line && other.address === address);
  if (onLine) return fail(409, "conflict", { field: "line" });
  const shown = { ...profile };
  for (const secret of ["access_level", "password", "operator_code"] as const) delete shown[secret];
  Object.assign(meter, { line: line ?? meter.line, baud: baud ?? null, profile: shown, dialect: profile.dialect ?? "dlt645-2007", model: profile.model });
  if (dispatchOf(meter.id).state !== "prepared") sent.set(meter.id, { state: "dispatched", since: Date.now() });
  meter.dispatch = dispatchOf(meter.id).state;
  return ok(meter);
}

export function dispatchRoute(method: string, [resource, id, sub, part]: string[], dismissed: boolean, body: ({ confirmed?: boolean; dismissed?: boolean } & Partial<api.MeterDevice>) | undefined): Answer | undefined {
  if (resource === "meters" && method === "PUT" && sub === "device") return correct(world.sims.get(Number(id))!.meter, body as api.MeterDevice);
  if (resource === "meters" && method === "POST" && (sub === "dispatch" || sub === "withdraw")) {
    const { meter } = world.sims.get(Number(id))!;
    if (sub === "withdraw" && opened.has(meter.id) && !body?.confirmed) return fail(409, "needs_confirmation");
    sent.set(meter.id, { state: sub === "dispatch" ? "dispatched" : "withdrawing", since: Date.now() });
    meter.dispatch = dispatchOf(meter.id).state;
    return ok(meter);
  }
  if (resource !== "gateways" || sub !== "found") return undefined;
  if (method === "GET") return ok(id === "gw-a" ? devices.filter((each) => each.dismissed === dismissed) : []);
  const one = devices.find((each) => each.id === Number(part));
  if (!one) return fail(404, "not_found");
  one.dismissed = body?.dismissed ?? true;
  return { status: 204 };
}
