import { CheckCircleOutlined } from "@ant-design/icons";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { TimeText } from "@/components/TimeText";
import { useAlarmName, useAlarmText } from "@/components/words";
import { useAlarms } from "@/lib/api/queries";
import type { Alarm } from "@/types/api";

export function AlarmsPage() {
  const { t } = useTranslation();
  const name = useAlarmName();
  const text = useAlarmText();
  const detail = (alarm: Alarm) => {
    const { hint, detail } = text(alarm);
    return (
      <span className="a-alarm-text" title={hint}>
        {hint || detail}
        {hint && detail && <small className="a-muted a-block">{detail}</small>}
      </span>
    );
  };
  const [parameters, setParameters] = useSearchParams();
  const all = parameters.get("show") === "all";
  const page = Math.max(1, Math.trunc(Number(parameters.get("page"))) || 1);
  const size = Math.min(100, Math.max(1, Math.trunc(Number(parameters.get("page_size"))) || 20));
  const alarms = useAlarms({ active: all ? undefined : true, page, page_size: size });
  const change = (next: Record<string, string | number>) =>
    setParameters(Object.fromEntries(Object.entries({ show: all ? "all" : "active", page_size: size, ...next }).map(([k, v]) => [k, String(v)])));
  const object = (alarm: Alarm) =>
    alarm.meter ? (
      <Link to={`/meters/${alarm.meter}`}>{alarm.meter_name ?? alarm.meter}</Link>
    ) : alarm.gateway ? (
      <Link to={`/gateways/${encodeURIComponent(alarm.gateway)}`}>{alarm.gateway}</Link>
    ) : (
      "—"
    );
  const severity = (alarm: Alarm) => (
    <Chip tone={!alarm.active ? "idle" : alarm.severity === "critical" ? "bad" : "warn"}>{t(`alarm.severities.${alarm.severity}`)}</Chip>
  );
  const columns: Column<Alarm>[] = [
    { key: "code", title: t("alarm.code"), always: true, fixed: "left", width: 150, render: (_, alarm) => <b>{name(alarm.code)}</b> },
    { key: "severity", title: t("alarm.severity"), width: 92, render: (_, alarm) => severity(alarm) },
    {
      key: "state",
      title: t("alarm.state"),
      width: 100,
      render: (_, alarm) => (
        <Chip bare tone={alarm.active ? "warn" : "ok"}>
          {t(alarm.active ? "alarm.active" : "alarm.cleared")}
        </Chip>
      ),
    },
    { key: "object", title: t("alarm.object"), width: 140, ellipsis: true, render: (_, alarm) => object(alarm) },
    { key: "detail", title: t("alarm.detail"), width: 420, render: (_, alarm) => detail(alarm) },
    { key: "raised", title: t("alarm.raised"), width: 170, render: (_, alarm) => <TimeText at={alarm.raised_at} /> },
    { key: "cleared", title: t("alarm.clearedAt"), width: 170, render: (_, alarm) => <TimeText at={alarm.cleared_at} /> },
  ];
  return (
    <ResourcePage
      name="alarms"
      title={t("alarm.title")}
      actions={
        <Segmented
          value={all ? "all" : "active"}
          onChange={(show) => change({ show, page: 1 })}
          options={[
            { value: "active", label: t("alarm.onlyActive") },
            { value: "all", label: t("alarm.everything") },
          ]}
        />
      }
      columns={columns}
      rows={alarms.data?.rows}
      rowKey={(alarm) => alarm.id}
      rowTestId="alarm-row"
      loading={alarms.isFetching}
      error={alarms.error}
      onReload={() => void alarms.refetch()}
      card={(alarm) => (
        <div className="a-row-card-body">
          <span className="a-row-card-head">
            <b>{name(alarm.code)}</b>
            {severity(alarm)}
          </span>
          <span>{object(alarm)}</span>
          {detail(alarm)}
          <small className="a-muted">
            <TimeText at={alarm.raised_at} /> · {t(alarm.active ? "alarm.active" : "alarm.cleared")}
          </small>
        </div>
      )}
      empty={<EmptyState icon={<CheckCircleOutlined />} title={t("alarm.empty")} hint={t("alarm.emptyHint")} />}
      paging={{
        page,
        size,
        total: alarms.data?.total ?? 0,
        onChange: (next, page_size) => change({ page: page_size === size ? next : 1, page_size }),
      }}
    />
  );
}
