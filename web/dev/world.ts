// A made-up site for working on the console: 42 meters on two gateways whose registers run and whose commands live.
// Development only; nothing here is part of the build.
import type * as api from "../src/types/api";
import type { RegisterChange } from "../src/types/supply";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seeded, so that every start shows the same site. */
let seed = 20261121;
const random = () => {
  seed = (seed * 1664525 + 1013904223) % 2 ** 32;
  return seed / 2 ** 32;
};
const money = (yuan: number) => (Math.round(yuan * 1e6) / 1e6).toFixed(6).replace(/\.?0+$/, "");
const kwh = (value: number) => (Math.round(value * 1e4) / 1e4).toFixed(4).replace(/\.?0+$/, "");


const START = Date.now();
export const plans: api.PricePlan[] = [
  { id: 1, utility: "electricity", name: "照明电价", kind: "total", total: "1.2", updated_at: START - 40 * DAY, meters: 0 },
  { id: 2, utility: "electricity", name: "商铺分时电价", kind: "tou", sharp: "1.6238", peak: "1.3412", flat: "0.8755", valley: "0.4121", slots: [{ from: "00:00", tariff: "valley" }, { from: "07:00", tariff: "flat" }, { from: "10:00", tariff: "peak" }, { from: "12:00", tariff: "flat" }, { from: "18:00", tariff: "sharp" }, { from: "21:00", tariff: "flat" }, { from: "23:00", tariff: "valley" }], updated_at: START - 12 * DAY, meters: 0 },
  { id: 3, utility: "electricity", name: "优惠电价", kind: "total", total: "0.56", step_period: "month", steps: [{ above: "230", add: "0.05" }, { above: "400", add: "0.3" }], updated_at: START - 90 * DAY, meters: 0 },
  { id: 4, name: "居民水价", utility: "water", kind: "total", total: "4.1", step_period: "year", steps: [{ above: "216", add: "1.1" }], updated_at: START - 60 * DAY, meters: 0 },
  { id: 5, name: "热水水价", utility: "water", kind: "total", total: "28.5", updated_at: START - 60 * DAY, meters: 0 },
];

/** What a recharge sold: at the price of this moment, to nobody as long as nobody is named. */
export function saleOf(meter: api.Meter, amount: number, after: number, customer = ""): NonNullable<api.LedgerRow["sale"]> {
  const plan = meter.prices!;
  const price = priceOf(plan as api.PricePlan);
  return {
    price_plan: meter.price_plan, price: String(price), estimate: plan.kind === "tou" || Boolean(plan.steps?.length),
    kwh: kwh(amount / price), kwh_before: kwh((after - amount) / price), kwh_after: kwh(after / price), customer,
  };
}

export type Sim = {
  meter: api.Meter;
  kw: number;
  register: number;
  balance: number;
  ledger: api.LedgerRow[];
  notices: api.NoticeRow[];
  readings: api.ReadingRow[];
  commands: api.CommandRow[];
  forced: boolean;
  stuck: boolean;
  /** readings are refused until somebody accepts one */
  refused: { by: number; reason: string } | null;
  hours: Map<number, number>;
};

export const sims = new Map<number, Sim>();
export const alarms: api.Alarm[] = [];
/** The newest code of a gateway, by its id. */
export const enrolments = new Map<string, api.EnrolmentRow>();
export const revocations = new Map<string, api.Revocation>();
export const audit: api.AuditRow[] = [];
let nextId = 1000;

const priceOf = (plan: api.PricePlan) => Number(plan.kind === "total" ? plan.total : plan.flat);

/** A register that jumped (tou plan as well), and one of a new meter in the old one's place. */
const refusals = {
  15: { by: 4210.5, reason: "impossible_jump" },
  16: { by: -290, reason: "backward" },
  22: { by: 96.31, reason: "impossible_jump" },
  31: { by: 730, reason: "impossible_jump" },
} as Record<number, { by: number; reason: string }>;

