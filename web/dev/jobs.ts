// Made-up exports and imports that take a few seconds. Development only.
import { fail, ok, type Answer } from "./describe";
import type * as api from "../src/types/api";

type Made = api.Job & { begun: number; takes: number; end: Partial<api.Job> };
const jobs: Made[] = [];
let nextId = 1;

function put(job: Partial<api.Job> & Pick<api.Job, "kind" | "list" | "title">, takes: number, end: Partial<api.Job>): Made {
  const now = Date.now();
  const made: Made = {
    id: nextId++, state: "running", who: "admin", remark: "", reason: "", done: 0, total: 0, bytes: 0, file: null, result: null,
    created_at: now, started_at: now, ended_at: null, ...job, begun: now, takes, end,
  };
  jobs.unshift(made);
  return made;
}

const DAY = 86_400_000;
const ended = (job: Made, days: number) => Object.assign(job, { created_at: Date.now() - days * DAY, ended_at: Date.now() - days * DAY + 21_000, takes: 0 });
ended(put({ kind: "export", list: "meters", title: "电表", remark: "mode=prepaid", total: 128_400 }, 0, { state: "done", file: "电表-20261118-0915.xlsx", bytes: 9_412_300 }), 3);
ended(
  put({ kind: "import", list: "houses", title: "房屋", remark: "房屋.xlsx", total: 10_000 }, 0, {
    state: "done", file: "房屋-未导入.xlsx", bytes: 8_120,
    result: { created: 9963, updated: 0, unchanged: 0, failed: 37, dry_run: false, errors: [] },
  }),
  1,
);
ended(put({ kind: "import", list: "houses", title: "房屋", remark: "旧表.xls" }, 0, { state: "failed", reason: "old_format" }), 1);

/** As the job is now. */
function shown({ begun, takes, end, ...job }: Made): api.Job {
  if (job.state !== "running") return job;
  const part = takes === 0 ? 1 : (Date.now() - begun) / takes;
  if (part < 1) return { ...job, done: Math.floor(job.total * part) };
  return { ...job, done: job.total, ended_at: job.ended_at ?? begun + takes, ...end };
}

export function exportJob(list: string, title: string): Answer {
  const job = put({ kind: "export", list, title, total: 86_412 }, 15_000, { state: "done", file: `${title}.xlsx`, bytes: 6_300_000 });
  return ok(shown(job), 202);
}

export function importJob(list: string, title: string, query: URLSearchParams): Answer {
  const dry_run = query.get("dry_run") === "true";
  const errors = [
    { row: 4, column: "楼栋", code: "not_found", reason: "没有楼栋“19号楼”" },
    { row: 9, column: "房号", code: "repeated", reason: "与第 8 行重复" },
    { row: 17, column: "建筑面积(平方米)", code: "bad_field", reason: "不符合要求：0 到 100000，最多 2 位小数" },
  ];
  const result = { created: 117, updated: 0, unchanged: 0, failed: 3, dry_run, errors };
  const job = put({ kind: "import", list, title, remark: query.get("name") ?? "", total: 120 }, 3000, { state: "done", file: "未导入.xlsx", bytes: 7000, result });
  return ok(shown(job), 202);
}

/** undefined: it is not about jobs. */
export function jobsRoute(method: string, [name, id, verb]: string[], query: URLSearchParams): Answer | undefined {
  if (name !== "jobs") return undefined;
  const all = jobs.map(shown);
  if (!id) {
    const rows = query.get("open") === "true" ? all.filter(({ state }) => state === "running") : all;
    return ok({ total: rows.length, rows: rows.slice(0, 20) });
  }
  const index = jobs.findIndex((each) => each.id === Number(id));
  if (index < 0) return fail(404, "not_found");
  switch (`${method} ${verb ?? ""}`) {
    case "GET ":
      return ok(all[index]);
    case "GET file":
      return { status: 200, file: all[index]!.file ?? "x.xlsx" };
    case "POST cancel":
      Object.assign(jobs[index]!, { state: "cancelled", ended_at: Date.now() });
      return ok(shown(jobs[index]!));
    case "DELETE ":
      jobs.splice(index, 1);
      return { status: 204 };
    default:
      return fail(404, "not_found");
  }
}
