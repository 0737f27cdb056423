import { describe, expect, it } from "vitest";

import { parseDetail } from "@/lib/details";

describe("details", () => {
  it("are names and values in order", () =>
    expect(parseDetail("reason=timeout; offset_s=-312; note=a=b, c")).toEqual([
      { name: "reason", value: "timeout" },
      { name: "offset_s", value: "-312" },
      { name: "note", value: "a=b, c" },
    ]));
  it("may be empty", () => expect(parseDetail("")).toEqual([]));
  it.each(["open, and not by an order of ours", "50 yuan cash", "reason=timeout; later", "Reason=x"])("%j is no list of them", (text) =>
    expect(parseDetail(text)).toBeNull(),
  );
});
