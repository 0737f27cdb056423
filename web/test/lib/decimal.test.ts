import { describe, expect, it } from "vitest";

import { add, compare, energyFor, format, MONEY, moneyFor, parse, pointOf, PRICE, QUANTITY, toPixels, toText, typed } from "@/lib/decimal";

describe("decimal: parse", () => {
  it.each([
    ["0", 0n],
    ["23.11", 23_110_000n],
    ["-3.32", -3_320_000n],
    ["0.000001", 1n],
    ["-0.000001", -1n],
    ["9007199254740993.000001", null],
    ["900719925474099.000001", 900_719_925_474_099_000_001n],
    [" 5 ", 5_000_000n],
  ])("%s is read exactly", (text, value) => expect(parse(text, MONEY)).toBe(value));

  it.each(["", ".", "1.", ".5", "1e3", "+1", "1,000", "0.0000001", "--1", "NaN", "1 2", "０"])("refuses %j", (text) =>
    expect(parse(text, MONEY)).toBeNull(),
  );

  it("takes a scale's digits only", () => {
    expect(parse("0.12345", PRICE)).toBe(12_345n);
    expect(parse("0.12345", QUANTITY)).toBeNull();
  });
});

describe("decimal: what people type", () => {
  it.each([
    ["\uff15\uff10", "50"],
    ["\uffe550.5", "50.5"],
    ["\u00a5 1,234,567.89", "1234567.89"],
    ["12\u30025", "12.5"],
    ["\uff11\uff0c\uff10\uff10\uff10\uff0e\uff15", "1000.5"],
    ["  50\u5143 ", "50"],
    ["\u300050\u3000", "50"],
    [".5", "0.5"],
    ["-.5", "-0.5"],
    ["5.", "5"],
    ["\u22125", "-5"],
    [undefined, ""],
  ])("%j means %s", (text, plain) => expect(typed(text)).toBe(plain));

  it.each(["1,5", "12,34", "1,0000", "50 100", "1e3", "1.2.3", "5-", "abc", "", "\u4e94\u5341", "0x10", "1,234,5"])(
    "%j stays doubtful and is refused",
    (text) => expect(parse(typed(text), MONEY)).toBeNull(),
  );
});

describe("decimal: text", () => {
  it("is the shortest exact form and comes back equal", () => {
    for (const value of [0n, 1n, -1n, 1_000_000n, -23_110_000n, 123_456_789_012_345_678n]) {
      expect(parse(toText(value, MONEY), MONEY)).toBe(value);
    }
    expect(toText(-3_320_000n, MONEY)).toBe("-3.32");
    expect(toText(5_000_000n, MONEY)).toBe("5");
  });

  it.each([
    [1_234_567_890_000n, 2, "1,234,567.89"],
    [-3_320_000n, 2, "\u22123.32"],
    [5_000n, 2, "0.01"],
    [4_999n, 2, "0.00"],
    [-4_999n, 2, "0.00"],
    [-5_000n, 2, "\u22120.01"],
    [999_995_000n, 2, "1,000.00"],
    [999_999n, 0, "1"],
    [1_500_000n, 8, "1.50000000"],
  ])("shows %s with %i digits as %s, halves away from zero", (value, digits, text) =>
    expect(format(value, MONEY, digits)).toBe(text),
  );
});

describe("decimal: arithmetic", () => {
  it("adds what binary floating point cannot", () => {
    expect(add("0.1", "0.2", MONEY)).toBe("0.3");
    expect(add("-3.32", "50", MONEY)).toBe("46.68");
    expect(add("x", "1", MONEY)).toBeNull();
  });

  it("compares beyond 2^53", () => {
    expect(compare("900719925474099.000001", "900719925474099.000002", MONEY)).toBe(-1);
    expect(compare("10", "10.00", MONEY)).toBe(0);
  });

  it("counts the energy money buys, rounded down", () => {
    expect(energyFor("1.2", "1.2")).toBe("1");
    expect(energyFor("1", "0.3")).toBe("3.3333");
    expect(energyFor("-1", "0.3")).toBe("-3.3334");
    expect(energyFor("1", "0")).toBeNull();
  });

  it("gives pixels a number and nothing a zero", () => {
    expect(toPixels("12.5", QUANTITY)).toBe(12.5);
    expect(toPixels(undefined, QUANTITY)).toBe(0);
    expect(pointOf("12.5", QUANTITY)).toBe(12.5);
    expect(pointOf("0", QUANTITY)).toBe(0);
    expect(pointOf(undefined, QUANTITY), "a day to come").toBeNull();
  });
});

describe("decimal: what a quantity comes to", () => {
  it.each([
    ["25", "1.2", "30"],
    ["0.0001", "0.00001", "0"],
    ["-0.0001", "0.00001", "-0.000001"],
    ["12345.6789", "0.56789", "7010.98759"],
    ["-3", "0.5", "-1.5"],
    ["x", "1", null],
    ["1", "-1", null],
  ])("%s at %s yuan is %s", (quantity, price, money) => expect(moneyFor(quantity, price)).toBe(money));
});
