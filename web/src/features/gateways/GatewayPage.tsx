import { Progress, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { Configuration } from "./Configuration";
import { Enrolment } from "./Enrolment";
import { GatewayFirmware } from "./firmware/GatewayFirmware";
import { FoundDevices } from "./FoundDevices";
import { OnlineChip, StreamText } from "./gateway-parts";
import { MeterTable } from "./MeterTable";
import { Answer, DeviceHeader } from "@/components/DeviceHeader";
import { Chip } from "@/components/Chip";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { CountText } from "@/components/numbers";
import { ReachBadge } from "@/components/StateBadge";
import { TimeText } from "@/components/TimeText";
import { useEntries, useGateway } from "@/lib/api/queries";
import { useCan, useIsPhone, useSites } from "@/lib/hooks";
import type { Gateway, LineState } from "@/types/api";

type Device = Gateway["device_states"][number];

export function GatewayPage() {
  const { t } = useTranslation();
  const gateway = useGateway(useParams().gateway);
  const can = useCan();
  if (!gateway.data) {
    return (
      <div className="a-scroll">
        {gateway.error ? (
          <ErrorNotice error={gateway.error} what="load" onRetry={() => void gateway.refetch()} />
        ) : (
          <PageSkeleton rows={10} />
        )}
      </div>
    );
  }
  return (
    <div className="a-scroll" data-testid="page-gateway">
      {gateway.error && <ErrorNotice error={gateway.error} what="load" onRetry={() => void gateway.refetch()} stale />}
      <Header gateway={gateway.data} />
      {can("gateway:create") && <Enrolment gateway={gateway.data} />}
      {!gateway.data.since && (
        <section className="a-card a-stack">
          <h2>{t("gateway.connect")}</h2>
          <Configuration site={gateway.data.site} gateway={gateway.data.id} broker={gateway.data.broker} />
        </section>
      )}
      <GatewayFirmware gateway={gateway.data} />
      <section className="a-card">
        <h2>{t("gateway.lines")}</h2>
        <Lines lines={gateway.data.lines} online={gateway.data.online} />
      </section>
      <MeterTable gateway={gateway.data} />
      <FoundDevices gateway={gateway.data} />
      <section className="a-card">
        <h2>
          {t("gateway.deviceList")} <small className="a-muted a-number">{gateway.data.device_states.length}</small>
        </h2>
        <Devices devices={gateway.data.device_states} site={gateway.data.site} />
      </section>
    </div>
  );
}

function Header({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation();
  const sites = useSites();
  const site = sites.data?.find(({ id }) => id === gateway.site)?.name ?? gateway.site;
  const inForce = gateway.archive_version === gateway.archive_reported;
  const can = useCan();
  const entries = useEntries("concentrators", { search: gateway.id, page: 1, page_size: 20 }, can("concentrator:read"));
  const entry = entries.data?.rows.find((row) => row.gateway === gateway.id);
  return (
    <DeviceHeader
      name={gateway.name}
      backTo="/gateways"
      facts={
        <>
          <span>{gateway.id}</span>
          {entry?.asset_number && <span data-testid="concentrator-asset">{`${t("concentrator.asset")} ${String(entry.asset_number)}`}</span>}
          {entry && <span>{String(entry.name)}</span>}
          <span>{site}</span>
          {gateway.software && <span>{gateway.software}</span>}
        </>
      }
      alive={
        <Answer title={t("gateway.state")} below={gateway.since ? <>{t("gateway.sinceColumn")} <TimeText at={gateway.since} ago site={gateway.site} /></> : t("gateway.neverConnected")}>
          <OnlineChip gateway={gateway} />
        </Answer>
      }
      state={
        <Answer
          title={t("gateway.archive")}
          below={
            inForce
              ? t("gateway.archiveSame")
              : t("gateway.archiveDiffers", { wanted: gateway.archive_version, reported: gateway.archive_reported })
          }
        >
          <Chip tone={inForce ? "ok" : "warn"}>
            <span className="a-number">{gateway.archive_version}</span>
          </Chip>
        </Answer>
      }
      amount={
        <Answer
          title={t("gateway.devices")}
          below={
            <Progress
              percent={gateway.devices ? Math.floor((gateway.devices_reachable * 100) / gateway.devices) : 0}
              size="small"
              strokeColor="var(--a-chart1)"
              aria-label={t("gateway.devices")}
            />
          }
        >
          <span className="a-balance">
            <span className="a-number">
              {gateway.devices_reachable} / {gateway.devices}
            </span>
          </span>
        </Answer>
      }
      last={
        <Answer
          title={t("gateway.lastEvent")}
          below={
            <>
              <StreamText gateway={gateway} /> · {t("gateway.started")} <TimeText at={gateway.started_at} ago site={gateway.site} />
            </>
          }
        >
          <TimeText at={gateway.last_event_at} ago site={gateway.site} />
        </Answer>
      }
    />
  );
}

const successOf = ({ ok, timeouts, bad_frames }: { ok: number; timeouts: number; bad_frames: number }) => {
  const all = ok + timeouts + bad_frames;
  return all === 0 ? null : (ok * 100) / all;
};

/** Below this share of good replies a line or meter is worth a look. */
const WORTH_A_LOOK = 95;

function Success(counts: { ok: number; timeouts: number; bad_frames: number }) {
  const share = successOf(counts);
  if (share === null) return <span className="a-muted">—</span>;
  return <span className={`a-number${share < WORTH_A_LOOK ? " a-tone-text-warn" : ""}`}>{share.toFixed(1)}%</span>;
}

/** What a lost gateway said last about its lines is no news of them. */
function Lines({ lines, online }: { lines: LineState[]; online: boolean }) {
  const { t } = useTranslation();
  if (lines.length === 0) return <p className="a-muted">{t("gateway.noLines")}</p>;
  return (
    <div className="a-lines">
      {lines.map((line) => (
        <article key={line.id} className="a-line" data-testid="line">
          <header>
            <b>{line.id}</b>
            <Chip bare tone={!online ? "idle" : line.up ? "ok" : "bad"}>
              {t(!online ? "gateway.lineUnknown" : line.up ? "gateway.up" : "gateway.down")}
            </Chip>
          </header>
          <code>{line.uri}</code>
          <div className="a-line-busy">
            <small>{t("gateway.busy")}</small>
            <Progress
              percent={line.busy_permille / 10}
              size="small"
              aria-label={t("gateway.busy")}
              format={(percent) => `${percent?.toFixed(1)}%`}
              strokeColor={line.busy_permille > 900 ? "var(--a-chart2)" : "var(--a-chart1)"}
            />
          </div>
          <dl>
            <Stat name={t("gateway.success")} value={<Success {...line} />} />
            <Stat name={t("gateway.ok")} value={<CountText value={line.ok} />} />
            <Stat name={t("gateway.timeouts")} value={<CountText value={line.timeouts} />} />
            <Stat name={t("gateway.badFrames")} value={<CountText value={line.bad_frames} />} />
          </dl>
        </article>
      ))}
    </div>
  );
}

function Stat({ name, value }: { name: React.ReactNode; value: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Devices({ devices, site }: { devices: Device[]; site: string }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  if (devices.length === 0) return <EmptyState small title={t("gateway.noDevices")} hint={t("gateway.noDevicesHint")} />;
  if (phone) {
    return devices.map((device) => (
      <dl key={device.id} className="a-record">
        <Stat name={<Link to={`/meters/${device.meter}`}>{device.name}</Link>} value={<ReachBadge reachable={device.reachable} />} />
        <Stat name={t("gateway.success")} value={<Success {...device} />} />
        <Stat name={t("gateway.p99")} value={<CountText value={device.p99_ms} />} />
        <Stat name={t("gateway.lastSeen")} value={<TimeText at={device.last_seen} ago site={site} />} />
      </dl>
    ));
  }
  return (
    <Table<Device>
      size="small"
      pagination={devices.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      rowKey="id"
      dataSource={devices}
      scroll={{ x: "max-content" }}
      columns={[
        {
          key: "name",
          title: t("meter.name"),
          fixed: "left",
          width: 150,
          render: (_, device) => (
            <Link to={`/meters/${device.meter}`} className="a-strong-link">
              {device.name}
            </Link>
          ),
        },
        { key: "address", title: t("meter.address"), width: 130, render: (_, device) => <span className="a-number a-muted">{device.address}</span> },
        {
          key: "line",
          title: t("gateway.line"),
          width: 90,
          dataIndex: "line",
          filters: [...new Set(devices.map(({ line }) => line))].map((line) => ({ text: line, value: line })),
          onFilter: (line, device) => device.line === line,
        },
        {
          key: "reach",
          title: t("meter.online"),
          width: 90,
          render: (_, device) => <ReachBadge reachable={device.reachable} />,
          sorter: (a, b) => Number(a.reachable) - Number(b.reachable),
        },
        { key: "seen", title: t("gateway.lastSeen"), width: 110, render: (_, device) => <TimeText at={device.last_seen} ago site={site} /> },
        {
          key: "success",
          title: t("gateway.success"),
          width: 90,
          align: "right",
          render: (_, device) => <Success {...device} />,
          sorter: (a, b) => (successOf(a) ?? 0) - (successOf(b) ?? 0),
        },
        ...(["ok", "timeouts", "bad_frames", "p50_ms", "p99_ms"] as const).map((name) => ({
          key: name,
          title: t(`gateway.${({ ok: "ok", timeouts: "timeouts", bad_frames: "badFrames", p50_ms: "p50", p99_ms: "p99" } as const)[name]}`),
          width: name.endsWith("ms") ? 132 : 80,
          align: "right" as const,
          render: (_: unknown, device: Device) => <CountText value={device[name]} />,
          sorter: (a: Device, b: Device) => a[name] - b[name],
        })),
      ]}
    />
  );
}
