// The meter's five answers, above the fold.
import { CalendarOutlined, ClockCircleOutlined, FieldTimeOutlined, SafetyCertificateOutlined, WarningOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { Link } from "react-router";

import { standingOf } from "./acceptance";
import { actionsFor, labelOf } from "./actions";
import type { OpenDialog } from "./MeterDialogs";
import { BalanceGauge } from "@/components/BalanceGauge";
import { Chip } from "@/components/Chip";
import { CommandTimeline } from "@/components/CommandTimeline";
import { DispatchChip } from "@/components/DispatchChip";
import { Answer, DeviceHeader } from "@/components/DeviceHeader";
import { MoneyText, QuantityText } from "@/components/numbers";
import { KindIcon } from "@/components/KindIcon";
import { StateBadge } from "@/components/StateBadge";
import { TimeText, useAgo } from "@/components/TimeText";
import { useShortMoment } from "@/components/WhenField";
import { useCommands, useReadings } from "@/lib/api/queries";
import { isUnderWay } from "@/lib/command-steps";
import { format, parse, QUANTITY } from "@/lib/decimal";
import { feeStanding } from "@/lib/annual-fee";
import { useCan, useIsPhone, useNow, useOffset } from "@/lib/hooks";
import { accountTone } from "@/lib/meter-state";
import { formatDay } from "@/lib/time";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";

/** A meter's clock may be off this much before anybody has to care; time-of-use prices hang on it. */
const CLOCK_TOLERANCE_S = 300;

export function MeterHeader({ meter, onDialog }: { meter: Meter; onDialog: OpenDialog }) {
  const { t } = useKindTexts(meter);
  const ago = useAgo();
  const short = useShortMoment(meter.site);
  const next = meter.next_price_plan;
  const unknown = meter.reported === "unknown";
  const differs = meter.wanted !== meter.reported;
  const kwh = parse(meter.balance_kwh, QUANTITY) ?? 0n;
  return (
    <DeviceHeader
      name={meter.name}
      backTo="/meters"
      facts={
        <>
          {meter.linked_room ? <LinkedPlace room={meter.linked_room} /> : meter.room && <span>{meter.room}</span>}
          <span className="a-number">{meter.address}</span>
          <span>
            <KindIcon kind={meter.kind} /> {t(`supplying.kinds.${meter.kind}`)}
          </span>
          <span>{t(`meter.kinds.${meter.mode}`)}</span>
          <span>{meter.price_plan.name}</span>
          {meter.dispatch !== "confirmed" && (
            <Link to={`/gateways/${encodeURIComponent(meter.gateway)}`}>
              {t("concentrator.dispatched")} <DispatchChip state={meter.dispatch} />
            </Link>
          )}
          {next && (
            <span className="a-tone-text-warn" data-testid="header-next-plan">
              {t("when.from", { from: short(next.from) })} {next.name}
            </span>
          )}
        </>
      }
      actions={<Buttons meter={meter} onDialog={onDialog} />}
      alive={
        <Answer
          title={t("meter.online")}
          below={
            meter.reachable ? (
              <TimeText at={meter.last_seen_at} ago site={meter.site} />
            ) : (
              <>
                <TimeText at={meter.last_seen_at} ago site={meter.site} /> · {t("header.deadHint")}
              </>
            )
          }
        >
          <Chip tone={meter.reachable ? "ok" : "idle"} testId="reach-badge">
            {t(meter.reachable ? "header.alive" : "header.dead")}
          </Chip>
        </Answer>
      }
      state={
        <Answer
          title={t("meter.relay")}
          below={
            <>
              <span className="a-nowrap">{t(unknown ? "meter.relayHints.unknown" : differs ? "header.differs" : "header.inState")}</span>
              {meter.reported_at && (
                <>
                  {" · "}
                  <span className="a-nowrap">{t("meter.stateFrom", { age: ago(meter.reported_at) })}</span>
                </>
              )}
            </>
          }
        >
          <StateBadge meter={meter} />
        </Answer>
      }
      amount={
        <Answer title={`${t("header.balance")} (${t("common.yuan")})`} below={<BalanceGauge meter={meter} />}>
          <span className="a-balance">
            <MoneyText value={meter.balance} flash testId="balance" />
            <small className={kwh < 0n ? "a-tone-text-bad" : "a-muted"}>
              {t(kwh < 0n ? "header.short" : "header.enough", { value: format(kwh < 0n ? -kwh : kwh, QUANTITY) })}
            </small>
            {meter.account_state !== "normal" && (
              <Chip tone={accountTone(meter.account_state)} testId="account-state">
                {t(`meter.accounts.${meter.account_state}`)}
              </Chip>
            )}
          </span>
        </Answer>
      }
      last={<LastEvent meter={meter} />}
      notes={<Notes meter={meter} />}
    />
  );
}

function LastEvent({ meter }: { meter: Meter }) {
  const { t, unit } = useKindTexts(meter);
  const commands = useCommands(meter.id, Boolean(meter.pending_command));
  const command = commands.data?.pages[0]?.rows[0];
  const reading = meter.last_reading;
  const newest = command && (!reading || isUnderWay(command.state) || (command.ended_at ?? command.created_at) >= reading.at);
  if (newest) {
    return (
      <Answer title={t("header.last")} below={<CommandTimeline command={command} />}>
        <span className="a-last">
          {t(`commands.kinds.${command.kind}`)} <small className="a-muted">{t(`commands.causes.${command.cause}`)}</small>{" "}
          <small>
            <TimeText at={command.created_at} ago site={meter.site} />
          </small>
        </span>
      </Answer>
    );
  }
  if (!reading) {
    return (
      <Answer title={t("header.last")}>
        <span className="a-muted">{t("header.nothingYet")}</span>
      </Answer>
    );
  }
  return (
    <Answer
      title={t("header.last")}
      below={
        <>
          {t("header.today")} <QuantityText value={meter.today_kwh} flash /> {unit} ·{" "}
          <MoneyText value={meter.today_money} flash /> {t("common.yuan")}
          <br />
          {t("header.month")} <QuantityText value={meter.month_kwh} /> {unit} · <MoneyText value={meter.month_money} />{" "}
          {t("common.yuan")}
        </>
      }
    >
      <span className="a-last">
        {t("header.lastReading", { value: format(parse(reading.total, QUANTITY) ?? 0n, QUANTITY) })}{" "}
        <small>
          <TimeText at={reading.at} ago site={meter.site} />
        </small>
      </span>
    </Answer>
  );
}

/** On a phone the records are far below. */
const showRecords = () => document.getElementById("records")?.scrollIntoView({ block: "start", behavior: "smooth" });

function Notes({ meter }: { meter: Meter }) {
  const { t } = useKindTexts(meter);
  const now = useNow(60_000);
  const today = formatDay(now, useOffset(meter.site));
  // `quarantined` counts all there ever were; only those newer than what counts wait for somebody.
  const newest = useReadings(meter.id, meter.quarantined > 0).data?.pages[0]?.rows;
  const waiting = newest?.some((row) => standingOf(row, meter, now) === "waiting");
  const notes: { key: string; tone: "warn" | "brand"; icon: React.ReactNode; text: React.ReactNode }[] = [];
  if (meter.keep_power) notes.push({ key: "keep", tone: "warn", icon: <SafetyCertificateOutlined />, text: t("header.keepPower") });
  if (waiting) {
    const text = (
      <Link to="?tab=readings" replace className="a-chip-link" onClick={showRecords} data-testid="header-quarantined">
        {t("header.quarantined")}
      </Link>
    );
    notes.push({ key: "quarantine", tone: "warn", icon: <WarningOutlined />, text });
  }
  if (Math.abs(meter.clock_offset_s ?? 0) > CLOCK_TOLERANCE_S) {
    notes.push({ key: "clock", tone: "warn", icon: <ClockCircleOutlined />, text: t("header.clockOff", { n: meter.clock_offset_s }) });
  }
  if (feeStanding(meter.annual_fee, today) !== "paid") {
    const standing = feeStanding(meter.annual_fee, today);
    notes.push({ key: "fee", tone: "warn", icon: <CalendarOutlined />, text: t(standing === "expired" ? "fee.expired" : "fee.soon", { until: meter.annual_fee!.paid_until }) });
  }
  if (meter.schedule.length > 0) notes.push({ key: "schedule", tone: "brand", icon: <FieldTimeOutlined />, text: t("schedule.note", { n: meter.schedule.length }) });
  if (meter.mode === "reading") notes.push({ key: "mode", tone: "brand", icon: null, text: t("header.readingMode") });
  else if (!meter.auto_trip && meter.valve) notes.push({ key: "auto", tone: "brand", icon: null, text: t("header.noAutoTrip") });
  if (notes.length === 0) return null;
  return (
    <div className="a-notes">
      {notes.map(({ key, tone, icon, text }) => (
        <Chip key={key} tone={tone} icon={icon ?? undefined}>
          {text}
        </Chip>
      ))}
    </div>
  );
}

function Buttons({ meter, onDialog }: { meter: Meter; onDialog: OpenDialog }) {
  const { t } = useKindTexts(meter);
  const phone = useIsPhone();
  const actions = actionsFor(meter, useCan());
  const shown = phone ? actions.slice(0, 3) : actions.slice(0, 7);
  const rest = actions.slice(shown.length);
  return (
    <>
      {shown.map(({ dialog, name, danger }) => (
        <Button
          key={name}
          type={name === "recharge" ? "primary" : "default"}
          danger={danger}
          data-testid={`action-${name}`}
          onClick={() => onDialog(meter.id, dialog)}
        >
          {t(labelOf({ name }))}
        </Button>
      ))}
      {rest.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: rest.map(({ dialog, name, danger }) => ({
              key: dialog,
              danger,
              label: <span data-testid={`action-${name}`}>{t(labelOf({ name }))}</span>,
            })),
            onClick: ({ key }) => onDialog(meter.id, key as (typeof rest)[number]["dialog"]),
          }}
        >
          <Button data-testid="action-more">{t("common.more")}</Button>
        </Dropdown>
      )}
    </>
  );
}

/** The room that it is linked to, and everything about its house. */
function LinkedPlace({ room }: { room: NonNullable<Meter["linked_room"]> }) {
  const can = useCan();
  const to = room.house !== null && can("house:read") ? `/space/houses/${room.house}` : can("room:read") ? `/space/rooms/${room.id}` : null;
  return <span>{to ? <Link to={to}>{room.name}</Link> : room.name}</span>;
}
