// 水控机 (0:172-208): the water's temperature, what it is kept at, the valve of the hot pipe and the one of the main pipe.
import { DashboardOutlined, FireOutlined } from "@ant-design/icons";
import { Button, InputNumber, Switch } from "antd";
import { useState } from "react";

import "./supply.css";
import type { OpenDialog } from "./MeterDialogs";
import { OrderDialog } from "./OrderDialog";
import { abilitiesOf } from "./device";
import { Chip } from "@/components/Chip";
import { Flash } from "@/components/Flash";
import { StateBadge } from "@/components/StateBadge";
import { TimeText } from "@/components/TimeText";
import { useCan } from "@/lib/hooks";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";

/** As hot as the platform lets it be set, in °C. */
const LEAST = 20;
const MOST = 70;
const USUAL = 45;

type Order = "automatic_on" | "automatic_off" | "temperature_valve_open" | "temperature_valve_close";

export function HotWaterPanel({ meter, onDialog }: { meter: Meter; onDialog: OpenDialog }) {
  const { t } = useKindTexts(meter);
  const may = useCan()("meter:switch");
  const { heats, switches } = abilitiesOf(meter);
  const water = meter.hot_water;
  const known = Number(water?.target_c);
  const [typed, setTyped] = useState<number | null>(null);
  const [order, setOrder] = useState<{ kind: Order; opened: number } | null>(null);
  const target = typed ?? (known >= LEAST && known <= MOST ? known : USUAL);
  const ask = (kind: Order) => setOrder({ kind, opened: Date.now() });
  const open = water?.temperature_valve === "open";
  const forced = meter.wanted_reason === "forced";
  return (
    <section className={`a-card a-hot${meter.reachable ? "" : " a-stale"}`} data-testid="hot-water">
      <div className="a-hot-part">
        <small>{t("hotPanel.temperature")}</small>
        <span className="a-hot-degrees a-number" data-testid="hot-temperature">
          <Flash on={water?.temperature_c}>{water ? `${water.temperature_c} \u00b0C` : "\u2014"}</Flash>
        </span>
        <small className="a-muted">{water ? <TimeText at={water.at} ago site={meter.site} /> : t("hotPanel.none")}</small>
        {may && (
          <Button icon={<DashboardOutlined />} onClick={() => onDialog(meter.id, "read")} data-testid="hot-read">
            {t("hotPanel.read")}
          </Button>
        )}
      </div>
      <div className="a-hot-part">
        <small>{t("hotPanel.automatic")}</small>
        <span>
          <Switch
            checked={water?.automatic ?? false}
            disabled={!may || !heats || !water}
            checkedChildren={t("common.on")}
            aria-label={t("hotPanel.automatic")}
            onChange={(on) => ask(on ? "automatic_on" : "automatic_off")}
            data-testid="hot-automatic"
          />
        </span>
        <label className="a-hot-target">
          <span>{t("hotPanel.target")}</span>
          <InputNumber<number> min={LEAST} max={MOST} step={0.5} precision={1} value={target} disabled={!may || !heats} suffix={"\u00b0C"} onChange={setTyped} data-testid="hot-target" />
        </label>
        {may && water?.automatic && typed !== null && typed !== known && (
          <Button type="primary" onClick={() => ask("automatic_on")} data-testid="hot-set">
            {t("hotPanel.set")}
          </Button>
        )}
        <small className="a-muted">{t("hotPanel.automaticHint")}</small>
      </div>
      <div className="a-hot-part">
        <small>{t("hotPanel.temperatureValve")}</small>
        <span>
          <Chip tone={!water || water.temperature_valve === "unknown" ? "idle" : open ? "ok" : "warn"} icon={<FireOutlined />} testId="hot-valve">
            {t(`hotPanel.valves.${water?.temperature_valve ?? "unknown"}`)}
          </Chip>
        </span>
        {may && heats && (
          <span className="a-hot-buttons">
            {(!water || water.temperature_valve !== "open") && (
              <Button disabled={!water} onClick={() => ask("temperature_valve_open")} data-testid="hot-valve-open">
                {t("hotPanel.open")}
              </Button>
            )}
            {(!water || water.temperature_valve !== "closed") && (
              <Button disabled={!water} onClick={() => ask("temperature_valve_close")} data-testid="hot-valve-close">
                {t("hotPanel.close")}
              </Button>
            )}
          </span>
        )}
        <small className="a-muted">{t("hotPanel.temperatureValveHint")}</small>
      </div>
      <div className="a-hot-part">
        <small>{t("hotPanel.mainValve")}</small>
        <span>
          <StateBadge meter={meter} testId="hot-main" />
        </span>
        {may && switches && (
          <span className="a-hot-buttons">
            <Button danger={!forced} onClick={() => onDialog(meter.id, forced ? "release" : "trip")} data-testid="hot-main-switch">
              {t(forced ? "meter.buttons.release" : "meter.buttons.trip")}
            </Button>
          </span>
        )}
        <small className="a-muted">{t("hotPanel.mainValveHint")}</small>
      </div>
      {order && (
        <OrderDialog
          key={order.opened}
          meter={meter}
          kind={order.kind}
          target={order.kind === "automatic_on" ? target.toFixed(1) : undefined}
          onClose={() => {
            setOrder(null);
            setTyped(null);
          }}
        />
      )}
    </section>
  );
}
