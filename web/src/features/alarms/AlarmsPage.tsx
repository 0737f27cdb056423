import { CheckCircleOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { ClearAlarm } from "./ClearAlarm";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { SearchBar, useAsked } from "@/components/SearchBar";
import { TimeText } from "@/components/TimeText";
import { useAlarmName, useAlarmText, useCodes } from "@/components/words";
import { useAlarms } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";
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
  const can = useCan();
  const [clearing, setClearing] = useState<Alarm | null>(null);
  const { asked, change, paging, narrowed } = useAsked("code");
  const all = useSearchParams()[0].get("show") === "all";
  const { search, choice: code, from, page, page_size } = asked;
  const alarms = useAlarms({ active: all ? undefined : true, search, code, from, page, page_size });
  const codes = useCodes("alarmCode");
  const clear = (alarm: Alarm) =>
    alarm.clearable &&
    can("alarm:clear") && (
      <Button type="link" size="small" onClick={() => setClearing(alarm)} data-testid="alarm-clear">
        {t("alarm.clear")}
      </Button>
    );
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
  const stateColumn: Column<Alarm> = {
    key: "state",
    title: t("alarm.state"),
    width: 100,
    render: (_, alarm) => (
      <Chip bare tone={alarm.active ? "warn" : "ok"}>
        {t(alarm.active ? "alarm.active" : "alarm.cleared")}
      </Chip>
    ),
  };
  const clearedColumn: Column<Alarm> = {
    key: "cleared",
    title: t("alarm.clearedAt"),
    width: 170,
    render: (_, alarm) => <TimeText at={alarm.cleared_at} />,
  };
  const columns: Column<Alarm>[] = [
    { key: "code", title: t("alarm.code"), always: true, fixed: "left", width: 150, render: (_, alarm) => <b>{name(alarm.code)}</b> },
    { key: "severity", title: t("alarm.severity"), width: 92, render: (_, alarm) => severity(alarm) },
    ...(all ? [stateColumn] : []),
    { key: "object", title: t("alarm.object"), width: 140, ellipsis: true, render: (_, alarm) => object(alarm) },
    { key: "detail", title: t("alarm.detail"), width: 420, render: (_, alarm) => detail(alarm) },
    { key: "raised", title: t("alarm.raised"), width: 170, render: (_, alarm) => <TimeText at={alarm.raised_at} /> },
    ...(all ? [clearedColumn] : []),
    { key: "actions", title: t("common.actions"), always: true, fixed: "right", width: 96, render: (_, alarm) => clear(alarm) || null },
  ];
  return (
    <>
      <ResourcePage
        name="alarms"
        title={t("alarm.title")}
        actions={
          <Segmented
            value={all ? "all" : "active"}
            onChange={(show) => change({ show: show === "all" ? show : undefined, page: undefined })}
            options={[
              { value: "active", label: t("alarm.onlyActive") },
              { value: "all", label: t("alarm.everything") },
            ]}
          />
        }
        filters={
          <SearchBar
            asked={asked}
            change={change}
            choice={{ name: "code", label: t("alarm.code"), options: codes.map((value) => ({ value, label: name(value) })) }}
            placeholder={t("alarm.searchPlaceholder")}
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
            <span className="a-row-card-line">
              <small className="a-muted">
                <TimeText at={alarm.raised_at} /> · {t(alarm.active ? "alarm.active" : "alarm.cleared")}
              </small>
              {clear(alarm)}
            </span>
          </div>
        )}
        empty={
          narrowed ? (
            <EmptyState title={t("alarm.noMatch")} hint={t("meter.noMatchHint")} />
          ) : (
            <EmptyState icon={<CheckCircleOutlined />} title={t("alarm.empty")} hint={t("alarm.emptyHint")} />
          )
        }
        paging={paging(alarms.data?.total ?? 0)}
      />
      {clearing && <ClearAlarm alarm={clearing} onClose={() => setClearing(null)} />}
    </>
  );
}
