// The balance over time: a step at every posting, recharges as dots, the presets and the trip threshold as lines.
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useColors } from "./colors";
import { ChartSkeleton } from "./feedback";
import { format, MONEY, parse, toPixels } from "@/lib/decimal";
import { useOffset } from "@/lib/hooks";
import { formatClock, formatDay, formatTime } from "@/lib/time";
import type { LedgerRow, Meter } from "@/types/api";

const Chart = lazy(() => import("./Chart"));
const DAY = 86_400_000;

type Props = { rows: LedgerRow[]; meter: Pick<Meter, "alarm_1" | "alarm_2" | "overdraft" | "mode">; height?: number };

/** rows: newest first, as the ledger comes. */
export const BALANCE_CHART_PX = 200;

export function BalanceChart({ rows, meter, height = BALANCE_CHART_PX }: Props) {
  const { t } = useTranslation();
  const colors = useColors();
  const offset = useOffset();
  const { alarm_1, alarm_2, overdraft, mode } = meter;
  const option = useMemo(() => {
    const points = [...rows].reverse();
    const span = points.length > 1 ? points.at(-1)!.at - points[0]!.at : 0;
    const axisText = { color: colors.textSoft, fontSize: 12 };
    const threshold = (name: string, value: number, color: string) => ({
      yAxis: value,
      name,
      lineStyle: { color, type: "dashed", width: 1 },
      label: { formatter: name, position: "insideStartTop", color: colors.textSoft, fontSize: 11 },
    });
    const balances = points.map(({ balance }) => toPixels(balance, MONEY));
    const limits = [
      threshold(t("gauge.one"), toPixels(alarm_1, MONEY), colors.chart2),
      threshold(t("gauge.two"), toPixels(alarm_2, MONEY), colors.chart2),
      threshold(t("gauge.trip"), -toPixels(overdraft, MONEY), colors.bad),
    ];
    // Thresholds far from everything that happened would only press the curve flat.
    const high = Math.max(...balances, 0);
    const shown = mode === "prepaid" ? limits.filter(({ yAxis }) => Math.abs(yAxis) <= Math.max(high * 1.5, 10)) : [];
    return {
      animationDuration: 250,
      grid: { left: 4, right: 12, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      tooltip: {
        trigger: "axis",
        confine: true,
        backgroundColor: colors.raised,
        borderColor: colors.line,
        textStyle: { color: colors.text, fontSize: 13 },
        // The exact text of the posting, not the number that was drawn.
        formatter: (items: { seriesIndex: number; dataIndex: number }[]) => {
          const row = points[items.find(({ seriesIndex }) => seriesIndex === 0)?.dataIndex ?? -1];
          if (!row) return "";
          const money = (text: string) => format(parse(text, MONEY) ?? 0n, MONEY);
          return (
            `<b>${formatTime(row.at, offset)}</b>` +
            `<div>${t(`ledger.kinds.${row.kind}`)}&ensp;<b>${money(row.amount)}</b></div>` +
            `<div>${t("ledger.balance")}&ensp;<b>${money(row.balance)}</b></div>`
          );
        },
      },
      xAxis: {
        type: "value",
        min: "dataMin",
        max: "dataMax",
        splitNumber: 4,
        splitLine: { show: false },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colors.line } },
        axisLabel: {
          ...axisText,
          hideOverlap: true,
          formatter: (at: number) =>
            span > 2 * DAY ? formatDay(at, offset).slice(5) : formatClock(at, offset).slice(0, span < 600_000 ? 8 : 5),
        },
      },
      yAxis: { type: "value", scale: true, axisLabel: axisText, splitLine: { lineStyle: { color: colors.lineSoft } } },
      series: [
        {
          type: "line",
          step: "end",
          data: points.map(({ at }, index) => [at, balances[index]]),
          symbol: "none",
          lineStyle: { width: 2, color: colors.chart1 },
          areaStyle: { color: colors.chart1, opacity: 0.08 },
          markLine: { silent: true, symbol: "none", data: shown },
        },
        {
          type: "line",
          data: points.flatMap(({ at, kind }, index) => (kind === "recharge" ? [[at, balances[index]]] : [])),
          symbol: "circle",
          symbolSize: 10,
          itemStyle: { color: colors.chart3 },
          lineStyle: { width: 0 },
          tooltip: { show: false },
          z: 5,
        },
      ],
    };
  }, [rows, alarm_1, alarm_2, overdraft, mode, colors, offset, t]);
  return (
    <Suspense fallback={<ChartSkeleton height={height} />}>
      <Chart option={option} height={height} label={t("ledger.curve")} />
    </Suspense>
  );
}
