// Energy as bars, money as lines; on the home page and on the meter page.
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useColors } from "./colors";
import { ChartSkeleton } from "./feedback";
import { format, MONEY, parse, QUANTITY, toPixels } from "@/lib/decimal";
import { useIsPhone } from "@/lib/hooks";

const Chart = lazy(() => import("./Chart"));

export type ChartPoint = { label: string; kwh: string; money?: string | null; recharged?: string };

type Props = { points: ChartPoint[]; height?: number; title: string };

export const CONSUMPTION_CHART_PX = 260;

export function ConsumptionChart({ points, height = CONSUMPTION_CHART_PX, title }: Props) {
  const { t } = useTranslation();
  const colors = useColors();
  const phone = useIsPhone();
  const option = useMemo(() => {
    const withRecharges = points.some((point) => point.recharged !== undefined);
    const names = {
      kwh: t("home.energy"),
      money: withRecharges ? t("home.deducted") : t("consumption.money"),
      recharged: t("home.recharged"),
    };
    const axisText = { color: colors.textSoft, fontSize: 12 };
    const line = (name: string, color: string, values: (string | null | undefined)[]) => ({
      name,
      type: "line",
      yAxisIndex: 1,
      data: values.map((value) => toPixels(value, MONEY)),
      symbol: "circle",
      symbolSize: 5,
      lineStyle: { width: 2 },
      itemStyle: { color },
    });
    const shown = (text: string | null | undefined, scale: number) => {
      const value = parse(text, scale);
      return value === null ? "—" : format(value, scale, 2);
    };
    return {
      animationDuration: 250,
      // On a phone three names take two lines.
      grid: { left: 4, right: 4, top: phone && withRecharges ? 58 : 36, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: colors.textSoft } },
      tooltip: {
        trigger: "axis",
        confine: true,
        backgroundColor: colors.raised,
        borderColor: colors.line,
        textStyle: { color: colors.text, fontSize: 13 },
        // The exact text of the point, not the number that was drawn.
        formatter: (items: { dataIndex: number }[]) => {
          const point = points[items[0]?.dataIndex ?? 0];
          if (!point) return "";
          const rows = [
            [names.kwh, shown(point.kwh, QUANTITY)],
            [names.money, shown(point.money, MONEY)],
            ...(withRecharges ? [[names.recharged, shown(point.recharged, MONEY)]] : []),
          ];
          return `<b>${point.label}</b>` + rows.map(([name, value]) => `<div>${name}&ensp;<b>${value}</b></div>`).join("");
        },
      },
      xAxis: {
        type: "category",
        data: points.map((point) => point.label),
        axisLabel: { ...axisText, hideOverlap: true },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colors.line } },
      },
      yAxis: [
        { type: "value", axisLabel: axisText, splitLine: { lineStyle: { color: colors.lineSoft } } },
        { type: "value", axisLabel: axisText, splitLine: { show: false } },
      ],
      series: [
        {
          name: names.kwh,
          type: "bar",
          data: points.map((point) => toPixels(point.kwh, QUANTITY)),
          barMaxWidth: 26,
          itemStyle: { color: colors.chart1, borderRadius: [3, 3, 0, 0] },
        },
        line(names.money, colors.chart2, points.map((point) => point.money)),
        ...(withRecharges ? [line(names.recharged, colors.chart3, points.map((point) => point.recharged))] : []),
      ],
    };
  }, [points, colors, phone, t]);
  return (
    <Suspense fallback={<ChartSkeleton height={height} />}>
      <Chart option={option} height={height} label={title} />
    </Suspense>
  );
}
