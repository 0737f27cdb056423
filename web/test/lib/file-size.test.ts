import { describe, expect, it } from "vitest";

import { isOpen, percentOf } from "@/lib/api/jobs";
import { sizeText } from "@/lib/file-size";

describe("export: sizes and progress in words", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_400, "1.4 KB"],
    [12_400, "12 KB"],
    [9_412_300, "9.4 MB"],
    [2_500_000_000, "2.5 GB"],
  ])("%d bytes are %s", (bytes, text) => expect(sizeText(bytes)).toBe(text));

  it.each([
    [0, 0, undefined],
    [0, 200, 0],
    [199, 200, 99],
    [200, 200, 100],
    [300, 200, 100],
  ])("%d of %d rows are %s percent", (done, total, percent) => expect(percentOf({ done, total })).toBe(percent));

  it.each([["waiting", true], ["running", true], ["done", false], ["failed", false], ["cancelled", false], ["interrupted", false]] as const)(
    "a job that is %s is under way: %s",
    (state, open) => expect(isOpen({ state })).toBe(open),
  );
});
