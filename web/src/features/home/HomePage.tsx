import { ApiOutlined, ClusterOutlined, DashboardOutlined, PoweroffOutlined, SyncOutlined, WalletOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { AlarmPanel } from "./AlarmPanel";
import { Attention } from "./Attention";
import { monthBefore, waterOfDays } from "./water";
import { BarsChart } from "@/components/BarsChart";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { Flash } from "@/components/Flash";
import { CountText, MoneyText, QuantityText } from "@/components/numbers";
import { Ranking } from "@/components/Ranking";
import { useEnergy, useHome } from "@/lib/api/queries";
import { MONEY, QUANTITY } from "@/lib/decimal";
import { useCan, useOffset } from "@/lib/hooks";
import { useProject } from "@/lib/project";
import { formatClock } from "@/lib/time";
import type { Home } from "@/types/api";

export function HomePage() {
  const { t } = useTranslation();
  const home = useHome();
  const offset = useOffset(useProject());
  return (
    <div className="a-scroll" data-testid="page-home">
      <header className="a-page-head">
        <h1>{t("home.title")}</h1>
        <div className="a-page-tools">
          {home.data && (
            <span className="a-muted a-number">{t("common.asOf", { time: formatClock(home.data.as_of, offset) })}</span>
          )}
        </div>
      </header>
      {home.error && <ErrorNotice error={home.error} what="load" onRetry={() => void home.refetch()} stale={Boolean(home.data)} />}
      {home.data ? <Content home={home.data} /> : !home.error && <PageSkeleton rows={12} />}
    </div>
  );
}

function Content({ home }: { home: Home }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const can = useCan();
  if (home.meters === 0 && home.gateways === 0) {
    return (
      <div className="a-card">
        <EmptyState
          title={t("home.firstTitle")}
          hint={t("home.firstHint")}
          icon={<ApiOutlined />}
          action={
            can("gateway:create") && (
              <Button type="primary" onClick={() => void navigate("/gateways?add=1")}>
                {t("home.firstStep")}
              </Button>
            )
          }
        />
      </div>
    );
  }
  return (
    <>
      <Counters home={home} />
      <Files home={home} />
      <div className="a-home-charts">
        <section className="a-card">
          <h2>{t("home.rechargesOf7")}</h2>
          <Recharges home={home} />
        </section>
        <section className="a-card">
          <h2>{t("home.energyOf5")}</h2>
          <Energy home={home} />
        </section>
        <section className="a-card">
          <h2>{t("home.reminders")}</h2>
          <AlarmPanel alarms={home.alarms} />
        </section>
      </div>
      <div className="a-home-grid">
        <section className="a-card a-today">
          <h2>{t("home.today")}</h2>
          <Today home={home} />
        </section>
        <section className="a-card">
          <h2>{t("home.top4", { span: home.top_span })}</h2>
          <Top home={home} />
        </section>
        <section className="a-card">
          <h2>{t("home.attention")}</h2>
          <Attention />
        </section>
      </div>
    </>
  );
}

function Counters({ home }: { home: Home }) {
  const { t } = useTranslation();
  const offline = home.meters - home.meters_reachable;
  const share = home.meters > 0 ? Math.floor((home.meters_reachable * 100) / home.meters) : 0;
  return (
    <div className="a-counters">
      <Counter
        to="/meters"
        icon={<DashboardOutlined />}
        name={t("home.meters")}
        value={home.meters}
        testId="home-meters"
        below={
          <>
            <span className="a-bar" aria-hidden>
              <i style={{ width: `${share}%` }} />
            </span>
            {t("home.metersOnline", { n: home.meters_reachable })} · {t("home.metersOffline", { n: offline })}
          </>
        }
      />
      <Counter
        to="/meters?relay=open"
        icon={<PoweroffOutlined />}
        tone={home.meters_cut_off > 0 ? "bad" : undefined}
        name={t("home.cutOff")}
        value={home.meters_cut_off}
        below={t("home.cutOffHint")}
        testId="home-cut-off"
      />
      <Counter
        to="/meters?account_state=arrears"
        icon={<WalletOutlined />}
        tone={home.meters_in_arrears > 0 ? "bad" : undefined}
        name={t("home.arrears")}
        value={home.meters_in_arrears}
        below={t("home.arrearsHint")}
        testId="home-arrears"
      />
      <Counter
        to="/gateways"
        icon={<ClusterOutlined />}
        tone={home.gateways_online < home.gateways ? "warn" : undefined}
        name={t("home.gateways")}
        value={home.gateways_online}
        below={t("home.gatewaysHint", { n: home.gateways })}
        testId="home-gateways"
      />
      <Counter
        to="/meters"
        icon={<SyncOutlined />}
        name={t("home.pending")}
        value={home.commands_pending}
        below={t("home.pendingHint")}
        testId="home-pending"
      />
    </div>
  );
}

type CounterProps = { to: string; icon: ReactNode; name: string; value: number; below: ReactNode; tone?: "bad" | "warn"; testId: string };

function Counter({ to, icon, name, value, below, tone, testId }: CounterProps) {
  return (
    <Link to={to} className={`a-card a-counter${tone ? ` a-counter-${tone}` : ""}`} data-testid={testId}>
      <span className="a-counter-name">
        {icon} {name}
      </span>
      <b>
        <Flash on={value}>
          <CountText value={value} />
        </Flash>
      </b>
      <small>{below}</small>
    </Link>
  );
}

const MINUTE = 60_000;

/** m3 of the day; null where nobody has water meters, or may not look at what is used. */
function useWaterOfDay(home: Home) {
  const may = useCan()("energy:read");
  const site = useProject();
  const [today, yesterday] = [home.last_7_days.at(-1)?.day, home.last_7_days.at(-2)?.day];
  const period = monthBefore(today, yesterday);
  const running = useEnergy({ site, step: "day", utility: "water" }, { enabled: may, refetchInterval: MINUTE });
  const before = useEnergy({ site, step: "day", utility: "water", period }, { enabled: may && period !== undefined, refetchInterval: MINUTE });
  return running.data ? waterOfDays([running.data, before.data], today, yesterday) : null;
}

function Today({ home }: { home: Home }) {
  const { t } = useTranslation();
  const yesterday = home.last_7_days.at(-2);
  const water = useWaterOfDay(home);
  const rows = [
    ["energyToday", <QuantityText key="v" value={home.kwh_today} flash />, <QuantityText key="y" value={yesterday?.kwh} />],
    ...(water ? [["waterToday", <QuantityText key="v" value={water.today} flash testId="home-water" />, <QuantityText key="y" value={water.yesterday} />] as const] : []),
    ["deductedToday", <MoneyText key="v" value={home.money_deducted_today} flash />, <MoneyText key="y" value={yesterday?.deducted} />],
    ["rechargedToday", <MoneyText key="v" value={home.money_recharged_today} flash />, <MoneyText key="y" value={yesterday?.recharged} />],
  ] as const;
  return (
    <>
      {rows.map(([name, value, before]) => (
        <div key={name} className="a-today-row">
          <small>{t(`home.${name}`)}</small>
          <b>{value}</b>
          <small className="a-muted">
            {t("home.yesterday", { value: "" })}
            {before}
          </small>
        </div>
      ))}
      <div className="a-today-row">
        <small>{t("home.readings")}</small>
        <b>
          <CountText value={home.readings_today} />
        </b>
        <small className="a-muted">{t("home.readingsHint")}</small>
      </div>
    </>
  );
}

/** What stands in the files, in the order of the platform; parts of the product that come later add theirs there. */
const fileLinks: Record<string, string> = { houses: "/space/houses", rooms: "/space/rooms", residents: "/space/residents", prepaid: "/meters?mode=prepaid" };

function Files({ home }: { home: Home }) {
  const { t } = useTranslation();
  return (
    <div className="a-card a-home-files" data-testid="home-files">
      {Object.entries(home.counters).map(([name, count]) => {
        const words = (
          <>
            {t(`home.files.${name}`, { defaultValue: name })} <b>{<CountText value={count} />}</b>
          </>
        );
        const to = fileLinks[name];
        return to ? (
          <Link key={name} to={to}>
            {words}
          </Link>
        ) : (
          <span key={name}>{words}</span>
        );
      })}
    </div>
  );
}

const CHART_PX = 236;

function Recharges({ home }: { home: Home }) {
  const { t } = useTranslation();
  const { last_7_days: days } = home;
  return (
    <BarsChart
      title={t("home.rechargesOf7")}
      height={CHART_PX}
      labels={days.map(({ day }) => day.slice(5))}
      bars={[{ name: t("home.rechargeCount"), values: days.map(({ recharges }) => String(recharges)), scale: 0 }]}
      lines={[{ name: t("home.recharged"), values: days.map(({ recharged }) => recharged), scale: MONEY }]}
    />
  );
}

function Energy({ home }: { home: Home }) {
  const { t } = useTranslation();
  const days = home.last_7_days.slice(-5);
  return (
    <BarsChart
      title={t("home.energyOf5")}
      height={CHART_PX}
      labels={days.map(({ day }) => day.slice(5))}
      bars={[{ name: t("home.electricity"), values: days.map(({ kwh }) => kwh), scale: QUANTITY }]}
    />
  );
}

function Top({ home }: { home: Home }) {
  const { t } = useTranslation();
  const can = useCan();
  if (home.top.length === 0) return <EmptyState small title={t("energy.noTop")} hint={t("energy.noTopHint")} />;
  return (
    <Ranking
      rows={home.top.map(({ meter, device, name, room, building, kwh, money }) => ({
        key: String(meter),
        name: can("meter:read") ? <Link to={`/meters/${meter}`}>{room || name || device}</Link> : room || name || device,
        below: [building, room ? name : "", device].filter(Boolean).join(" · "),
        kwh,
        money,
      }))}
    />
  );
}
