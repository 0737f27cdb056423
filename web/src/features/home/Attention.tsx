// What somebody should look at now: lost gateways, critical and newest alarms, homes in arrears.
import { CheckCircleOutlined } from "@ant-design/icons";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Chip, type Tone } from "@/components/Chip";
import { EmptyState, ErrorNotice } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { useAlarmName, useAlarmText } from "@/components/words";
import { useAlarms, useGateways, useMeters } from "@/lib/api/queries";
import { format, MONEY, parse } from "@/lib/decimal";
import { useCan } from "@/lib/hooks";

const MOST = 7;
type Item = { key: string; to: string; tone: Tone; kind: string; name: string; text: ReactNode; at?: number | null };

export function Attention() {
  const { t } = useTranslation();
  const can = useCan();
  const alarmName = useAlarmName();
  const alarmText = useAlarmText();
  const alarms = useAlarms({ active: true, page: 1, page_size: 20 }, can("alarm:read"));
  const arrears = useMeters({ account_state: "arrears", page: 1, page_size: 5 }, can("meter:read"));
  const lost = useMeters({ reachable: false, page: 1, page_size: 5 }, can("meter:read"));
  const gateways = useGateways(can("gateway:read"));
  const offline = new Set(gateways.data?.filter(({ online }) => !online).map(({ id }) => id));
  const error = alarms.error ?? arrears.error ?? lost.error ?? gateways.error;
  if (alarms.isLoading || arrears.isLoading || gateways.isLoading) return <Skeleton active paragraph={{ rows: 5 }} />;
  const items: Item[] = [
    ...(gateways.data ?? [])
      .filter(({ online }) => !online)
      .map((gateway) => ({
        key: `g${gateway.id}`,
        to: `/gateways/${encodeURIComponent(gateway.id)}`,
        tone: "bad" as const,
        kind: t("alarmCode.gateway_offline"),
        name: gateway.name,
        text: t("home.gatewayOffline", { n: gateway.devices }),
        at: gateway.since,
      })),
    ...(alarms.data?.rows ?? [])
      .filter(({ code }) => code !== "gateway_offline" && code !== "arrears")
      .sort((a, b) => Number(b.severity === "critical") - Number(a.severity === "critical") || b.raised_at - a.raised_at)
      .map((alarm) => ({
        key: `a${alarm.id}`,
        to: alarm.meter ? `/meters/${alarm.meter}` : alarm.gateway ? `/gateways/${encodeURIComponent(alarm.gateway)}` : "/alarms",
        tone: alarm.severity === "critical" ? ("bad" as const) : ("warn" as const),
        kind: alarmName(alarm.code),
        name: alarm.meter_name ?? alarm.gateway ?? "",
        text: alarmText(alarm).hint || alarmText(alarm).detail,
        at: alarm.raised_at,
      })),
    // A lost gateway is one matter, not one for each of its meters.
    ...(lost.data?.rows ?? [])
      .filter(({ gateway, last_reading }) => !offline.has(gateway) && last_reading)
      .map((meter) => ({
        key: `l${meter.id}`,
        to: `/meters/${meter.id}`,
        tone: "warn" as const,
        kind: t("home.meterLost"),
        name: meter.name,
        text: t("home.meterLostHint"),
        at: meter.last_reading?.at,
      })),
    ...(arrears.data?.rows ?? []).map((meter) => ({
      key: `m${meter.id}`,
      to: `/meters/${meter.id}`,
      tone: "bad" as const,
      kind: t("meter.accounts.arrears"),
      name: meter.name,
      text: t("home.balanceLow", { balance: format(parse(meter.balance, MONEY) ?? 0n, MONEY) }),
    })),
  ];
  return (
    <>
      {error && <ErrorNotice error={error} what="load" stale />}
      {items.length === 0 ? (
        !error && <EmptyState small icon={<CheckCircleOutlined />} title={t("home.nothing")} hint={t("home.nothingHint")} />
      ) : (
        <ul className="a-attention" data-testid="home-attention">
          {pick(items).map((item) => (
            <li key={item.key}>
              <Link to={item.to}>
                <Chip tone={item.tone}>{item.kind}</Chip>
                <b>{item.name}</b>
                <span className="a-attention-text" title={typeof item.text === "string" ? item.text : undefined}>{item.text}</span>
                <small className="a-muted">{item.at ? <TimeText at={item.at} ago /> : null}</small>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Red before amber, the order inside kept. */
const pick = (items: Item[]) =>
  [...items.filter(({ tone }) => tone === "bad"), ...items.filter(({ tone }) => tone !== "bad")].slice(0, MOST);
