import { describe, expect, it } from "vitest";

import { paletteOf, themeOf, type Palette } from "@/app/tokens";

/** WCAG 2.2, relative luminance and contrast ratio of two #rrggbb colours. */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

const grounds = ["page", "surface", "raised", "sunken"] as const;
const text: [keyof Palette, readonly (keyof Palette)[]][] = [
  ["text", [...grounds, "brandSoft", "okSoft", "warnSoft", "badSoft", "idleSoft"]],
  ["textSoft", [...grounds, "badSoft", "idleSoft"]],
  ["brandText", [...grounds, "brandSoft"]],
  ["ok", [...grounds, "okSoft"]],
  ["warn", [...grounds, "warnSoft"]],
  ["bad", [...grounds, "badSoft"]],
  ["idle", [...grounds, "idleSoft"]],
];

describe.each(["light", "dark"] as const)("%s", (scheme) => {
  const palette = paletteOf(scheme);
  const token = themeOf(scheme).token!;
  it.each(text)("%s is readable on its grounds (4.5 : 1)", (name, on) => {
    for (const ground of on) expect(contrast(palette[name], palette[ground]), ground).toBeGreaterThanOrEqual(4.5);
  });
  it("words on buttons are readable (4.5 : 1)", () => {
    const danger = themeOf(scheme).components!.Button!.dangerColor!;
    expect(contrast("#ffffff", palette.brand)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(danger, token.colorError!)).toBeGreaterThanOrEqual(4.5);
  });
  it("errors beside a field are readable (4.5 : 1)", () => {
    for (const ground of ["surface", "raised"] as const) {
      expect(contrast(token.colorError!, palette[ground])).toBeGreaterThanOrEqual(4.5);
    }
  });
  it("outlines, focus rings and chart colours can be seen (3 : 1)", () => {
    for (const name of ["edge", "brandText", "chart1", "chart2", "chart3"] as const) {
      expect(contrast(palette[name], palette.surface), name).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(palette.edge, palette.raised)).toBeGreaterThanOrEqual(3);
  });
});
