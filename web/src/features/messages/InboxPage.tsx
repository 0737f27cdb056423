// 站内信 (al-inbox): one's own messages, newest first. What is opened counts as read.
import { CheckOutlined, MailOutlined, NotificationOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { toneOfKind, useKindName } from "./words";
import { Chip } from "@/components/Chip";
import { EmptyState, ErrorNotice } from "@/components/feedback";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { widthOfActions } from "@/components/RowActions";
import { TimeText } from "@/components/TimeText";
import { useLabel } from "@/components/words";
import { readInbox, readInboxRow, useInbox, useMessageChange } from "@/lib/api/messages";
import { useCan } from "@/lib/hooks";
import { pageSize } from "@/lib/page-size";
import type { InboxRow } from "@/types/messages";

export function InboxPage() {
  const { t, i18n } = useTranslation();
  const label = useLabel();
  const kind = useKindName();
  const can = useCan();
  const [parameters, setParameters] = useSearchParams();
  const unread = parameters.get("show") === "unread";
  const page = Math.max(1, Math.trunc(Number(parameters.get("page"))) || 1);
  const size = pageSize();
  const inbox = useInbox({ unread: unread || undefined, page, page_size: size });
  const readAll = useMessageChange((through: number) => readInbox(through));
  const readOne = useMessageChange((row: number) => readInboxRow(row));
  const change = (next: { show?: string; page?: number }) =>
    setParameters({ ...(next.show ? { show: next.show } : {}), ...(next.page && next.page > 1 ? { page: String(next.page) } : {}) });
  const newest = inbox.data?.rows[0]?.at;
  const body = (row: InboxRow) => (
    <span className={row.read ? "a-message" : "a-message a-message-new"}>
      <b>{label(row.words.title)}</b>
      {row.count > 1 && <small className="a-muted"> ×{row.count}</small>}
      <span className="a-block">{label(row.words.text)}</span>
    </span>
  );
  const about = (row: InboxRow) =>
    row.meter !== null && can("meter:read") ? <Link to={`/meters/${row.meter}`}>{t("inbox.meter")}</Link> : row.gateway !== null && can("gateway:read") ? <Link to={`/gateways/${encodeURIComponent(row.gateway)}`}>{row.gateway}</Link> : null;
  const mark = (row: InboxRow) =>
    !row.read && (
      <Button type="link" size="small" icon={<CheckOutlined />} onClick={() => readOne.mutate(row.id)} data-testid="inbox-read">
        {t("inbox.read")}
      </Button>
    );
  const what = (row: InboxRow) => (
    <Chip tone={row.read ? "idle" : toneOfKind(row.kind)} icon={row.kind === "announcement" ? <NotificationOutlined /> : undefined}>
      {kind(row.kind)}
    </Chip>
  );
  const columns: Column<InboxRow>[] = [
    { key: "kind", title: t("messages.kind"), always: true, fixed: "left", width: i18n.language === "en" ? 210 : 150, render: (_, row) => what(row) },
    { key: "text", title: t("messages.text"), always: true, width: 480, render: (_, row) => body(row) },
    { key: "about", title: t("inbox.about"), width: 110, render: (_, row) => about(row) ?? "—" },
    { key: "at", title: t("ledger.at"), width: 170, render: (_, row) => <TimeText at={row.at} /> },
    { key: "actions", title: t("common.actions"), always: true, fixed: "right", width: widthOfActions([[{ label: t("inbox.read") }]], "") + 22, render: (_, row) => mark(row) || null },
  ];
  return (
    <ResourcePage
      name="inbox"
      title={t("inbox.title")}
      subtitle={inbox.data && t("inbox.unread", { n: inbox.data.unread })}
      actions={
        <>
          <Segmented value={unread ? "unread" : "all"} onChange={(show) => change({ show: show === "unread" ? show : undefined })} options={(["all", "unread"] as const).map((value) => ({ value, label: <span data-testid={`inbox-${value}`}>{t(`inbox.shows.${value}`)}</span> }))} />
          <Button disabled={!inbox.data?.unread || newest === undefined} loading={readAll.isPending} onClick={() => readAll.mutate(newest!)} data-testid="inbox-read-all">
            {t("inbox.readAll")}
          </Button>
        </>
      }
      filters={(readAll.error ?? readOne.error) && <ErrorNotice error={readAll.error ?? readOne.error} what="save" />}
      columns={columns}
      rows={inbox.data?.rows}
      rowKey={(row) => row.id}
      rowTestId="inbox-row"
      loading={inbox.isFetching}
      error={inbox.error}
      onReload={() => void inbox.refetch()}
      card={(row) => (
        <div className="a-row-card-body">
          <span className="a-row-card-head">
            {what(row)}
            <small className="a-muted">
              <TimeText at={row.at} ago />
            </small>
          </span>
          {body(row)}
          <span className="a-row-card-line">
            {about(row) ?? <span />}
            {mark(row)}
          </span>
        </div>
      )}
      empty={<EmptyState icon={<MailOutlined />} title={t(unread ? "inbox.noneUnread" : "inbox.empty")} hint={t("inbox.emptyHint")} />}
      paging={{ page, size, total: inbox.data?.total ?? 0, onChange: (next) => change({ show: unread ? "unread" : undefined, page: next }) }}
    />
  );
}
