import { describe, expect, it } from "vitest";

import { codeUrl, pagesOf, perPage, targetOf, TEMPLATES, type Code } from "@/features/codes/codes";
import { fileName } from "@/lib/qr-picture";
import { questionOf } from "@/features/codes/useCodes";

const codes = (n: number): Code[] => Array.from({ length: n }, (_, i) => ({ id: i + 1, site: "s", title: "t", number: String(i) }));

describe("QR sheets", () => {
  it("ev-pile-view-qr: there are three templates, and 24 labels fit on an A4 page", () => {
    expect(TEMPLATES).toHaveLength(3);
    expect(perPage(TEMPLATES[0]!)).toBe(24);
    for (const { across, down, code_mm } of TEMPLATES) {
      // 194 x 281 mm are left of A4 within the margin; 2 mm of padding on each side of a label.
      expect(code_mm + 4, "width").toBeLessThanOrEqual(194 / across);
      expect(code_mm + 4, "height").toBeLessThanOrEqual(281 / down);
    }
  });

  it("the last page holds what is left, and nothing makes no page", () => {
    const [label] = TEMPLATES;
    expect(pagesOf(codes(49), label!).map((page) => page.length)).toEqual([24, 24, 1]);
    expect(pagesOf([], label!)).toEqual([]);
  });

  it("what a code says leads back to the thing it was made for", () => {
    const url = codeUrl("https://wuye.example.com", "meter", 104);
    expect(url).toBe("https://wuye.example.com/q/meter/104");
    const [, , kind, id] = new URL(url).pathname.split("/");
    expect(targetOf(kind, id)).toBe("/meters/104");
  });

  it.each([["door", "1"], ["meter", "0"], ["meter", "-1"], ["meter", "1/../../audit"], ["meter", undefined], [undefined, "1"]])(
    "a code that says %s %s leads nowhere",
    (kind, id) => expect(targetOf(kind, id)).toBeNull(),
  );

  it("the codes are those of the list's search, whichever page was looked at", () => {
    expect(questionOf(new URLSearchParams("search=3-2&gateway=gw&page=7&page_size=50&template=sign"))).toEqual({ search: "3-2", gateway: "gw" });
  });

  it("a picture's file name has nothing that a file name may not have", () => {
    expect(fileName("3-2-901 室/../x:?0001")).toBe("3-2-901-室-..-x-0001");
  });
});
