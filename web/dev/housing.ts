// The desk, the house page, meters in rooms and prepaid management over the made-up rows. Development only.
import type * as api from "../src/types/api";
import type { Row } from "../src/types/catalog";
import { found, rowsOf, sites } from "./catalog";
import { fail, ok, type Answer } from "./describe";
import * as world from "./world";

type Link = { meter: number; room: number; since: number; by: string; until: number | null; until_by: string };
const links: Link[] = [];
const prepaid = new Map<number, { source: number; since: number }>();

const DAY = 86_400_000;
const meters = () => [...world.sims.values()].map(({ meter }) => meter);
const openOf = (meter: number) => links.find((link) => link.meter === meter && link.until === null);
const title = (value: unknown) => (typeof value === "object" && value !== null && "title" in value ? String(value.title) : String(value ?? ""));
const idOf = (value: unknown) => (typeof value === "object" && value !== null && "id" in value ? Number(value.id) : null);

function linkTo(meter: number, room: number | null) {
  const before = openOf(meter);
  if (before) Object.assign(before, { until: Date.now(), until_by: "admin" });
  if (room !== null) links.push({ meter, room, since: Date.now(), by: "admin", until: null, until_by: "" });
  show(meter);
}

/** As the meter's own row says it. */
function show(meter: number) {
  const link = openOf(meter);
  const room = link && found("rooms", link.room);
  world.sims.get(meter)!.meter.linked_room = room ? { id: room.id, name: title(room.name), house: idOf(room.house) } : null;
  const source = room && idOf(room.source) !== null ? found("sources", idOf(room.source)!) : undefined;
  world.sims.get(meter)!.meter.source = room ? { code: title(source?.code), name: title(source?.name), type: title(source?.type), zone: title(source ? source.zone : room.zone) } : null;
}

const rooms = rowsOf("rooms").filter(({ site }) => site === "weilai");
meters().slice(0, 24).forEach((meter, index) => {
  links.push({ meter: meter.id, room: rooms[index % rooms.length]!.id, since: Date.now() - (90 - index) * DAY, by: "wang", until: null, until_by: "" });
  show(meter.id);
});
links.unshift({ meter: meters()[5]!.id, room: rooms[0]!.id, since: Date.now() - 300 * DAY, by: "wang", until: Date.now() - 90 * DAY, until_by: "li" });
for (const room of rooms) {
  const source = idOf(room.source);
  if (source !== null && room.number !== "4") prepaid.set(room.id, { source, since: Date.now() - 40 * DAY });
}

/** Meters that are in a room of the house, or of the source. */
export function metersIn(query: URLSearchParams, all: api.MeterRow[]): api.MeterRow[] {
  const house = query.get("house");
  const source = query.get("source");
  const code = query.get("source_code");
  const zone = found("areas", Number(query.get("zone") ?? 0));
  return all
    .filter(({ source: of }) => !code || of?.code.startsWith(code))
    .filter(({ source: of }) => !query.get("zone") || (zone && of?.zone === title(zone.name)))
    .filter(({ linked_room }) => !house || linked_room?.house === Number(house))
    .filter(({ linked_room }) => !source || prepaid.get(linked_room?.id ?? 0)?.source === Number(source));
}

const hit = (given: Partial<api.DeskHit> & Pick<api.DeskHit, "id" | "title">): api.DeskHit => ({ detail: "", phone: "", community: "", house: null, meter: null, amount: null, at: null, ...given });
const communityOf = (site: unknown) => sites().find(({ id }) => id === site)?.name ?? "";
const masked = (phone: unknown) => title(phone).replace(/^(\d{3})\d+(\d{4})$/, "$1****$2");

function desk(words: string): { groups: api.DeskGroup[] } {
  const numbers = words.split(/[^0-9A-Za-z]+/).filter(Boolean).map((part) => part.replace(/^0+(?=.)/, ""));
  const isNumber = numbers.length >= 2 && numbers.length <= 3;
  const begins = (...texts: unknown[]) => texts.some((text) => title(text).startsWith(words));
  const atNumber = (text: string) => {
    const parts = text.split(/\D+/).filter(Boolean).map((part) => part.replace(/^0+(?=.)/, ""));
    return parts.length >= numbers.length && parts[0] === numbers[0] && parts.at(-1) === numbers.at(-1) && (numbers.length === 2 || parts[1] === numbers[1]);
  };
  const nameOf = (row: Row) => `${title(row.unit) || title(row.building)} ${title(row.number)}`;
  const houseOf = (resident: number) => rowsOf("house-members").find((member) => idOf(member.resident) === resident)?.house;
  const groups: [api.DeskGroup["kind"], api.DeskHit[]][] = [
    ["house", rowsOf("houses").filter((row) => (isNumber ? atNumber(nameOf(row)) : begins(row.number, `0${title(row.number)}`, row.owner, row.phone))).map((row) => hit({ id: row.id, community: communityOf(row.site), title: nameOf(row), detail: title(row.owner), phone: masked(row.phone), house: row.id }))],
    ["resident", rowsOf("residents").filter((row) => begins(row.name, row.phone)).map((row) => hit({ id: row.id, community: communityOf(row.site), title: title(row.name), phone: masked(row.phone), detail: title(houseOf(row.id)), house: idOf(houseOf(row.id)) }))],
    ["room", rowsOf("rooms").filter((row) => begins(row.name, row.number)).map((row) => hit({ id: row.id, community: communityOf(row.site), title: title(row.name), detail: title(row.house) || title(row.source), house: idOf(row.house) }))],
    ["meter", meters().filter((meter) => begins(meter.name, meter.address, meter.device, meter.room)).map((meter) => hit({ id: meter.id, community: communityOf(meter.site), title: meter.name, detail: `${meter.address} · ${meter.room}`, meter: meter.id, house: meter.linked_room?.house ?? null }))],
    ["recharge", [...world.sims.values()].flatMap(({ meter, ledger }) => ledger.filter((row) => row.kind === "recharge" && begins(`r-${row.id}`)).map((row) => hit({ id: row.id, community: communityOf(meter.site), title: `r-${row.id}`, detail: meter.name, amount: row.amount, at: row.at, meter: meter.id, house: meter.linked_room?.house ?? null })))],
  ];
  return { groups: groups.map(([kind, rows]) => ({ kind, more: rows.length > 6, rows: rows.slice(0, 6) })) };
}

