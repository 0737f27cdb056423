import { describe, expect, it } from "vitest";

import { charactersOf, formatOf, linkOf } from "@/lib/line-format";

describe("con-meter-link-params: characters of a line", () => {
  it.each(["8E1", "7O2", "8N1"])("%s is read and written again", (format) => expect(formatOf(charactersOf(format)!)).toBe(format));
  it.each([undefined, "", "9E1", "8X1", "8E3", "8E", "8E11"])("%s is none", (format) => expect(charactersOf(format)).toBeUndefined());

  it.each([
    ["serial:///dev/ttyS1?baud=2400&format=8E1", null, undefined, 2400, "8E1", false, false],
    ["serial:///dev/ttyS1?baud=2400&format=8E1", 1200, "8N1", 1200, "8N1", true, true],
    ["serial:///dev/ttyS1", null, undefined, undefined, undefined, false, false],
    ["tcp://10.0.0.7:4001?baud=9600", null, undefined, 9600, undefined, false, false],
    [undefined, null, "7O2", undefined, "7O2", false, true],
    ["serial:///dev/ttyS1?baud=fast", null, undefined, undefined, undefined, false, false],
  ])("%s with %s %s is asked with %s %s", (uri, baud, format, wantedBaud, wantedFormat, ownBaud, ownFormat) => {
    const link = linkOf(uri, baud, format);
    expect([link.baud, link.characters && formatOf(link.characters), link.ownBaud, link.ownFormat]).toEqual([wantedBaud, wantedFormat, ownBaud, ownFormat]);
  });
});
