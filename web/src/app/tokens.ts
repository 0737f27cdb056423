// The look: one table of values for light and dark. Ant Design gets them as its theme, our own components as CSS
// variables (--a-…). Colour carries meaning only: brand = action and selection, ok = in the wanted state, warn = on the
// way or needs attention, bad = failed, cut off or overdue, idle = unknown or offline. Text pairs meet WCAG AA, and `edge`
// is the outline of what can be filled in or ticked (3 : 1 on its ground); test/app/contrast.test.ts measures both.
import { theme, type ThemeConfig } from "antd";

export type Scheme = "light" | "dark";

const palettes = {
  light: {
    brand: "#0f6466",
    brandHover: "#0b5153",
    brandText: "#0f6466",
    brandSoft: "#e3f1ef",
    page: "#f3f5f6",
    surface: "#ffffff",
    raised: "#ffffff",
    sunken: "#f7f9f9",
    line: "#dfe5e7",
    lineSoft: "#ebeff0",
    edge: "#84919a",
    text: "#16222a",
    textSoft: "#4d5b66",
    ok: "#1b7040",
    okSoft: "#e4f3ea",
    warn: "#8f5200",
    warnSoft: "#fdf0da",
    bad: "#b3261e",
    badSoft: "#fceae8",
    idle: "#5a6771",
    idleSoft: "#eceff1",
    chart1: "#12807f",
    chart2: "#c27a12",
    chart3: "#5573a8",
    shadow: "0 1px 2px rgb(16 34 42 / 6%), 0 4px 16px rgb(16 34 42 / 5%)",
    flash: "rgb(15 100 102 / 18%)",
  },
  dark: {
    brand: "#1d7c7c",
    brandHover: "#26908f",
    brandText: "#6fcfc6",
    brandSoft: "#15383a",
    page: "#0d1416",
    surface: "#151e21",
    raised: "#1b262a",
    sunken: "#111a1d",
    line: "#2b383d",
    lineSoft: "#223034",
    edge: "#66777e",
    text: "#e3ebec",
    textSoft: "#a3b3b8",
    ok: "#6fcf97",
    okSoft: "#143024",
    warn: "#f0b35a",
    warnSoft: "#35270f",
    bad: "#ff9a90",
    badSoft: "#3c1c1a",
    idle: "#a3b0b8",
    idleSoft: "#232e33",
    chart1: "#3fb0ab",
    chart2: "#e0a03f",
    chart3: "#86a4dc",
    shadow: "0 1px 2px rgb(0 0 0 / 40%)",
    flash: "rgb(111 207 198 / 22%)",
  },
} as const;

export type Palette = { [Name in keyof (typeof palettes)["light"]]: string };

export const paletteOf = (scheme: Scheme): Palette => palettes[scheme];

const FONT =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, -apple-system, "Segoe UI", sans-serif';

export function applyPalette(scheme: Scheme) {
  const style = document.documentElement.style;
  for (const [name, value] of Object.entries(paletteOf(scheme))) {
    style.setProperty(`--a-${name.replace(/[A-Z]/g, (c) => "-" + c.toLowerCase())}`, value);
  }
  style.setProperty("--a-font", FONT);
  style.colorScheme = scheme;
  document.documentElement.dataset.scheme = scheme;
}

export function themeOf(scheme: Scheme): ThemeConfig {
  const p = paletteOf(scheme);
  return {
    algorithm: scheme === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: p.brand,
      colorPrimaryHover: p.brandHover,
      colorLink: p.brandText,
      colorLinkHover: p.brandText,
      colorSuccess: scheme === "dark" ? "#2f9e5f" : p.ok,
      colorWarning: scheme === "dark" ? "#d08a1e" : "#c27a12",
      colorError: scheme === "dark" ? "#f2776e" : p.bad,
      colorInfo: scheme === "dark" ? p.chart1 : p.brand,
      colorSuccessBg: p.okSoft,
      colorSuccessBorder: p.okSoft,
      colorWarningBg: p.warnSoft,
      colorWarningBorder: p.warnSoft,
      colorErrorBg: p.badSoft,
      colorErrorBorder: p.badSoft,
      colorInfoBg: p.brandSoft,
      colorInfoBorder: p.brandSoft,
      colorText: p.text,
      colorTextSecondary: p.textSoft,
      colorTextDescription: p.textSoft,
      colorTextPlaceholder: p.idle,
      colorBgLayout: p.page,
      colorBgContainer: p.surface,
      colorBgElevated: p.raised,
      colorBorder: p.edge,
      colorBorderSecondary: p.lineSoft,
      borderRadius: 6,
      fontSize: 14,
      fontFamily: FONT,
      controlHeight: 34,
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.18s",
    },
    components: {
      Menu: { itemSelectedColor: p.brandText, itemSelectedBg: p.brandSoft, itemBorderRadius: 6, itemHeight: 40 },
      Tabs: { itemSelectedColor: p.brandText, inkBarColor: p.brandText, itemHoverColor: p.brandText, horizontalMargin: "0" },
      Table: {
        headerBg: p.sunken,
        headerColor: p.textSoft,
        headerSplitColor: "transparent",
        rowHoverBg: p.sunken,
        borderColor: p.lineSoft,
        cellPaddingBlockSM: 8,
        cellPaddingInlineSM: 10,
      },
      // What is chosen lies above its track, in both looks.
      Segmented: scheme === "dark" ? { trackBg: p.sunken, itemSelectedBg: p.line } : { trackBg: p.idleSoft, itemSelectedBg: p.surface },
      Card: { bodyPadding: 16, headerHeight: 46 },
      Button: {
        primaryShadow: "none",
        defaultShadow: "none",
        dangerShadow: "none",
        defaultBorderColor: p.line,
        // The hover of the filled button is too dark to be read as words in the dark look.
        defaultHoverColor: p.brandText,
        defaultActiveColor: p.brandText,
        // On the lighter red of the dark look white would not be readable.
        dangerColor: scheme === "dark" ? "#2a0a08" : "#ffffff",
      },
      Pagination: { itemSize: 30 },
    },
  };
}
