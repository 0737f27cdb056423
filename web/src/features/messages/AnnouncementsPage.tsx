// 一键推送 (al-push-all): a text to all households and staff, after it was counted whom it reaches and agreed to.
import { NotificationOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { AnnounceDialog } from "./AnnounceDialog";
import { EmptyState } from "@/components/feedback";
import { CountText } from "@/components/numbers";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { TimeText } from "@/components/TimeText";
import { useAnnouncements } from "@/lib/api/messages";
import { useCan, useSites } from "@/lib/hooks";
import { pageSize } from "@/lib/page-size";
import type { Announcement } from "@/types/messages";

export function AnnouncementsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const sites = useSites().data ?? [];
  const [parameters, setParameters] = useSearchParams();
  const [writing, setWriting] = useState(false);
  const page = Math.max(1, Math.trunc(Number(parameters.get("page"))) || 1);
  const size = pageSize();
  const announcements = useAnnouncements({ page, page_size: size });
  const where = (row: Announcement) => (row.sites === null ? t("announce.everywhere") : row.sites.map((code) => sites.find(({ id }) => id === code)?.name ?? code).join(t("desk.and")));
  const sms = (row: Announcement) => (row.sms ? t("announce.progress", { sent: row.sent, made: row.made, all: row.households }) : "—");
  const columns: Column<Announcement>[] = [
    { key: "title", title: t("announce.titleField"), always: true, fixed: "left", width: 180, ellipsis: true, render: (_, row) => <b>{row.title}</b> },
    { key: "text", title: t("messages.text"), width: 300, ellipsis: true, render: (_, row) => <span title={row.text}>{row.text}</span> },
    { key: "where", title: t("announce.where"), width: 150, ellipsis: true, render: (_, row) => where(row) },
    { key: "sms", title: t("messages.channels.sms"), width: 210, render: (_, row) => sms(row) },
    { key: "staff", title: t("announce.staff"), width: 90, align: "right", render: (_, row) => (row.inbox ? <CountText value={row.staff} /> : "—") },
    { key: "by", title: t("ledger.by"), width: 100, render: (_, row) => row.by },
    { key: "at", title: t("ledger.at"), width: 170, render: (_, row) => <TimeText at={row.at} /> },
  ];
  const add = can("message:send") && (
    <Button type="primary" icon={<NotificationOutlined />} onClick={() => setWriting(true)} data-testid="announce-add">
      {t("announce.button")}
    </Button>
  );
  return (
    <>
      <ResourcePage
        name="announcements"
        title={t("announce.title")}
        subtitle={t("announce.subtitle")}
        actions={add}
        columns={columns}
        rows={announcements.data?.rows}
        rowKey={(row) => row.id}
        rowTestId="announcement-row"
        loading={announcements.isFetching}
        error={announcements.error}
        onReload={() => void announcements.refetch()}
        card={(row) => (
          <div className="a-row-card-body">
            <span className="a-row-card-head">
              <b>{row.title}</b>
              <small className="a-muted">
                <TimeText at={row.at} ago />
              </small>
            </span>
            <span>{row.text}</span>
            <small className="a-muted">
              {where(row)} · {sms(row)}
            </small>
          </div>
        )}
        empty={<EmptyState icon={<NotificationOutlined />} title={t("announce.empty")} hint={t("announce.emptyHint")} action={add} />}
        paging={{ page, size, total: announcements.data?.total ?? 0, onChange: (next) => setParameters(next > 1 ? { page: String(next) } : {}) }}
      />
      {writing && <AnnounceDialog onClose={() => setWriting(false)} />}
    </>
  );
}