/** of, least: of what is no electricity meter */
function makeMeter(index: number, of?: api.PricePlan, least?: number): Sim {
  const id = 101 + index;
  const gateway = index < 30 ? "gw-a" : "gw-b";
  const shop = index % 9 === 4;
  const plan = of ?? plans[shop ? 1 : index % 11 === 7 ? 2 : 0]!;
  const register = 300 + random() * 4000;
  const kw = least ?? (shop ? 0.8 + random() * 2 : 0.1 + random() * 0.9);
  const stories = { 3: -1.42, 9: -3.32, 12: 8.2, 17: 15.06, 22: 3.9, 28: -0.4 } as Record<number, number>;
  const balance = stories[index] ?? 22 + random() * 180;
  const room = `${shop ? "S" : "A"}${String(1 + Math.floor(index / 12))}${String(1 + (index % 12)).padStart(2, "0")}`;
  const meter: api.Meter = {
    id,
    device: `m16101310${String(index).padStart(2, "0")}`,
    name: shop ? `商铺 ${room}` : `田家园 ${room}`,
    address: `0016101310${String(index + 10).padStart(2, "0")}`,
    room,
    gateway,
    line: index % 2 ? "line2" : "line1",
    site: "weilai",
    kind: "electricity",
    valve: true,
    dispatch: "confirmed",
    hot_water: null,
    dialect: "dlt645-2007",
    profile: { dialect: "dlt645-2007", close: "direct", tariffs: true, short_relay_command: false, preamble: 4 },
    baud: null,
    schedule: [],
    annual_fee: null,
    mode: index === 20 || index === 33 ? "reading" : "prepaid",
    balance: money(balance),
    balance_kwh: "0",
    account_state: "normal",
    wanted: "closed",
    wanted_reason: "none",
    reported: "closed",
    reported_at: START - 4 * MINUTE,
    reachable: index !== 14 && index !== 37,
    keep_power: index === 6,
    last_reading: null,
    today_kwh: "0",
    price_plan: { id: plan.id, name: plan.name },
    pending_command: null,
    linked_room: null,
    source: null,
    alarm_1: "20",
    alarm_2: "10",
    overdraft: index === 28 ? "5" : "0",
    auto_trip: index !== 22,
    ...(index === 19 && { limits_kwh: { alarm_1: "25", alarm_2: "12", overdraft: "0" }, alarm_1: "30", alarm_2: "14.4" }),
    start_reading: { at: START - 200 * DAY, total: "19.29" },
    registered_at: START - 200 * DAY,
    today_money: "0",
    month_kwh: "0",
    month_money: "0",
    last_seen_at: index === 14 || index === 37 ? START - 7 * HOUR : START - 40_000,
    clock_offset_s: index === 25 ? 412 : 2,
    quarantined: index === 8 ? 2 : refusals[index] ? 3 : 0,
    prices: plan,
  };
  const sim: Sim = { meter, kw, register, balance, ledger: [], notices: [], readings: [], commands: [], forced: index === 11, stuck: index === 28, refused: refusals[index] ?? null, hours: new Map() };
  history(sim);
  return sim;
}

function history(sim: Sim) {
  const price = priceOf(sim.meter.prices!);
  const hour = Math.floor(START / HOUR) * HOUR;
  for (let i = 0; i < 31 * 24; i++) {
    const at = hour - i * HOUR;
    const local = ((at / HOUR + 8) % 24 + 24) % 24;
    const shape = local < 6 ? 0.3 : local < 9 ? 0.9 : local < 17 ? 0.6 : local < 23 ? 1.5 : 0.6;
    sim.hours.set(at, i === 0 ? sim.kw * shape * ((START - hour) / HOUR) : sim.kw * shape * (0.7 + random() * 0.6));
  }
  let register = sim.register;
  let balance = sim.balance;
  for (let i = 0; i < 140; i++) {
    const at = Math.floor(START / (15 * MINUTE)) * 15 * MINUTE - i * 15 * MINUTE;
    const used = (sim.hours.get(Math.floor(at / HOUR) * HOUR) ?? 0.2) / 4;
    const refusal = i < 3 && sim.refused;
    const bad = refusal || (sim.meter.quarantined > 0 && !sim.refused && (i === 5 || i === 6));
    sim.readings.push({
      id: 900_000 - i,
      at,
      kind: i % 37 === 9 ? "on_demand" : "interval",
      total: kwh(register + (refusal ? refusal.by : bad ? -120 : 0)),
      tariffs: [kwh(register * 0.08), kwh(register * 0.37), kwh(register * 0.33), kwh(register * 0.22)],
      used: bad ? null : kwh(used),
      state: bad ? "quarantined" : "used",
      reason: refusal ? refusal.reason : bad ? "backward" : undefined,
    });
    if (bad) continue;
    if (i === 60 && sim.meter.mode === "prepaid") {
      sim.ledger.push({ id: 800_000 - i * 2, at: at + 1, kind: "recharge", amount: "50", balance: money(balance), method: "wechat", by: "admin", note: "收据 20261120-07", sale: saleOf(sim.meter, 50, balance) });
      balance -= 50;
    }
    sim.ledger.push({ id: 800_000 - i * 2 - 1, at, kind: "deduction", amount: money(-used * price), balance: money(balance), quantity: kwh(used) });
    balance += used * price;
    register -= used;
  }
  const last = sim.readings.find(({ state }) => state === "used")!;
  sim.meter.last_reading = { at: last.at, total: last.total };
  if (sim.meter.mode === "prepaid") sim.notices = noticesOf(sim);
}

