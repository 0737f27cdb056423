import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Chip } from "@/components/Chip";
import { ExportButton } from "@/components/ExportButton";
import { EmptyState } from "@/components/feedback";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { SearchBar, useAsked } from "@/components/SearchBar";
import { TimeText } from "@/components/TimeText";
import { useAuditAction, useAuditActions, useDetail, useErrorText, useObjectKind } from "@/components/words";
import { useAudit } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";
import type { AuditRow } from "@/types/api";

const isOk = ({ result }: AuditRow) => result === "ok" || result === "created" || result === "exists";

export function AuditPage() {
  const { t } = useTranslation();
  const can = useCan();
  const action = useAuditAction();
  const errorText = useErrorText();
  const inWords = useDetail();
  const kindName = useObjectKind();
  const { asked, change, paging, narrowed } = useAsked("action");
  const { search, choice, from, page, page_size } = asked;
  const audit = useAudit({ search, action: choice, from, page, page_size });
  const actions = useAuditActions();
  const result = (row: AuditRow) => {
    const ok = isOk(row);
    return (
      <Chip bare tone={ok ? "ok" : "bad"} title={ok ? undefined : errorText(row.result)}>
        {ok ? t("audit.ok") : t("audit.refused")}
      </Chip>
    );
  };
  const object = (row: AuditRow) => {
    const [kind = "", ...rest] = row.object.split(/[ /]/);
    const id = rest.join("/");
    const name = kindName(kind);
    if (!name || !id) return row.object || "—";
    const place = kind === "meter" ? "/meters/" : kind === "gateway" ? "/gateways/" : null;
    const text = `${name} ${row.object_name || id}`;
    return place ? <Link to={place + encodeURIComponent(id)}>{text}</Link> : text;
  };
  const detail = (row: AuditRow) =>
    [isOk(row) ? "" : errorText(row.result), inWords(row.detail, row.action)].filter(Boolean).join(" · ") || "—";
  const columns: Column<AuditRow>[] = [
    { key: "at", title: t("audit.at"), always: true, width: 170, render: (_, row) => <TimeText at={row.at} /> },
    { key: "who", title: t("audit.who"), width: 120, dataIndex: "who" },
    { key: "action", title: t("audit.action"), width: 150, render: (_, row) => <b>{action(row.action)}</b> },
    { key: "object", title: t("audit.object"), width: 180, ellipsis: true, render: (_, row) => object(row) },
    { key: "detail", title: t("audit.detail"), width: 330, render: (_, row) => <span className="a-alarm-text">{detail(row)}</span> },
    { key: "result", title: t("audit.result"), width: 110, render: (_, row) => result(row) },
    { key: "address", title: t("audit.address"), width: 130, render: (_, row) => <span className="a-number a-muted">{row.address || "—"}</span> },
  ];
  return (
    <ResourcePage
      name="audit"
      title={t("audit.title")}
      actions={can("audit:export") && <ExportButton path="/audit" query={{ search, action: choice, from }} />}
      filters={
        <SearchBar
          asked={asked}
          change={change}
          choice={{ name: "action", label: t("audit.action"), options: actions.map((value) => ({ value, label: action(value) })) }}
          placeholder={t("audit.searchPlaceholder")}
        />
      }
      columns={columns}
      rows={audit.data?.rows}
      rowKey={(row) => row.id}
      loading={audit.isFetching}
      error={audit.error}
      onReload={() => void audit.refetch()}
      card={(row) => (
        <div className="a-row-card-body">
          <span className="a-row-card-head">
            <b>{action(row.action)}</b>
            {result(row)}
          </span>
          <span>
            {row.who}
            {row.object && <> · {object(row)}</>}
          </span>
          {(row.detail || !isOk(row)) && <span className="a-muted">{detail(row)}</span>}
          <small className="a-muted">
            <TimeText at={row.at} />
          </small>
        </div>
      )}
      empty={
        narrowed ? (
          <EmptyState title={t("audit.noMatch")} hint={t("meter.noMatchHint")} />
        ) : (
          <EmptyState title={t("audit.empty")} hint={t("audit.emptyHint")} />
        )
      }
      paging={paging(audit.data?.total ?? 0)}
    />
  );
}
