// 固件升级: the releases that there are, who is ordered to them, and what becomes of it.
import { CloudUploadOutlined, ReloadOutlined } from "@ant-design/icons";
import { App, Button, Table } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { compareVersions } from "./fit";
import { useRefusal } from "./parts";
import { ProgressCard } from "./ProgressCard";
import { isOver } from "./upgrade";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { CountText } from "@/components/numbers";
import { RowActions, ActionSheet, widthOfActions, type RowAction } from "@/components/RowActions";
import { TimeText } from "@/components/TimeText";
import { useGateways } from "@/lib/api/queries";
import { removeRelease, UPGRADE, useReleaseChange, useReleases } from "@/lib/api/releases";
import { sizeText } from "@/lib/file-size";
import { useCan, useIsPhone } from "@/lib/hooks";
import type { Release } from "@/types/api";
import "./firmware.css";

const UploadDialog = lazy(async () => ({ default: (await import("./UploadDialog")).UploadDialog }));
const OrderDialog = lazy(async () => ({ default: (await import("./OrderDialog")).OrderDialog }));

type Open = "upload" | { release: number } | null;

export function FirmwarePage() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const phone = useIsPhone();
  const can = useCan();
  const refusal = useRefusal();
  const releases = useReleases();
  const gateways = useGateways();
  const [open, setOpen] = useState<Open>(null);
  const remove = useReleaseChange(({ id }: Release) => removeRelease(id), (_, { version }) => void message.success(t("firmware.removeDone", { version })));
  const allowed = can(UPGRADE);
  const rows = releases.data && [...releases.data].sort((a, b) => compareVersions(b.version, a.version) || a.architecture.localeCompare(b.architecture));
  /** " (A, B)": the gateways on their way to it, as far as this session sees them. */
  const inTheWay = ({ id }: Release) => {
    const names = (gateways.data ?? []).filter(({ upgrade }) => upgrade && upgrade.release === id && !isOver(upgrade.step)).map(({ name }) => name);
    return names.length > 0 ? ` (${names.join(", ")})` : "";
  };
  const ask = (release: Release) =>
    modal.confirm({
      title: t("firmware.removeTitle", release),
      content: t("firmware.removeWhat"),
      okText: t("firmware.remove"),
      okButtonProps: { danger: true, "data-testid": "release-remove-confirm" },
      cancelText: t("common.cancel"),
      onOk: () => remove.mutateAsync(release).catch((error: unknown) => void message.error(refusal(error, "remove", inTheWay(release)), 8)),
    });
  const actionsOf = (release: Release): RowAction[] => [
    { name: "order", label: t("firmware.order"), run: () => setOpen({ release: release.id }) },
    ...(release.own ? [{ name: "remove", label: t("firmware.remove"), danger: true, run: () => ask(release) }] : []),
  ];
  const upload = allowed && (
    <Button type="primary" icon={<CloudUploadOutlined />} onClick={() => setOpen("upload")} data-testid="release-upload">
      {t("firmware.upload")}
    </Button>
  );
  const reload = () => {
    void releases.refetch();
    void gateways.refetch();
  };
  return (
    <div className="a-scroll" data-testid="page-firmware">
      <header className="a-page-head">
        <div>
          <h1>{t("firmware.title")}</h1>
          {!phone && <p>{t("firmware.subtitle")}</p>}
        </div>
        <div className="a-page-tools">
          {upload}
          <Button icon={<ReloadOutlined />} onClick={reload} aria-label={t("common.refresh")} data-testid="list-refresh" />
        </div>
      </header>
      {releases.error && <ErrorNotice error={releases.error} what="load" onRetry={reload} stale={Boolean(rows)} />}
      {rows?.length === 0 ? (
        <section className="a-card">
          <EmptyState title={t("firmware.empty")} hint={t(allowed ? "firmware.emptyHint" : "firmware.emptyReader")} action={upload} />
        </section>
      ) : rows ? (
        <section className="a-card a-stack">
          <h2>
            {t("firmware.releases")} <small className="a-muted a-number">{rows.length}</small>
          </h2>
          {phone ? rows.map((row) => <ReleaseCard key={row.id} release={row} actions={allowed ? actionsOf(row) : []} />) : <ReleaseTable rows={rows} actions={allowed ? actionsOf : null} />}
        </section>
      ) : (
        !releases.error && <PageSkeleton rows={4} />
      )}
      {gateways.error && <ErrorNotice error={gateways.error} what="load" onRetry={reload} stale={Boolean(gateways.data)} />}
      {gateways.data && <ProgressCard gateways={gateways.data} allowed={allowed} />}
      {open && allowed && (
        <Suspense>
          {open === "upload" ? (
            <UploadDialog onClose={() => setOpen(null)} />
          ) : (
            <OrderDialog
              release={open.release}
              onClose={(n) => {
                setOpen(null);
                if (n > 0) void message.success(t("firmware.ordered", { n }));
              }}
            />
          )}
        </Suspense>
      )}
    </div>
  );
}