/** One notice per preset that a posting of the history went below. */
function noticesOf({ ledger, meter }: Sim): api.NoticeRow[] {
  return ledger.flatMap((row, index) => {
    const before = ledger[index + 1];
    if (!before) return [];
    const crossed = (preset: string) => Number(row.balance) < Number(preset) && Number(before.balance) >= Number(preset);
    return (["alarm_2", "alarm_1"] as const)
      .filter((kind) => crossed(meter[kind]))
      .map((kind) => ({ id: row.id * 2 + Number(kind === "alarm_2"), at: row.at, kind, threshold: meter[kind], balance: row.balance }));
  });
}

for (let index = 0; index < 42; index++) sims.set(101 + index, makeMeter(index));

const MAPPED = { dialect: "cjt188", meter_type: "10", low_byte_first: false, status_map: "closed_10", valve_open: "55", valve_close: "99", travel_s: 10 } as const;
/** Water meters, one of them on a line and one without a valve, and hot-water controllers, the second of which is blocked for its fee. */
const WATER: { name: string; room: string; more: Partial<api.Meter> }[] = [
  { name: "水表 A101", room: "A101", more: { kind: "water" } },
  { name: "水表 A102", room: "A102", more: { kind: "water", address: "33780012345678", dialect: "cjt188", profile: MAPPED, schedule: [{ days: [1, 2, 3, 4, 5], off: "23:00", on: "05:30" }] } },
  { name: "绿化水表", room: "园区", more: { kind: "water", valve: false, mode: "reading" } },
  { name: "水控机 1 层", room: "A1F", more: { kind: "hot_water", hot_water: { at: START - 40_000, temperature_c: "41.5", target_c: "45.0", automatic: true, temperature_valve: "open" }, annual_fee: { yearly: "120", paid_until: dayAfter(20) } } },
  { name: "水控机 2 层", room: "A2F", more: { kind: "hot_water", hot_water: { at: START - 70_000, temperature_c: "23.0", target_c: null, automatic: false, temperature_valve: "closed" }, annual_fee: { yearly: "120", paid_until: dayAfter(-3) } } },
];
function dayAfter(days: number) {
  return new Date(START + 8 * HOUR + days * DAY).toISOString().slice(0, 10);
}
WATER.forEach(({ name, room, more }, index) => {
  const sim = makeMeter(42 + index, more.kind === "hot_water" ? plans[4]! : plans[3]!, 0.02);
  Object.assign(sim.meter, { name, room, reachable: true, last_seen_at: START - 40_000, auto_trip: true, dialect: "mqtt", profile: { dialect: "mqtt" }, ...more });
  for (const row of sim.readings) delete row.tariffs;
  sims.set(sim.meter.id, sim);
});

