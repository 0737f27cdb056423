import { describe, expect, it } from "vitest";

import { fileName } from "@/lib/api/client";

describe("export: the name of a file", () => {
  it.each([
    [`attachment; filename="houses-1.xlsx"; filename*=UTF-8''%E6%88%BF%E5%B1%8B-1.xlsx`, "房屋-1.xlsx"],
    [`attachment; filename="houses-1.xlsx"`, "houses-1.xlsx"],
    [`attachment; filename="houses-1.xlsx"; filename*=UTF-8''%E6%8`, "houses-1.xlsx"],
    ["", "export.xlsx"],
  ])("%s is %s", (disposition, name) => expect(fileName(disposition)).toBe(name));
});