function Signed({ release }: { release: Release }) {
  const { t } = useTranslation();
  return release.signed_by ? (
    <span>{release.signed_by}</span>
  ) : (
    <span className="a-muted" title={t("firmware.unsignedHint")}>
      {t("firmware.unsigned")}
    </span>
  );
}

function ReleaseTable({ rows, actions }: { rows: Release[]; actions: ((release: Release) => RowAction[]) | null }) {
  const { t } = useTranslation();
  return (
    <Table<Release>
      size="small"
      rowKey="id"
      dataSource={rows}
      pagination={rows.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
      scroll={{ x: 934 + (actions ? 150 : 0) }}
      onRow={({ id }) => ({ className: "", "data-testid": "release-row", "data-id": id })}
      columns={[
        { key: "version", title: t("firmware.version"), fixed: "left", width: 84, render: (_, { version }) => <b className="a-number">{version}</b> },
        { key: "architecture", title: t("firmware.architecture"), width: 94, dataIndex: "architecture" },
        { key: "size", title: t("firmware.size"), width: 80, align: "right", render: (_, { size }) => <span className="a-number">{sizeText(size)}</span> },
        { key: "minimum", title: t("firmware.minimum"), width: 104, render: (_, { minimum }) => <span className="a-number">{minimum}</span> },
        { key: "signed", title: t("firmware.signedBy"), width: 120, ellipsis: true, render: (_, release) => <Signed release={release} /> },
        { key: "note", title: t("firmware.note"), width: 140, ellipsis: true, render: (_, { note }) => note || "—" },
        { key: "uploaded", title: t("firmware.uploaded"), width: 140, ellipsis: true, render: (_, { by, at }) => (<>{by} · <TimeText at={at} ago /></>) },
        { key: "wanted", title: t("firmware.wanted"), width: 84, align: "right", render: (_, { wanted }) => <CountText value={wanted} /> },
        { key: "installed", title: t("firmware.installed"), width: 88, align: "right", render: (_, { installed }) => <CountText value={installed} /> },
        ...(actions
          ? [
              {
                key: "actions",
                title: t("common.actions"),
                fixed: "right" as const,
                width: widthOfActions(rows.map(actions), t("common.more")),
                render: (_: unknown, release: Release) => <RowActions actions={actions(release)} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function ReleaseCard({ release, actions }: { release: Release; actions: RowAction[] }) {
  const { t } = useTranslation();
  return (
    <div className="a-record a-row-card" data-testid="release-row" data-id={release.id}>
      <div className="a-row-card-body">
        <span className="a-row-card-head">
          <b className="a-number">{release.version}</b>
          <span>{release.architecture}</span>
        </span>
        {release.note && <span>{release.note}</span>}
        <span className="a-row-card-numbers">
          <span>
            <small>{t("firmware.size")}</small>
            <span className="a-number">{sizeText(release.size)}</span>
          </span>
          <span>
            <small>{t("firmware.wanted")}</small>
            <CountText value={release.wanted} />
          </span>
          <span>
            <small>{t("firmware.installed")}</small>
            <CountText value={release.installed} />
          </span>
        </span>
        <small className="a-muted">
          <Signed release={release} /> · {release.by} · <TimeText at={release.at} ago />
        </small>
      </div>
      <ActionSheet title={release.version} actions={actions} />
    </div>
  );
}