type Gateway = api.Gateway;
export const gateways: Gateway[] = ["gw-a", "gw-b", "gw-c"].map((id, index) => ({
  id,
  name: ["A 栋集中器", "B 栋集中器", "车库集中器"][index]!,
  site: "weilai",
  online: index < 2,
  since: START - [5 * DAY, 9 * HOUR, 52 * MINUTE][index]!,
  software: "anju-gateway 0.1.0",
  devices: 0,
  devices_reachable: 0,
  alarms: index === 2 ? 1 : 0,
  last_seq: [18234, 9120, 311][index]!,
  stored_seq: [18234, 9107, 311][index]!,
  last_event_at: START - [20_000, 35_000, 52 * MINUTE][index]!,
  started_at: START - 5 * DAY,
  upgrade: null,
  archive_version: 7,
  archive_reported: index === 1 ? 6 : 7,
  epoch: "8f1c2a90",
  broker: { url: "mqtt://127.0.0.1:1884", login: true, own_ca: false },
  lines: index === 2 ? [] : ["line1", "line2"].map((line, n) => ({
    id: line,
    uri: `serial:///dev/ttyS${n + 1}?baud=2400&format=8E1`,
    up: true,
    ok: 48_211 - n * 1930,
    timeouts: 112 + n * 2300,
    bad_frames: 9 + n * 41,
    busy_permille: 214 + n * 717,
  })),
  device_states: [],
}));

export function refresh(sim: Sim) {
  const { meter } = sim;
  const price = priceOf(meter.prices!);
  meter.balance = money(sim.balance);
  meter.balance_kwh = kwh(sim.balance / price);
  meter.account_state = sim.balance <= -Number(meter.overdraft) ? "arrears" : sim.balance < Number(meter.alarm_2) ? "low_2" : sim.balance < Number(meter.alarm_1) ? "low_1" : "normal";
  const expired = meter.annual_fee !== null && meter.annual_fee.paid_until <= new Date(Date.now() + 8 * HOUR).toISOString().slice(0, 10);
  const short = meter.account_state === "arrears" && meter.mode === "prepaid" && meter.auto_trip && !meter.keep_power;
  meter.wanted = meter.valve && (sim.forced || short || expired) ? "open" : "closed";
  meter.wanted_reason = meter.wanted === "closed" ? "none" : sim.forced ? "forced" : short ? "arrears" : "fee";
  const today = Math.floor((Date.now() + 8 * HOUR) / DAY) * DAY - 8 * HOUR;
  let day = 0;
  let month = 0;
  for (const [at, used] of sim.hours) {
    if (at >= today) day += used;
    month += used;
  }
  Object.assign(meter, { today_kwh: kwh(day), today_money: money(day * price), month_kwh: kwh(month), month_money: money(month * price) });
}

for (const sim of sims.values()) {
  refresh(sim);
  if (sim.stuck) continue;
  if (sim.meter.wanted === "open") {
    sim.meter.reported = "open";
    const at = START - 3 * HOUR;
    sim.commands.push({ id: `c${nextId++}`, device: sim.meter.device, meter: sim.meter.id, kind: "trip", state: "verified", cause: sim.forced ? "forced" : "arrears", by: sim.forced ? "admin" : "", note: sim.forced ? "线路检修" : "", created_at: at, sent_at: at + 700, acked_at: at + 1900, ended_at: at + 4200, expires_at: at + 10 * MINUTE, attempts: 1 });
  }
}
sims.get(109)!.commands.push({ id: `c${nextId++}`, device: "m1610131008", meter: 109, kind: "trip", state: "failed", cause: "person", by: "admin", created_at: START - DAY, sent_at: START - DAY + 900, acked_at: null, ended_at: START - DAY + 9000, expires_at: START - DAY + 600_000, attempts: 3, reason: "timeout", escalated: true });
sims.get(115)!.commands.push({ id: `c${nextId++}`, device: "m1610131014", meter: 115, kind: "read", state: "queued", cause: "person", by: "admin", created_at: START - 90_000, expires_at: START + 10 * MINUTE, attempts: 0 });

const alarm = (code: string, severity: api.Alarm["severity"], minutes: number, more: Partial<api.Alarm>) =>
  alarms.push({ id: nextId++, code, severity, active: true, clearable: false, raised_at: START - minutes * MINUTE, detail: "", ...more });
