// Bars beside each other, and lines over them with an axis of their own. The tooltip shows the exact text of a point.
import { lazy, Suspense, useMemo } from "react";

import { useColors } from "./colors";
import { ChartSkeleton } from "./feedback";
import { format, parse, pointOf } from "@/lib/decimal";

const Chart = lazy(() => import("./Chart"));

/** scale: digits behind the point that the values have; 0: whole numbers. */
type Series = { name: string; values: (string | null | undefined)[]; scale: number; soft?: boolean };
type Props = { title: string; labels: string[]; bars: Series[]; lines?: Series[]; height: number };

export function BarsChart({ title, labels, bars, lines = [], height }: Props) {
  const colors = useColors();
  const option = useMemo(() => {
    const axisText = { color: colors.textSoft, fontSize: 12 };
    const shown = ({ values, scale }: Series, at: number) => {
      const value = parse(values[at], scale);
      return value === null ? "—" : format(value, scale, Math.min(scale, 2));
    };
    const pixels = ({ values, scale }: Series) => values.map((value) => pointOf(value, scale));
    const hues = [colors.chart1, colors.chart3, colors.chart2];
    return {
      animationDuration: 250,
      grid: { left: 4, right: 4, top: 36, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: colors.textSoft } },
      tooltip: {
        trigger: "axis",
        confine: true,
        backgroundColor: colors.raised,
        borderColor: colors.line,
        textStyle: { color: colors.text, fontSize: 13 },
        formatter: (items: { dataIndex: number }[]) => {
          const at = items[0]?.dataIndex ?? 0;
          return `<b>${labels[at] ?? ""}</b>` + [...bars, ...lines].map((each) => `<div>${each.name}&ensp;<b>${shown(each, at)}</b></div>`).join("");
        },
      },
      xAxis: { type: "category", data: labels, axisLabel: { ...axisText, hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: colors.line } } },
      yAxis: [
        { type: "value", axisLabel: axisText, splitLine: { lineStyle: { color: colors.lineSoft } }, minInterval: bars[0]?.scale === 0 ? 1 : undefined },
        { type: "value", axisLabel: axisText, splitLine: { show: false } },
      ],
      series: [
        ...bars.map((each, index) => ({
          name: each.name,
          type: "bar",
          data: pixels(each),
          barMaxWidth: 22,
          itemStyle: { color: each.soft ? colors.line : hues[index], borderRadius: [3, 3, 0, 0] },
        })),
        ...lines.map((each, index) => ({
          name: each.name,
          type: "line",
          yAxisIndex: 1,
          data: pixels(each),
          symbol: "circle",
          symbolSize: 5,
          showAllSymbol: true,
          lineStyle: { width: 2 },
          itemStyle: { color: hues[2 - index] },
        })),
      ],
    };
  }, [labels, bars, lines, colors]);
  return (
    <Suspense fallback={<ChartSkeleton height={height} />}>
      <Chart option={option} height={height} label={title} />
    </Suspense>
  );
}