function overview(house: number): api.HouseOverview {
  const own = meters().filter(({ linked_room }) => linked_room?.house === house);
  const members = rowsOf("house-members").filter((row) => idOf(row.house) === house);
  const recharges = own.flatMap((meter) => world.sims.get(meter.id)!.ledger.filter(({ kind }) => kind === "recharge").map((row) => ({ ...row, meter: meter.id, meter_name: meter.name })));
  return {
    members: members.map((row) => {
      const resident = found("residents", idOf(row.resident)!)!;
      const day = (value: unknown) => (value ? title(value) : null);
      return { id: row.id, resident: resident.id, name: title(resident.name), phone: masked(resident.phone), relation: row.relation as "owner", since: day(row.since), until: day(row.until) };
    }),
    meters: own,
    recharges: recharges.sort((a, b) => b.at - a.at).slice(0, 10),
    alarms: world.alarms.filter((alarm) => alarm.active && own.some(({ id }) => id === alarm.meter)),
  };
}

function sources(query: URLSearchParams): api.PrepaidSourcePage {
  const words = query.get("search") ?? "";
  const rows = rowsOf("sources")
    .filter((row) => [...prepaid.values()].some(({ source }) => source === row.id))
    .filter((row) => (!query.get("type") || row.type === query.get("type")) && [row.code, row.name, row.address].some((text) => title(text).includes(words)))
    .map((row): api.PrepaidSource => {
      const inside = [...prepaid].filter(([, { source }]) => source === row.id).map(([room]) => room);
      const own = meters().filter(({ linked_room }) => linked_room && inside.includes(linked_room.id));
      return {
        id: row.id, code: title(row.code), name: title(row.name), type: row.type as "room", zone: title(row.zone), address: title(row.address), site: row.site ?? "", rooms: inside.length,
        rooms_with_meter: new Set(own.map(({ linked_room }) => linked_room!.id)).size, meters: own.length, gateways: new Set(own.map(({ gateway }) => gateway)).size,
        since: Math.min(...inside.map((room) => prepaid.get(room)!.since)), waiting: rowsOf("rooms").filter((room) => idOf(room.source) === row.id && !prepaid.has(room.id)).length,
      };
    });
  return { total: rows.length, rows };
}

/** undefined: something else is asked for. */
export function housingRoute(method: string, [name, id, sub]: string[], query: URLSearchParams, body: { room?: number | null; was?: number | null } | undefined): Answer | undefined {
  const number = Number(id);
  if (name === "desk") return ok(desk(query.get("search") ?? ""));
  if (name === "houses" && sub === "overview") return found("houses", number) ? ok(overview(number)) : fail(404, "not_found");
  if (name === "rooms" && sub === "meters") {
    const rows = links
      .filter(({ room }) => room === number)
      .map(({ meter, since, by, until, until_by }): api.RoomMeter => ({ meter, since, by, until, until_by, name: world.sims.get(meter)?.meter.name ?? "", address: world.sims.get(meter)?.meter.address ?? "" }));
    return ok({ rows: rows.reverse() });
  }
  if (name === "meters" && sub === "room") {
    if ((openOf(number)?.room ?? null) !== (body?.was ?? null)) return fail(409, "conflict");
    linkTo(number, body?.room ?? null);
    return ok(world.sims.get(number)!.meter);
  }
  if (name !== "prepaid") return undefined;
  if (method === "GET") return ok(sources(query));
  const source = Number(sub);
  if (method === "DELETE") {
    for (const [room, from] of [...prepaid]) if (from.source === source) prepaid.delete(room);
    return { status: 204 };
  }
  const below = rowsOf("rooms").filter((room) => idOf(room.source) === source && room.enabled);
  if (below.length === 0) return fail(400, "bad_field", { field: "source" });
  const fresh = below.filter(({ id: room }) => !prepaid.has(room));
  for (const room of fresh) prepaid.set(room.id, { source, since: Date.now() });
  return ok({ rooms: fresh.length, already: below.length - fresh.length });
}
