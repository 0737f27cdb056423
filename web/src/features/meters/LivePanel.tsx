// Momentary voltage, current and power while somebody really looks: asked for with the live command, which runs out by
// itself, and renewed only while this page is open and visible.
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { Flash } from "@/components/Flash";
import { useAgo } from "@/components/TimeText";
import { useLiveValues } from "@/lib/api/queries";
import { orderCommand } from "@/lib/api/requests";
import { newId } from "@/lib/ids";
import { useCan, useNow, useVisible } from "@/lib/hooks";
import type { Meter } from "@/types/api";

/** One order lasts a minute and is renewed a little before. */
const LAST_S = 60;
const RENEW_MS = 55_000;
/** Older values are no longer called live. */
const FRESH_MS = 20_000;

export function LivePanel({ meter }: { meter: Meter }) {
  const { t } = useTranslation();
  const visible = useVisible();
  const can = useCan();
  const ask = visible && meter.reachable && can("meter:switch");
  const { id } = meter;
  useEffect(() => {
    if (!ask) return;
    // A refusal costs nothing but the picture: the panel then says that it waits.
    const order = () => void orderCommand(id, { id: newId(), kind: "live", seconds: LAST_S }).catch(() => undefined);
    order();
    const timer = setInterval(order, RENEW_MS);
    return () => clearInterval(timer);
  }, [ask, id]);
  const { data: live } = useLiveValues(id);
  const ago = useAgo();
  const now = useNow(5000);
  const fresh = live !== undefined && now - live.at < FRESH_MS;
  const values = [
    ["voltage", live?.voltage_v],
    ["current", live?.current_a],
    ["power", live?.power_kw],
    ["energy", live?.energy_kwh],
  ] as const;
  return (
    <section className={`a-card a-live${fresh ? "" : " a-stale"}`} data-testid="live-panel">
      <span className="a-live-title">
        <span className={`a-dot${fresh ? " a-dot-on" : ""}`} /> {t("header.live")}
        <small>{live ? ago(live.at) : t(meter.reachable ? "header.liveOff" : "header.dead")}</small>
      </span>
      {values.map(([name, value]) => (
        <span key={name} className="a-live-value">
          <small>{t(`header.${name}`)}</small>
          <b className="a-number" data-testid={`live-${name}`}>
            <Flash on={value}>{value ?? "—"}</Flash>
          </b>
        </span>
      ))}
    </section>
  );
}
