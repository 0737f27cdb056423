// What becomes of the orders: how many stand where, one click for those alone, and each gateway with its step.
import { Select, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { compareVersions } from "./fit";
import { toneOf, UpgradeState, Withdraw } from "./parts";
import { groupOf, GROUPS, summaryOf, type Group } from "./upgrade";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { useIsPhone } from "@/lib/hooks";
import type { GatewayRow, Upgrade } from "@/types/api";

type Ordered = GatewayRow & { upgrade: Upgrade };

const PAGE = 20;

/** allowed: to withdraw */
export function ProgressCard({ gateways, allowed }: { gateways: GatewayRow[]; allowed: boolean }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [asked, setAsked] = useSearchParams();
  const all = gateways.filter((each): each is Ordered => Boolean(each.upgrade)).sort((a, b) => b.upgrade.ordered_at - a.upgrade.ordered_at);
  const version = asked.get("version");
  const group = GROUPS.find((each) => each === asked.get("state")) ?? null;
  const versions = [...new Set(all.map(({ upgrade }) => upgrade.version))].sort((a, b) => compareVersions(b, a));
  const batch = all.filter(({ upgrade }) => version === null || upgrade.version === version);
  const sums = summaryOf(batch.map(({ upgrade }) => upgrade));
  const rows = batch.filter(({ upgrade }) => group === null || groupOf(upgrade.step) === group);
  const ask = (name: string, value: string | null) => {
    const next = new URLSearchParams(asked);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setAsked(next, { replace: true });
  };
  const count = (each: Group | null, n: number) => (
    <button
      key={each ?? "every"}
      type="button"
      className={`a-upgrade-count${group === each ? " a-upgrade-count-on" : ""}`}
      aria-pressed={group === each}
      onClick={() => ask("state", each)}
      data-testid={`upgrade-count-${each ?? "every"}`}
    >
      {each ? (
        <Chip bare tone={n > 0 ? toneOf[each] : "idle"}>
          {t(`firmware.groups.${each}`)}
        </Chip>
      ) : (
        t("firmware.every")
      )}{" "}
      <b className="a-number">{n}</b>
    </button>
  );
  const link = ({ id, name }: Ordered) => (
    <Link to={`/gateways/${encodeURIComponent(id)}`} className="a-strong-link">
      {name}
    </Link>
  );
  return (
    <section className="a-card a-stack" data-testid="upgrade-progress">
      <div className="a-card-head">
        <h2>{t("firmware.progress")}</h2>
        {versions.length > 1 && (
          <Select
            value={version ?? ""}
            onChange={(value) => ask("version", value || null)}
            options={[{ value: "", label: t("firmware.everyRelease") }, ...versions.map((each) => ({ value: each, label: each }))]}
            aria-label={t("firmware.to")}
            data-testid="upgrade-version"
          />
        )}
      </div>
      {all.length > 0 && <div className="a-upgrade-counts">{[count(null, batch.length), ...GROUPS.filter((each) => each !== "withdrawn" || sums[each] > 0 || group === each).map((each) => count(each, sums[each]))]}</div>}
      {all.length === 0 ? (
        <EmptyState small title={t("firmware.progressNone")} hint={t("firmware.progressNoneHint")} />
      ) : rows.length === 0 ? (
        <p className="a-muted">{t("firmware.progressNoneOf")}</p>
      ) : phone ? (
        rows.map((row) => (
          <div key={row.id} className="a-record a-stack" data-testid="upgrade-row" data-id={row.id}>
            <span className="a-row-card-head">
              {link(row)}
              <span className="a-number">{row.upgrade.version}</span>
            </span>
            <UpgradeState upgrade={row.upgrade} hint />
            <span className="a-card-head">
              <small className="a-muted">
                <TimeText at={row.upgrade.at ?? row.upgrade.ordered_at} ago site={row.site} /> · {row.upgrade.ordered_by}
              </small>
              {allowed && <Withdraw gateway={row} />}
            </span>
          </div>
        ))
      ) : (
        <Table<Ordered>
          size="small"
          rowKey="id"
          dataSource={rows}
          pagination={rows.length > PAGE ? { pageSize: PAGE, showSizeChanger: false } : false}
          scroll={{ x: 860 }}
          onRow={(row) => ({ className: "", "data-testid": "upgrade-row", "data-id": row.id })}
          columns={[
            { key: "name", title: t("firmware.gateway"), fixed: "left", width: 170, render: (_, row) => link(row) },
            { key: "to", title: t("firmware.to"), width: 96, render: (_, { upgrade }) => <span className="a-number">{upgrade.version}</span> },
            { key: "step", title: t("firmware.step"), width: 380, render: (_, { upgrade }) => <UpgradeState upgrade={upgrade} /> },
            { key: "at", title: t("firmware.since"), width: 112, render: (_, { upgrade, site }) => <TimeText at={upgrade.at} ago site={site} /> },
            { key: "by", title: t("firmware.by"), width: 96, ellipsis: true, render: (_, { upgrade }) => upgrade.ordered_by },
            ...(allowed ? [{ key: "actions", title: t("common.actions"), width: 88, fixed: "right" as const, render: (_: unknown, row: Ordered) => <span className="a-row-actions"><Withdraw gateway={row} link /></span> }] : []),
          ]}
        />
      )}
    </section>
  );
}
