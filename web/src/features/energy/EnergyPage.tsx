// 能耗分析 (en-analysis): what all meters of electricity, or of water, used in a month, a year or ten years, against the period before;
// by register, community, building and meter. A meter of the ranking leads to its own consumption.
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Segmented, Table } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";

import { periodOf, shiftPeriod, STEPS, type Step } from "./period";
import { BarsChart } from "@/components/BarsChart";
import { Change } from "@/components/Change";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { CountText, MoneyText, QuantityText } from "@/components/numbers";
import { Ranking } from "@/components/Ranking";
import { ShareBar } from "@/components/ShareBar";
import { useEnergy } from "@/lib/api/queries";
import { QUANTITY, parse, toText } from "@/lib/decimal";
import { useIsPhone, useNow, useOffset } from "@/lib/hooks";
import { useProject } from "@/lib/project";
import { formatDay } from "@/lib/time";
import { KindContext, useKindTexts } from "@/lib/units";
import type { EnergyAnalysis, EnergyPoint } from "@/types/api";
import { UTILITIES, type Utility } from "@/types/supply";

export function EnergyPage() {
  const [parameters] = useSearchParams();
  const utility = UTILITIES.find((each) => each === parameters.get("utility")) ?? "electricity";
  return (
    <KindContext value={utility}>
      <Page utility={utility} />
    </KindContext>
  );
}

function Page({ utility }: { utility: Utility }) {
  const { t } = useKindTexts();
  const [parameters, setParameters] = useSearchParams();
  const site = useProject();
  const offset = useOffset(site);
  const today = formatDay(useNow(3_600_000), offset);
  const step: Step = STEPS.find((each) => each === parameters.get("step")) ?? "day";
  const period = periodOf(step, parameters.get("period"), today);
  const running = periodOf(step, null, today);
  const energy = useEnergy({ site, step, period: step === "year" ? undefined : period, utility: utility === "electricity" ? undefined : utility });
  const change = (next: Record<string, string | undefined>) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(next)) if (value) after.set(name, value);
      else after.delete(name);
      return after;
    });
  const go = (by: number) => change({ period: String(shiftPeriod(step, period, by)) });
  return (
    <div className="a-scroll" data-testid="page-energy">
      <header className="a-page-head">
        <div>
          <h1>{t("energy.title")}</h1>
        </div>
        <div className="a-page-tools a-page-tools-many">
          <Segmented
            value={utility}
            options={UTILITIES.map((value) => ({ value, label: <span data-testid={`energy-of-${value}`}>{t(`utilities.${value}`)}</span> }))}
            onChange={(value) => change({ utility: value === "electricity" ? undefined : value })}
            aria-label={t("utilities.label")}
          />
          <Segmented
            value={step}
            options={STEPS.map((value) => ({ value, label: t(`energy.steps.${value}`) }))}
            onChange={(value) => change({ step: value, period: undefined })}
          />
          {step !== "year" && (
            <span className="a-period">
              <Button icon={<LeftOutlined />} onClick={() => go(-1)} aria-label={t("energy.earlier")} data-testid="energy-earlier" />
              <b className="a-number" data-testid="energy-span">{energy.data?.span ?? "—"}</b>
              <Button icon={<RightOutlined />} disabled={period >= running} onClick={() => go(1)} aria-label={t("energy.later")} />
            </span>
          )}
        </div>
      </header>
      {energy.error && <ErrorNotice error={energy.error} what="load" onRetry={() => void energy.refetch()} stale={Boolean(energy.data)} />}
      {energy.data ? <Content energy={energy.data} step={step} utility={utility} /> : !energy.error && <PageSkeleton rows={12} />}
    </div>
  );
}

function Content({ energy, step, utility }: { energy: EnergyAnalysis; step: Step; utility: Utility }) {
  const { t } = useKindTexts();
  const byRegisters = utility === "electricity";
  const [group, setGroup] = useState<"meters" | "buildings">("meters");
  const used = parse(energy.total.kwh, QUANTITY) ?? 0n;
  if (energy.points.every(({ kwh }) => parse(kwh, QUANTITY) === 0n)) {
    return (
      <div className="a-card">
        <EmptyState title={t("energy.empty")} hint={t("energy.emptyHint")} />
      </div>
    );
  }
  const parts = (["sharp", "peak", "flat", "valley"] as const).map((name) => ({ name, value: parse(energy.total[name], QUANTITY) ?? 0n }));
  const single = used - parts.reduce((sum, { value }) => sum + value, 0n);
  return (
    <>
      <div className="a-energy-grid">
        <section className="a-card a-today">
          <h2>{t("energy.total")}</h2>
          <Against name={t("energy.used")} value={<QuantityText value={energy.total.kwh} testId="energy-total" />} now={energy.total.kwh} before={energy.before.kwh} energy={energy} step={step} />
          <Against name={t("energy.cost")} value={<MoneyText value={energy.total.money} />} now={energy.total.money} before={energy.before.money} energy={energy} step={step} />
          {byRegisters && (
            <div className="a-today-row">
              <small>{t("energy.registers")}</small>
              <ShareBar
                parts={[...parts.map(({ name, value }) => ({ name: t(`energy.parts.${name}`), value })), { name: t("energy.parts.single"), value: single }]}
                scale={QUANTITY}
              />
            </div>
          )}
        </section>
        <section className="a-card a-seven">
          <h2>{t(`energy.chart.${step}`)}</h2>
          <BarsChart
            title={t(`energy.chart.${step}`)}
            height={250}
            labels={energy.points.map(({ at }) => shortOf(at, step))}
            bars={[
              { name: t("energy.used"), values: energy.points.map(({ kwh }) => kwh), scale: QUANTITY },
              { name: t(`energy.beforeOf.${step}`), values: energy.points.map(({ before }) => before), scale: QUANTITY, soft: true },
            ]}
          />
        </section>
        <section className="a-card">
          <h2>{t("energy.sites")}</h2>
          <Ranking
            rows={energy.sites.slice(0, 8).map(({ site, name, kwh, before }) => ({ key: site, name, kwh, below: <Change now={kwh} before={before} /> }))}
          />
        </section>
        <section className="a-card a-seven">
          <header className="a-card-head">
            <h2>{t("energy.top", { span: energy.span })}</h2>
            <Segmented
              size="small"
              value={group}
              options={(["meters", "buildings"] as const).map((value) => ({ value, label: t(`energy.groups.${value}`) }))}
              onChange={setGroup}
            />
          </header>
          <Top energy={energy} group={group} />
        </section>
      </div>
      <section className="a-card">
        <h2>{t("energy.table")}</h2>
        <Points points={energy.points} step={step} byRegisters={byRegisters} />
      </section>
    </>
  );
}

