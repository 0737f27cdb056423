import { CloudSyncOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";

import { AddGateway } from "./AddGateway";
import { versionOf } from "./firmware/fit";
import { isOver } from "./firmware/upgrade";
import { OnlineChip, StreamText } from "./gateway-parts";
import { EmptyState } from "@/components/feedback";
import { CountText } from "@/components/numbers";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { TimeText } from "@/components/TimeText";
import { useGateways } from "@/lib/api/queries";
import { useCan, useIsPhone, useSites } from "@/lib/hooks";
import type { GatewayRow } from "@/types/api";

const pathOf = (gateway: GatewayRow) => `/gateways/${encodeURIComponent(gateway.id)}`;

export function GatewayListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const phone = useIsPhone();
  const can = useCan();
  const gateways = useGateways();
  const [parameters, setParameters] = useSearchParams();
  // Who comes with ?add means the form, once: Back and a reload then show the list.
  const [adding, setAdding] = useState(() => parameters.has("add"));
  useEffect(() => {
    if (parameters.has("add")) setParameters({}, { replace: true });
  }, [parameters, setParameters]);
  const add = can("gateway:create") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)} data-testid="gateway-add">
      {t("gateway.add")}
    </Button>
  );
  const sites = useSites();
  const siteName = (id: string) => sites.data?.find((site) => site.id === id)?.name ?? id;
  const devices = (gateway: GatewayRow) => (
    <span className={gateway.devices_reachable < gateway.devices ? "a-tone-text-warn" : ""}>
      <CountText value={gateway.devices_reachable} /> / <CountText value={gateway.devices} />
    </span>
  );
  const columns: Column<GatewayRow>[] = [
    {
      key: "name",
      title: t("gateway.name"),
      always: true,
      fixed: "left",
      width: 150,
      render: (_, gateway) => (
        <Link to={pathOf(gateway)} className="a-strong-link">
          {gateway.name}
        </Link>
      ),
    },
    { key: "id", title: t("gateway.id"), width: 110, dataIndex: "id" },
    { key: "state", title: t("gateway.state"), width: 104, render: (_, gateway) => <OnlineChip gateway={gateway} /> },
    { key: "devices", title: t("gateway.devices"), width: 110, align: "right", render: (_, gateway) => devices(gateway) },
    {
      key: "alarms",
      title: t("gateway.alarms"),
      width: 80,
      align: "right",
      render: (_, gateway) => (
        <span className={gateway.alarms > 0 ? "a-tone-text-bad" : "a-muted"}>
          <CountText value={gateway.alarms} />
        </span>
      ),
    },
    { key: "stream", title: t("gateway.stream"), width: 118, render: (_, gateway) => <StreamText gateway={gateway} /> },
    {
      key: "lastEvent",
      title: t("gateway.lastEvent"),
      width: 110,
      render: (_, gateway) => <TimeText at={gateway.last_event_at} ago site={gateway.site} />,
    },
    { key: "since", title: t("gateway.sinceColumn"), width: 112, render: (_, gateway) => <TimeText at={gateway.since} ago site={gateway.site} /> },
    { key: "site", title: t("gateway.site"), width: 120, ellipsis: true, render: (_, gateway) => siteName(gateway.site) },
    { key: "software", title: t("gateway.software"), width: 170, ellipsis: true, render: (_, gateway) => <Software gateway={gateway} /> },
  ];
  return (
    <>
      <ResourcePage
        name="gateways"
        title={t("gateway.title")}
        subtitle={t("gateway.subtitle")}
        actions={
          <>
            {!phone && (
              <Button icon={<CloudSyncOutlined />} onClick={() => void navigate("/device/firmware")} data-testid="gateway-firmware-page">
                {t("firmware.title")}
              </Button>
            )}
            {add}
          </>
        }
        columns={columns}
        rows={gateways.data}
        rowKey={(gateway) => gateway.id}
        rowTestId="gateway-row"
        loading={gateways.isFetching}
        error={gateways.error}
        onReload={() => void gateways.refetch()}
        onOpen={(gateway) => void navigate(pathOf(gateway))}
        card={(gateway) => (
          <Link to={pathOf(gateway)} className="a-row-card-body">
            <span className="a-row-card-head">
              <b>{gateway.name}</b>
              <OnlineChip gateway={gateway} />
            </span>
            <span className="a-row-card-numbers">
              <span>
                <small>{t("gateway.devices")}</small>
                {devices(gateway)}
              </span>
              <span>
                <small>{t("gateway.stream")}</small>
                <StreamText gateway={gateway} />
              </span>
              <span>
                <small>{t("gateway.lastEvent")}</small>
                <TimeText at={gateway.last_event_at} ago site={gateway.site} />
              </span>
            </span>
          </Link>
        )}
        empty={<EmptyState title={t("gateway.empty")} hint={t("gateway.emptyHint")} action={add} />}
      />
      {adding && can("gateway:create") && <AddGateway onClose={() => setAdding(false)} />}
    </>
  );
}

/** What it runs, and what it is on its way to. */
function Software({ gateway }: { gateway: GatewayRow }) {
  const { t } = useTranslation();
  const { upgrade } = gateway;
  const running = gateway.software || "—";
  if (!upgrade || isOver(upgrade.step)) return running;
  return (
    <span className="a-number" title={t(`firmware.steps.${upgrade.step}`, { defaultValue: upgrade.step })}>
      {versionOf(gateway.software) ?? running} → {upgrade.version}
    </span>
  );
}
