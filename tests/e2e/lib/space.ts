// A believable community for the demonstration: what the meters' rooms ("3-2-901": building, unit, number) say about its houses.

import type { Api } from './api.ts';

const owners = ['王建国', '李秀英', '张伟', '刘洋', '陈静', '杨帆', '黄丽', '赵强', '周敏', '吴昊'];

/** Adds area, house types, contacts and, per room, its building, unit and house; rooms of another form are left out. */
export async function fillSpace(api: Api, site: string, rooms: string[]) {
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
  let houses = 0;
  for (const room of new Set(rooms)) {
    const [of, part, number] = room.split('-');
    if (!of || !part || !number) continue;
    await add('houses', {
      building: await building(of), unit: await unit(`${of}-${part}`), number, type: flat, zone,
      area: `${88 + (houses * 7) % 60}.50`, owner: owners[houses % owners.length], phone: `1380571${String(1000 + houses)}`,
    });
    houses += 1;
  }
  return houses;
}
