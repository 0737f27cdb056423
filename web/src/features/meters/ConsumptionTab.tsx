// 用电分析
import { LineChartOutlined } from "@ant-design/icons";
import { Segmented, Table } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { buckets, sums } from "./consumption";
import { CONSUMPTION_CHART_PX, ConsumptionChart } from "@/components/ConsumptionChart";
import { ChartSkeleton, EmptyState, ErrorNotice } from "@/components/feedback";
import { MoneyText, QuantityText } from "@/components/numbers";
import { useConsumption } from "@/lib/api/queries";
import { format, MONEY, parse, QUANTITY } from "@/lib/decimal";
import { useNow, useOffset } from "@/lib/hooks";
import { formatClock, formatDay, startOfDay } from "@/lib/time";
import type { Meter } from "@/types/api";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const periods = {
  last24: { step: "hour", hours: 24 },
  last3: { step: "hour", hours: 72 },
  last7: { step: "day", hours: 7 * 24 },
  last30: { step: "day", hours: 30 * 24 },
} as const;
type Period = keyof typeof periods;

export function ConsumptionTab({ meter }: { meter: Meter }) {
  const { t } = useTranslation();
  const offset = useOffset(meter.site);
  const [period, setPeriod] = useState<Period>("last24");
  const [view, setView] = useState<"chart" | "table">("chart");
  const { step, hours } = periods[period];
  const size = step === "hour" ? HOUR : DAY;
  const hour = useNow(HOUR);
  const to = (step === "hour" ? hour : startOfDay(hour, offset)) + size;
  const from = to - hours * HOUR;
  const consumption = useConsumption(meter.id, step, from, to);
  const points = useMemo(
    () =>
      buckets(consumption.data?.points ?? [], from, to, size).map((point) => ({
        ...point,
        label:
          step === "day"
            ? formatDay(point.at, offset).slice(5)
            : (hours > 24 ? formatDay(point.at, offset).slice(5) + " " : "") + formatClock(point.at, offset).slice(0, 5),
      })),
    [consumption.data, from, to, size, step, hours, offset],
  );
  const total = sums(consumption.data?.points ?? []);
  const nothing = consumption.data && consumption.data.points.length === 0;
  return (
    <div className="a-stack">
      <div className="a-tab-tools">
        <Segmented
          value={period}
          onChange={setPeriod}
          options={(Object.keys(periods) as Period[]).map((value) => ({ value, label: t(`consumption.${value}`) }))}
        />
        <span className="a-grow" />
        <span className="a-number a-muted">
          {consumption.data &&
            t("consumption.sum", {
              kwh: format(parse(total.kwh, QUANTITY) ?? 0n, QUANTITY),
              money: format(parse(total.money, MONEY) ?? 0n, MONEY),
            })}
        </span>
        <Segmented
          value={view}
          onChange={setView}
          options={(["chart", "table"] as const).map((value) => ({ value, label: t(`consumption.${value}`) }))}
        />
      </div>
      {consumption.error && (
        <ErrorNotice error={consumption.error} what="load" onRetry={() => void consumption.refetch()} stale={Boolean(consumption.data)} />
      )}
      {!consumption.data && !consumption.error && <ChartSkeleton height={CONSUMPTION_CHART_PX} />}
      {nothing && (
        <EmptyState small icon={<LineChartOutlined />} title={t("consumption.empty")} hint={t("consumption.emptyHint")} />
      )}
      {consumption.data && !nothing && view === "chart" && <ConsumptionChart points={points} title={t("tabs.consumption")} />}
      {consumption.data && !nothing && view === "table" && (
        <Table
          size="small"
          pagination={false}
          scroll={{ y: 300 }}
          rowKey="at"
          dataSource={[...points].reverse()}
          columns={[
            { key: "at", title: t("consumption.at"), render: (_, { label }) => <span className="a-number">{label}</span> },
            { key: "kwh", title: t("consumption.energy"), align: "right", render: (_, { kwh }) => <QuantityText value={kwh} digits={4} /> },
            { key: "money", title: t("consumption.money"), align: "right", render: (_, { money }) => <MoneyText value={money} digits={4} /> },
          ]}
        />
      )}
    </div>
  );
}
