// 用电分析, 用水分析 (em-usage-analysis, wm-usage-analysis, wc-usage-analysis): a day by hours, a month by days, a year by months, against
// the period before and the same one of last year.
import { DownloadOutlined, LeftOutlined, LineChartOutlined, RightOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Segmented, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { askedStep, comparable, lastYear, periodOf, shifted, slots, spanOf, STEPS, sums, type Slot, type Step, type Sum } from "./usage";
import { BarsChart } from "@/components/BarsChart";
import { Change } from "@/components/Change";
import { ChartSkeleton, EmptyState, ErrorNotice } from "@/components/feedback";
import { MoneyText, QuantityText } from "@/components/numbers";
import { ToolButton } from "@/components/ToolButton";
import { useConsumption } from "@/lib/api/queries";
import { MONEY, QUANTITY } from "@/lib/decimal";
import { useIsPhone, useNow, useOffset } from "@/lib/hooks";
import { saveFile } from "@/lib/save-file";
import { formatDay } from "@/lib/time";
import { useUnit } from "@/lib/units";
import type { Meter } from "@/types/api";
import { utilityOf } from "@/types/supply";

const CHART_PX = 260;
const HOUR = 3_600_000;

/** What stands in the address, and what the platform says to it. */
function useUsage(meter: Meter) {
  const offset = useOffset(meter.site);
  const now = useNow(HOUR);
  const today = formatDay(now, offset);
  const [parameters, setParameters] = useSearchParams();
  const step: Step = STEPS.find((each) => each === parameters.get("step")) ?? "month";
  const period = periodOf(step, parameters.get("period"), today);
  const span = spanOf(step, period, offset);
  const earlier = spanOf(step, shifted(step, period, -1), offset);
  // Where the year before has no such day, the period before is asked for once more: the question is answered already.
  const year = lastYear(step, period);
  const ago = year === null ? earlier : spanOf(step, year, offset);
  const fine = useConsumption(meter.id, askedStep(step), span.from, span.to);
  const fineEarlier = useConsumption(meter.id, askedStep(step), earlier.from, earlier.to);
  const whole = useConsumption(meter.id, "day", span.from, span.to);
  const wholeEarlier = useConsumption(meter.id, "day", earlier.from, earlier.to);
  const wholeAgo = useConsumption(meter.id, "day", ago.from, ago.to);
  const asked = [fine, fineEarlier, whole, wholeEarlier, wholeAgo];
  const known = asked.every(({ data }) => data !== undefined);
  const of = ({ data }: typeof fine) => data?.points ?? [];
  const rows = slots(step, period, of(fine), of(fineEarlier), offset);
  const running = now < span.to && now >= span.from;
  // Of a running day only its hours say how much of the day before had gone by then.
  const before = running ? comparable(of(fineEarlier), span, earlier, now) : of(wholeEarlier);
  return {
    step,
    period,
    last: period >= today.slice(0, period.length),
    running,
    rows,
    total: sums(of(whole)),
    before: sums(before),
    /** null: that year has no such day */
    ago: year === null ? null : sums(step === "day" ? of(wholeAgo) : comparable(of(wholeAgo), span, ago, now)),
    nothing: known && of(whole).length === 0 && of(fineEarlier).length === 0 && of(wholeAgo).length === 0,
    known,
    fetching: asked.some(({ isPlaceholderData }) => isPlaceholderData),
    error: asked.find(({ error }) => error)?.error,
    retry: () => asked.forEach((each) => void (each.error && each.refetch())),
    change: (next: { step?: Step; period?: string }) =>
      setParameters(
        (old) => {
          const after = new URLSearchParams(old);
          for (const [name, value] of Object.entries({ step, ...next })) if (value) after.set(name, value);
          if (!next.period) after.delete("period");
          return after;
        },
        { replace: true },
      ),
  };
}

export function ConsumptionTab({ meter }: { meter: Meter }) {
  const { t } = useTranslation();
  const unit = useUnit(meter.kind);
  const utility = utilityOf(meter.kind);
  const usage = useUsage(meter);
  const { step, period, rows } = usage;
  const [view, setView] = useState<"chart" | "table">("chart");
  const names = {
    used: t(`usage.used.${utility}`, { unit }),
    before: t(`usage.beforeOf.${step}`, { unit }),
    money: t(`usage.money.${utility}`),
  };
  const title = t(`usage.title.${utility}`);
  const labels = rows.map(({ label }) => (step === "day" ? label : label.replace(/^0/, "")));
  return (
    <div className="a-stack" data-testid="usage" data-step={step} data-period={period}>
      <div className="a-tab-tools">
        <Segmented value={step} onChange={(next: Step) => usage.change({ step: next })} options={STEPS.map((value) => ({ value, label: <span data-testid={`usage-${value}`}>{t(`usage.steps.${value}`)}</span> }))} />
        <span className="a-period">
          <Button icon={<LeftOutlined />} onClick={() => usage.change({ period: shifted(step, period, -1) })} aria-label={t("energy.earlier")} data-testid="usage-earlier" />
          <b className="a-number" data-testid="usage-period">
            {period}
          </b>
          <Button icon={<RightOutlined />} disabled={usage.last} onClick={() => usage.change({ period: shifted(step, period, 1) })} aria-label={t("energy.later")} data-testid="usage-later" />
        </span>
        <span className="a-grow" />
        <Segmented
          value={view}
          onChange={setView}
          options={(["chart", "table"] as const).map((value) => ({ value, label: <span data-testid={`usage-as-${value}`}>{t(`consumption.${value}`)}</span> }))}
        />
        <Export rows={rows} names={names} file={`${meter.name} ${title} ${period}`} disabled={!usage.known || usage.nothing} period={period} />
      </div>
      {usage.error && <ErrorNotice error={usage.error} what="load" onRetry={usage.retry} stale={usage.known} />}
      {!usage.known && !usage.error && <ChartSkeleton height={CHART_PX} />}
      {usage.nothing && <EmptyState small icon={<LineChartOutlined />} title={t(`usage.empty.${utility}`)} hint={t("consumption.emptyHint")} />}
      {usage.known && !usage.nothing && (
        <>
          <div className="a-usage" aria-busy={usage.fetching}>
            <Figure title={names.used} sum={usage.total} />
            <Figure title={t(`usage.before.${step}`)} sum={usage.before} now={usage.total} running={usage.running} testId="usage-before" />
            {step !== "year" && usage.ago && <Figure title={t(`usage.ago.${step}`)} sum={usage.ago} now={usage.total} running={usage.running && step === "month"} testId="usage-ago" />}
          </div>
          {view === "chart" ? (
            <BarsChart
              title={title}
              height={CHART_PX}
              labels={labels}
              bars={[
                { name: names.used, values: rows.map(({ kwh }) => kwh), scale: QUANTITY },
                { name: names.before, values: rows.map(({ before }) => before), scale: QUANTITY, soft: true },
              ]}
              lines={[{ name: names.money, values: rows.map(({ money }) => money), scale: MONEY }]}
            />
          ) : (
            <Rows rows={rows} names={names} />
          )}
        </>
      )}
    </div>
  );
}

type FigureProps = { title: string; sum: Sum; now?: Sum; running?: boolean; testId?: string };

/** Quantity and cost; beside those of another period how much more there is now. */
function Figure({ title, sum, now, running, testId = "usage-total" }: FigureProps) {
  const { t } = useTranslation();
  return (
    <div className="a-usage-figure" data-testid={testId}>
      <small>{title}</small>
      <b>
        <QuantityText value={sum.kwh} testId={`${testId}-kwh`} />
      </b>
      <span>
        <MoneyText value={sum.money} /> {t("common.yuan")}
      </span>
      {now && (
        <small title={running ? t("energy.sameDays") : undefined}>
          <Change now={now.kwh} before={sum.kwh} /> {running && t("usage.soFar")}
        </small>
      )}
    </div>
  );
}

type Names = { used: string; before: string; money: string };

function Rows({ rows, names }: { rows: Slot[]; names: Names }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  return (
    <div data-testid="usage-table">
      <Table<Slot>
        size="small"
        pagination={false}
        scroll={{ y: 340, x: phone ? 520 : undefined }}
        rowKey="label"
        dataSource={rows}
        columns={[
          { key: "at", title: t("consumption.at"), width: 80, render: (_, { label }) => <span className="a-number">{label}</span> },
          { key: "kwh", title: names.used, align: "right", render: (_, { kwh }) => <QuantityText value={kwh} digits={4} /> },
          { key: "before", title: names.before, align: "right", render: (_, { before }) => <QuantityText value={before} digits={4} /> },
          { key: "change", title: t("energy.change"), align: "right", width: 100, render: (_, { kwh, before }) => <Change now={kwh ?? ""} before={before ?? ""} /> },
          { key: "money", title: names.money, align: "right", render: (_, { money }) => <MoneyText value={money} digits={4} /> },
        ]}
      />
    </div>
  );
}

type ExportProps = { rows: Slot[]; names: Names; file: string; period: string; disabled: boolean };

/** The table as a workbook; made in the browser, from what is shown. */
function Export({ rows, names, file, period, disabled }: ExportProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const take = useMutation({
    mutationFn: async () => {
      const { usageWorkbook } = await import("./usage-workbook");
      saveFile(await usageWorkbook(rows, period, { at: t("consumption.at"), ...names }), `${file}.xlsx`);
    },
    onError: () => void message.error(t("usage.exportFailed")),
  });
  return <ToolButton label={t("export.button")} icon={<DownloadOutlined />} disabled={disabled} loading={take.isPending} onClick={() => take.mutate()} data-testid="usage-export" />;
}
