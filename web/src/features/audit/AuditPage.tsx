import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { TimeText } from "@/components/TimeText";
import { useAuditAction, useErrorText } from "@/components/words";
import { useAudit } from "@/lib/api/queries";
import type { AuditRow } from "@/types/api";

const isOk = ({ result }: AuditRow) => result === "ok" || result === "created" || result === "exists";

export function AuditPage() {
  const { t } = useTranslation();
  const action = useAuditAction();
  const errorText = useErrorText();
  const [parameters, setParameters] = useSearchParams();
  const page = Math.max(1, Math.trunc(Number(parameters.get("page"))) || 1);
  const size = Math.min(100, Math.max(1, Math.trunc(Number(parameters.get("page_size"))) || 20));
  const audit = useAudit({ page, page_size: size });
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
    const name = t(`audit.objects.${kind}`, { defaultValue: "" });
    if (!name || !id) return row.object || "—";
    const place = kind === "meter" ? "/meters/" : kind === "gateway" ? "/gateways/" : null;
    const text = `${name} ${id}`;
    return place ? <Link to={place + encodeURIComponent(id)}>{text}</Link> : text;
  };
  const detail = (row: AuditRow) => [isOk(row) ? "" : errorText(row.result), row.detail.replace(/\bfrom (\S+)$/, (_, address: string) => t("audit.from", { address }))].filter(Boolean).join(" · ") || "—";
  const columns: Column<AuditRow>[] = [
    { key: "at", title: t("audit.at"), always: true, width: 170, render: (_, row) => <TimeText at={row.at} /> },
    { key: "who", title: t("audit.who"), width: 120, dataIndex: "who" },
    { key: "action", title: t("audit.action"), width: 150, render: (_, row) => <b>{action(row.action)}</b> },
    { key: "object", title: t("audit.object"), width: 180, ellipsis: true, render: (_, row) => object(row) },
    { key: "detail", title: t("audit.detail"), width: 320, ellipsis: true, render: (_, row) => detail(row) },
    { key: "result", title: t("audit.result"), width: 120, render: (_, row) => result(row) },
  ];
  return (
    <ResourcePage
      name="audit"
      title={t("audit.title")}
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
            {row.who} · {object(row)}
          </span>
          <span className="a-muted">{detail(row)}</span>
          <small className="a-muted">
            <TimeText at={row.at} />
          </small>
        </div>
      )}
      empty={<EmptyState title={t("audit.empty")} hint={t("audit.emptyHint")} />}
      paging={{
        page,
        size,
        total: audit.data?.total ?? 0,
        onChange: (next, page_size) =>
          setParameters({ page: String(page_size === size ? next : 1), page_size: String(page_size) }),
      }}
    />
  );
}
