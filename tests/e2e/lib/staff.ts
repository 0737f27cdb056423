// Who works at the demonstration's property company: departments, posts, and people of different roles with the communities they care for.

import type { Api } from './api.ts';

export type Person = { login: string; name: string; password: string; role: string };

// role: a preset of the platform (platform/catalog/presets.cpp). sites: bound communities; without: by the department, or all.
const people: { login: string; name: string; department: string; post: string; role: string; sites?: 'first' | 'second' }[] = [
  { login: 'sun.yue', name: '孙悦', department: '客服中心', post: '客服专员', role: '客服' },
  { login: 'qian.jin', name: '钱进', department: '工程部', post: '维修工程师', role: '安装调试' },
  { login: 'zhou.min', name: '周敏', department: '财务部', post: '收费员', role: '财务' },
  { login: 'wu.hao', name: '吴昊', department: '客服中心', post: '项目经理', role: '小区管理员', sites: 'first' },
  { login: 'lin.fang', name: '林芳', department: '客服中心', post: '项目经理', role: '小区管理员', sites: 'second' },
  { login: 'he.ping', name: '何平', department: '客服中心', post: '审核员', role: '房屋审核员', sites: 'first' },
  { login: 'feng.lei', name: '冯磊', department: '财务部', post: '审计', role: '只读' },
];

/** Adds them below the company's first department; answers with everybody's first password, which has to be changed at the first login. */
export async function fillStaff(api: Api, sites: { first: string; second: string }): Promise<Person[]> {
  type Row = { id: number; name: string };
  const rows = async (resource: string) => (await api.get<{ rows: Row[] }>(`/${resource}?page_size=100`)).rows;
  const add = async (resource: string, fields: object) => (await api.post<{ id: number }>(`/${resource}`, fields)).id;
  const top = (await rows('departments'))[0]!.id;
  const roles = new Map((await rows('roles')).map(({ id, name }) => [name, id]));
  const departments = new Map<string, number>();
  const posts = new Map<string, number>();
  const made: Person[] = [];
  for (const { login, name, department, post, role, sites: bound } of people) {
    if (!departments.has(department)) departments.set(department, await add('departments', { name: department, parent: top, position: departments.size + 1 }));
    const of = departments.get(department)!;
    if (!posts.has(post)) posts.set(post, await add('posts', { department: of, name: post }));
    const user = await api.post<{ id: number; password: string }>('/users', { login, name, department: of, post: posts.get(post) });
    await api.put(`/users/${user.id}/roles`, { was: [], roles: [roles.get(role)!] });
    if (bound) await api.put(`/users/${user.id}/sites`, { was: [], sites: [sites[bound]] });
    made.push({ login, name, password: user.password, role });
  }
  return made;
}
