// 设备详情
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { PlanChanges } from "./PlanChanges";
import { RemoveMeter } from "./RemoveMeter";
import { MoneyText, QuantityText } from "@/components/numbers";
import { PlanPrices } from "@/components/PlanPrices";
import { RoomOfMeter } from "@/components/RoomOfMeter";
import { TimeText } from "@/components/TimeText";
import { useShortMoment } from "@/components/WhenField";
import { useCan } from "@/lib/hooks";
import { protocolText } from "@/lib/protocol";
import { useKindTexts, useUnit } from "@/lib/units";
import type { Meter } from "@/types/api";

export function InfoTab({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const pairs: [string, React.ReactNode][] = [
    [t("meter.name"), meter.name],
    [t("meter.room"), meter.room || "—"],
    [t("room.linked_room"), <LinkedRoom meter={meter} />],
    [t("meter.address"), <span className="a-number">{meter.address}</span>],
    [t("meter.device"), meter.device],
    [t("meter.gateway"), <Link to={`/gateways/${encodeURIComponent(meter.gateway)}`}>{meter.gateway}</Link>],
    [t("meter.line"), meter.line],
    [t("register.dialect"), protocolText(t, meter)],
    [t("meter.mode"), t(`meter.kinds.${meter.mode}`)],
    [t("meter.plan"), <PlanOfMeter meter={meter} />],
    [t("price.title"), meter.prices ? <PlanPrices plan={meter.prices} /> : "—"],
    [t("settings.alarm1"), <Limit meter={meter} name="alarm_1" />],
    [t("settings.alarm2"), <Limit meter={meter} name="alarm_2" />],
    [t("settings.overdraft"), <Limit meter={meter} name="overdraft" />],
    [t("settings.autoTrip"), t(meter.auto_trip ? "common.on" : "common.off")],
    [t("supplying.kind"), t(`supplying.kinds.${meter.kind}`)],
    [t("meter.keepPower"), t(meter.keep_power ? "common.on" : "common.off")],
    [t("register.start"), <QuantityText value={meter.start_reading.total} />],
    [t("meter.registered"), <TimeText at={meter.registered_at} site={meter.site} />],
  ];
  return (
    <>
      <dl className="a-pairs a-pairs-grid">
        {pairs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <RemoveMeter meter={meter} />
    </>
  );
}

/** In yuan, as it counts; in front of it what was set, where that is a quantity. */
function Limit({ meter, name }: { meter: Meter; name: "alarm_1" | "alarm_2" | "overdraft" }) {
  const unit = useUnit(meter.kind);
  if (!meter.limits_kwh) return <MoneyText value={meter[name]} />;
  return (
    <>
      <QuantityText value={meter.limits_kwh[name]} /> {unit} ≈ <MoneyText value={meter[name]} />
    </>
  );
}

/** Which one, which one comes, and which ones there were. */
function PlanOfMeter({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const short = useShortMoment(meter.site);
  const [open, setOpen] = useState(false);
  const next = meter.next_price_plan;
  return (
    <span className="a-prices-stack">
      <span>
        {meter.price_plan.name}{" "}
        <Button size="small" type="link" onClick={() => setOpen(true)} data-testid="plan-changes-open">
          {t("price.changes")}
        </Button>
      </span>
      {next && (
        <span className="a-tone-text-warn" data-testid="info-next-plan">
          {t("when.from", { from: short(next.from) })} {next.name}
        </span>
      )}
      {open && <PlanChanges meter={meter} onClose={() => setOpen(false)} />}
    </span>
  );
}

/** The office's room, beside what the installer typed. */
function LinkedRoom({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const room = meter.linked_room;
  return (
    <>
      {room ? can("room:read") ? <Link to={`/space/rooms/${room.id}`}>{room.name}</Link> : room.name : <span className="a-muted">{t("room.none")}</span>}{" "}
      {can("room:bind") && can("room:read") && (
        <Button size="small" type="link" onClick={() => setOpen(true)} data-testid="meter-room">
          {t(room ? "room.change" : "room.link")}
        </Button>
      )}
      {open && <RoomOfMeter meter={meter} onClose={() => setOpen(false)} />}
    </>
  );
}