alarm("gateway_offline", "critical", 52, { gateway: "gw-c" });
alarm("event_quarantined", "warning", 31, { gateway: "gw-b", clearable: true, detail: "reason=unknown_device" });
alarm("stream_replaced", "warning", 2000, { gateway: "gw-a", clearable: true, detail: "old_epoch=8f1c2a90; ended_at=18234; new_epoch=77aa01bc" });
alarm("opened_by_hand", "warning", 44, { meter: 131, meter_name: sims.get(131)!.meter.name, });
alarm("command_unanswered", "critical", 12, { meter: 129, meter_name: sims.get(129)!.meter.name, clearable: true, detail: "kind=trip; state=failed; reason=no_answer" });
alarm("reading_quarantined", "warning", 75, { meter: 116, meter_name: sims.get(116)!.meter.name, detail: "reason=impossible_jump" });
alarm("bad_value", "warning", 190, { meter: 123, meter_name: sims.get(123)!.meter.name, gateway: "gw-a", detail: "reason=not_bcd; text=total" });
alarm("clock_adrift", "warning", 800, { meter: 126, meter_name: sims.get(126)!.meter.name, detail: "offset_s=412" });
alarm("line_down", "warning", 3000, { active: false, cleared_at: START - 2900 * MINUTE, gateway: "gw-b", line: "line2", detail: "text=No such device" });

export const log = (action: string, object: string, detail: string, result = "ok") =>
  audit.unshift({ id: nextId++, at: Date.now(), who: "admin", address: "192.168.1.20", action, object, detail, result });
log("log_in", "", "");
log("change_price_plan", "plan 1", "name=照明电价; kind=total; prices=1.2");
log("log_in", "", "", "wrong_credentials");
log("recharge", "meter 104", "amount=50; method=wechat; id=x");

/** The ledger's rule: one decision per reading, and none once a newer one has counted. */
export function accept(sim: Sim, reading: number, body: api.ReadingAcceptance): boolean {
  const row = sim.readings.find(({ id }) => id === reading);
  if (!row || row.state !== "quarantined" || row.at <= sim.meter.last_reading!.at) return false;
  const amount = Number(body.billed) * priceOf(sim.meter.prices!);
  sim.balance -= amount;
  sim.register = Number(row.total);
  sim.refused = null;
  sim.meter.last_reading = { at: row.at, total: row.total };
  if (Number(body.billed) > 0) {
    sim.ledger.unshift({ id: nextId++ + 1e6, at: row.at, kind: "deduction", amount: money(-amount), balance: money(sim.balance), quantity: kwh(Number(body.billed)) });
  }
  refresh(sim);
  log("accept_reading", `meter ${sim.meter.id}`, `billed=${body.billed}; note=${body.note}; id=${reading}`);
  return true;
}

export type Push = (event: api.Event) => void;

/** One step of the site: registers run, a few meters are read, commands go their way. */
export function tick(push: Push, seconds: number) {
  const now = Date.now();
  for (const sim of sims.values()) {
    if (sim.meter.reported === "open" || !sim.meter.reachable) continue;
    const used = (sim.kw * seconds) / 3600;
    sim.register += used;
    if (random() < 0.06) read(sim, "interval", now, push);
  }
  for (const sim of sims.values()) for (const command of sim.commands) advance(sim, command, now, push);
  push({ type: "home", at: now });
}

function read(sim: Sim, kind: api.ReadingRow["kind"], now: number, push: Push) {
  if (sim.refused) {
    const { by, reason } = sim.refused;
    sim.readings.unshift({ id: nextId++ + 1e6, at: now, kind, total: kwh(sim.register + by), used: null, state: "quarantined", reason });
    push({ type: "meter", id: String(sim.meter.id), at: now });
    return;
  }
  const hour = Math.floor(now / HOUR) * HOUR;
  const since = 0.02 + random() * 0.05;
  const price = priceOf(sim.meter.prices!);
  sim.hours.set(hour, (sim.hours.get(hour) ?? 0) + since);
  sim.balance -= since * price;
  sim.register += since;
  const { register } = sim;
  sim.readings.unshift({ id: nextId++ + 1e6, at: now, kind, total: kwh(register), tariffs: [0.08, 0.37, 0.33, 0.22].map((part) => kwh(register * part)), used: kwh(since), state: "used" });
  sim.ledger.unshift({ id: nextId++ + 1e6, at: now, kind: "deduction", amount: money(-since * price), balance: money(sim.balance), quantity: kwh(since) });
  sim.meter.last_reading = { at: now, total: kwh(register) };
  sim.meter.last_seen_at = now;
  sim.meter.reported_at = now;
  refresh(sim);
  push({ type: "ledger", id: String(sim.meter.id), at: now });
}

