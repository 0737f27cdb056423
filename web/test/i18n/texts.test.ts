import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { en } from "@/i18n/en";
import { zhCN } from "@/i18n/zh-CN";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );
}

const placeholders = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort();
const source = join(import.meta.dirname, "../../src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.tsx?$/.test(name) && !name.startsWith("i18n") && !name.endsWith(".gen.ts"),
);
const read = (name: string) => readFileSync(join(source, name), "utf8");
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'])\/\/.*$/gm, "$1");

describe("texts", () => {
  const zh = new Map(flat(zhCN));
  const english = new Map(flat(en));

  it("zh-CN and en have the same keys", () => expect([...english.keys()].sort()).toEqual([...zh.keys()].sort()));

  it("each text uses the same values in both languages", () => {
    for (const [key, text] of zh) expect(placeholders(english.get(key)!), key).toEqual(placeholders(text));
  });

  it("no text is empty and no English text is Chinese", () => {
    for (const [key, text] of english) {
      if (key === "menu.language" || key === "meter.wantedReason.none") continue;
      expect(text, key).not.toBe("");
      expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it("every literal key that is asked for exists", () => {
    for (const name of files) {
      for (const [, key] of read(name).matchAll(/\bt\(\s*"([\w.]+)"/g)) expect(zh.has(key!), `${name}: ${key}`).toBe(true);
    }
  });

  it.each(files)("%s has no text of its own", (name) => {
    const text = withoutComments(read(name));
    expect(text).not.toMatch(/[\u4e00-\u9fff]/);
    if (!name.endsWith("x")) return;
    const between = [...text.matchAll(/<[\w.]+(?:\s[^<>]*)?>([^<>{}]*[A-Za-z]{2}[^<>{}]*)<\//g)].map((match) => match[1]!.trim());
    const attributes = [...text.matchAll(/\b(?:title|placeholder|label|aria-label|alt)="([^"]+)"/g)].map((match) => match[1]!);
    expect([...between, ...attributes].filter((word) => word !== "ANJU")).toEqual([]);
  });
});