function Top({ energy, group }: { energy: EnergyAnalysis; group: "meters" | "buildings" }) {
  const { t } = useKindTexts();
  if (group === "meters") {
    if (energy.top.length === 0) return <EmptyState small title={t("energy.noTop")} hint={t("energy.noTopHint")} />;
    return (
      <Ranking
        columns
        rows={energy.top.map(({ meter, device, name, room, building, kwh, money }) => ({
          key: String(meter),
          name: <Link to={`/meters/${meter}?tab=consumption`}>{room || name || device}</Link>,
          kwh,
          below: [building, room ? name : "", device].filter(Boolean).join(" · "),
          money,
        }))}
      />
    );
  }
  if (energy.buildings === null) return <EmptyState small title={t("energy.tooMany")} hint={t("energy.tooManyHint")} />;
  if (energy.buildings.length === 0) return <EmptyState small title={t("energy.noBuildings")} hint={t("energy.noBuildingsHint")} />;
  return (
    <Ranking
      columns
      rows={energy.buildings.map(({ name, meters, kwh, money }) => ({ key: name, name, kwh, money, below: <>{t("energy.meters")} <CountText value={meters} /></> }))}
    />
  );
}

type AgainstProps = { name: string; value: React.ReactNode; now: string; before: string; energy: EnergyAnalysis; step: Step };

function Against({ name, value, now, before, energy, step }: AgainstProps) {
  const { t } = useKindTexts();
  return (
    <div className="a-today-row">
      <small>{name}</small>
      <b>{value}</b>
      {step !== "year" && (
        <small className="a-muted" title={t(energy.running ? "energy.sameDays" : "energy.wholeBefore")}>
          {t(`energy.against.${step}`)} <Change now={now} before={before} />
        </small>
      )}
    </div>
  );
}

const shortOf = (at: string, step: Step) => (step === "day" ? at.slice(8) : step === "month" ? at.slice(5) : at);

/** byRegisters: use is split into four prices */
function Points({ points, step, byRegisters }: { points: EnergyPoint[]; step: Step; byRegisters: boolean }) {
  const { t } = useKindTexts();
  const phone = useIsPhone();
  const single = (point: EnergyPoint) =>
    toText(["sharp", "peak", "flat", "valley"].reduce((rest, name) => rest - (parse(point[name as "sharp"], QUANTITY) ?? 0n), parse(point.kwh, QUANTITY) ?? 0n), QUANTITY);
  const number = (key: string, title: string, render: (point: EnergyPoint) => React.ReactNode, width = 110) => ({
    key, title, width, align: "right" as const, render: (_: unknown, point: EnergyPoint) => render(point),
  });
  const columns = [
    { key: "at", title: t("energy.at"), width: 110, render: (_: unknown, { at }: EnergyPoint) => <span className="a-number">{at}</span> },
    number("kwh", t("energy.used"), ({ kwh }) => <QuantityText value={kwh} />),
    number("before", t(`energy.beforeOf.${step}`), ({ before }) => <QuantityText value={before} />, 130),
    number("change", t("energy.change"), ({ kwh, before }) => <Change now={kwh} before={before} />, 90),
    ...(phone || !byRegisters
      ? []
      : [
          ...(["sharp", "peak", "flat", "valley"] as const).map((name) => number(name, t(`energy.parts.${name}`), (point) => <QuantityText value={point[name]} />, 90)),
          number("single", t("energy.parts.single"), (point) => <QuantityText value={single(point)} />, 100),
        ]),
    number("money", t("energy.cost"), ({ money }) => <MoneyText value={money} />),
  ];
  return (
    <div className="a-scroll-x" role="region" aria-label={t("energy.title")} tabIndex={0}>
      <Table<EnergyPoint>
        size="small"
        rowKey="at"
        pagination={false}
        columns={columns}
        dataSource={[...points].reverse()}
        style={{ minWidth: columns.reduce((sum, { width }) => sum + width, 0) }}
      />
    </div>
  );
}