/** Money that is put on the account, or taken off it. */
export function post(sim: Sim, yuan: number, note: string, document?: api.LedgerRow["document"]) {
  sim.balance += yuan;
  refresh(sim);
  sim.ledger.unshift({ id: nextId++ + 1e6, at: Date.now(), kind: "correction", document, amount: money(yuan), balance: sim.meter.balance, note, by: "admin" });
}

function advance(sim: Sim, command: api.CommandRow, now: number, push: Push) {
  const age = now - command.created_at;
  const before = command.state;
  if (!sim.meter.reachable) return;
  if (command.state === "queued" && age > 700) Object.assign(command, { state: "sent", sent_at: now, attempts: 1 });
  else if (command.state === "sent" && age > 2200) Object.assign(command, { state: "acked", acked_at: now });
  else if (command.state === "acked" && age > 4500) {
    Object.assign(command, { state: "verified", ended_at: now });
    if (command.kind === "clear") cleared(sim, command, now, push);
    obey(sim, command, now);
    if (command.kind === "trip") sim.meter.reported = "open";
    if (command.kind === "close") sim.meter.reported = "closed";
    if (command.kind === "read") read(sim, "on_demand", now, push);
    if (command.kind === "keep_power_on" || command.kind === "keep_power_off") sim.meter.keep_power = command.kind === "keep_power_on";
    sim.meter.reported_at = now;
    sim.meter.pending_command = null;
    refresh(sim);
    push({ type: "meter", id: String(sim.meter.id), at: now });
  }
  if (before !== command.state) push({ type: "command", id: command.id, at: now });
}

/** What a hot-water controller does with the orders that are only its own. */
function obey({ meter }: Sim, { kind }: api.CommandRow, now: number) {
  const water = meter.hot_water;
  if (!water) return;
  if (kind === "temperature_valve_open" || kind === "temperature_valve_close") water.temperature_valve = kind === "temperature_valve_open" ? "open" : "closed";
  if (kind === "automatic_on" || kind === "automatic_off") water.automatic = kind === "automatic_on";
  if (kind === "read") water.temperature_c = (Number(water.temperature_c) + 0.3).toFixed(1);
  water.at = now;
}

/** What becomes of a register; dev/supply.ts keeps the records. */
export const registerChanges = new Map<number, RegisterChange[]>();
export function recordChange(sim: Sim, change: Omit<RegisterChange, "id" | "created_at" | "by">): RegisterChange {
  const made = { ...change, id: nextId++, created_at: Date.now(), by: "admin" };
  if (!registerChanges.has(sim.meter.id)) registerChanges.set(sim.meter.id, []);
  registerChanges.get(sim.meter.id)!.unshift(made);
  sim.register = Number(made.to.total);
  sim.meter.last_reading = { at: made.to.at, total: made.to.total };
  return made;
}
function cleared(sim: Sim, command: api.CommandRow, now: number, push: Push) {
  const before = kwh(sim.register);
  recordChange(sim, { at: now, kind: "clear", from: { at: now, total: before }, to: { at: now, total: "0" }, kwh: "0", fee: "0", note: command.note ?? "" });
  push({ type: "meter", id: String(sim.meter.id), at: now });
}

export function order(sim: Sim, body: api.CommandOrder, cause: api.CommandRow["cause"], by = "admin"): api.CommandRow {
  const seen = sim.commands.find(({ id }) => id === body.id);
  if (seen) return seen;
  const now = Date.now();
  if (body.kind === "trip") sim.forced = true;
  if (body.kind === "release") sim.forced = false;
  refresh(sim);
  const kind = body.kind === "release" ? "close" : body.kind;
  const command: api.CommandRow = { id: body.id, device: sim.meter.device, meter: sim.meter.id, kind, state: "queued", cause, by, note: body.note, created_at: now, expires_at: now + 10 * MINUTE, attempts: 0 };
  if (body.kind === "automatic_on" && sim.meter.hot_water && body.target_c) sim.meter.hot_water.target_c = body.target_c;
  sim.commands.unshift(command);
  if (kind !== "live") sim.meter.pending_command = command.id;
  return command;
}
