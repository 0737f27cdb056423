// A believable community for the demonstration: what the meters' rooms ("3-2-901": building, unit, number) say about its houses.

import type { Api } from './api.ts';

/** What was added: ids by the room of the meters. */
export type Filled = { houses: Map<string, number>; rooms: Map<string, number>; sources: number[] };

export const secondSite = 'future-city';

/** Position, address and contact of the first community, and a second one without a gateway: an office building with a few shops. */
export async function fillCommunities(api: Api, site: string): Promise<number> {
  const { rows } = await api.get<{ rows: { id: number; version: number; code: string; name: string; utc_offset_minutes: number; greatest_power_w: number }[] }>('/communities');
  const first = rows.find(({ code }) => code === site)!;
  const place = { province: '浙江省', city: '杭州市', contact: '孙悦', phone: '0571-8800 0001' };
  await api.put(`/communities/${first.id}`, {
    version: first.version, name: first.name, kind: 'residential', utc_offset_minutes: first.utc_offset_minutes, greatest_power_w: first.greatest_power_w,
    ...place, address: '上城区机场路 200 号', latitude: '30.300800', longitude: '120.196900',
  });
  await api.post('/communities', { code: secondSite, name: '未来科技城大厦', kind: 'office', ...place, address: '余杭区文一西路 998 号', latitude: '30.280300', longitude: '120.005600' });
  const add = async (resource: string, fields: object) => (await api.post<{ id: number }>(`/${resource}`, { site: secondSite, ...fields })).id;
  const shop = await add('house-types', { name: '商铺', rate: '5.80' });
  const building = await add('buildings', { number: '01', name: '1号楼', with_units: false });
  for (const [index, owner] of owners.slice(0, 4).entries()) await add('houses', { building, number: `010${index + 1}`, type: shop, area: '56.80', owner });
  return 4;
}

const owners = ['王建国', '李秀英', '张伟', '刘洋', '陈静', '杨帆', '黄丽', '赵强', '周敏', '吴昊'];

/** Adds area, house types, contacts and, per room, its building, unit, house, the room itself and who lives there, and two housing sources, which
 * are imported into prepaid management; meters are linked to the room that the installer typed. Rooms of another form are left out.
 */
export async function fillSpace(api: Api, site: string, rooms: string[]): Promise<Filled> {
  const add = async (resource: string, fields: object) => (await api.post<{ id: number }>(`/${resource}`, { site, ...fields })).id;
  const once = (make: (key: string) => Promise<number>) => {
    const made = new Map<string, Promise<number>>();
    return (key: string) => { const found = made.get(key) ?? make(key); made.set(key, found); return found; };
  };
  const zone = await add('areas', { name: '一期', note: '2016 年交付' });
  const flat = await add('house-types', { name: '住宅', rate: '2.50' });
  await add('house-types', { name: '商铺', rate: '6.00' });
  await add('contacts', { department: '客服中心', name: '孙悦', phone: '0571-8800 0001', position: 1 });
  await add('contacts', { department: '工程部', name: '钱进', phone: '0571-8800 0002', position: 2 });
  const building = once((number) => add('buildings', { number: number.padStart(2, '0'), name: `${number}号楼`, with_units: true }));
  const unit = once(async (key) => {
    const [of, number] = key.split('-') as [string, string];
    return add('units', { building: await building(of), number, name: `${number}单元` });
  });
  const filled: Filled = { houses: new Map(), rooms: new Map(), sources: [] };
  const flats = await add('sources', { code: '00001', name: '远洋心里', type: 'distributed', zone, address: '杭州市江干区远洋心里' });
  const shop = await add('sources', { code: '00002', name: '田家园未来科技城店', type: 'centralised', zone, address: '九环路31-1' });
  filled.sources.push(flats, shop);
  for (const number of ['A01', 'A02', 'A03']) await add('rooms', { name: number, number, zone, source: shop });
  for (const room of new Set(rooms)) {
    const [of, part, number] = room.split('-');
    if (!of || !part || !number) continue;
    const houses = filled.houses.size;
    const owner = owners[houses % owners.length]!;
    const phone = `1380571${String(1000 + houses)}`;
    const house = await add('houses', {
      building: await building(of), unit: await unit(`${of}-${part}`), number, type: flat, zone,
      area: `${88 + (houses * 7) % 60}.50`, owner, phone,
    });
    filled.houses.set(room, house);
    filled.rooms.set(room, await add('rooms', { name: `${room}室`, number: '1', zone, house, source: flats }));
    const since = `20${16 + (houses % 9)}-03-01`;
    const resident = await add('residents', { name: owner, type: 'owner', phone, id_type: 'id_card', id_number: `33010619800101${1000 + houses}`, moved_in: since });
    await add('house-members', { house, resident, relation: 'owner', since });
    if (houses % 3 === 1) {
      const tenant = await add('residents', { name: owners[(houses + 4) % owners.length], type: 'tenant', phone: `1391234${String(2000 + houses)}`, moved_in: '2026-02-01' });
      await add('house-members', { house, resident: tenant, relation: 'tenant', since: '2026-02-01' });
    }
  }
  for (const meter of await api.meters()) {
    const room = filled.rooms.get(meter.room);
    if (room !== undefined) await api.put(`/meters/${meter.id}/room`, { room, was: null });
  }
  for (const source of filled.sources) await api.post(`/prepaid/sources/${source}`, {});
  return filled;
}
