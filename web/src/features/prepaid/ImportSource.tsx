// 查找房源，导入: by number, name and type; ticking a source brings in all rooms below it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import "@/components/places.css";
import { TYPES } from "./types";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { ApiError } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { useEntries } from "@/lib/api/queries";
import { importSource } from "@/lib/api/requests";
import type { Row } from "@/types/catalog";

const SIZE = 8;
type Values = { search?: string; type?: string };

export function ImportSource({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Values>({});
  const [page, setPage] = useState(1);
  const [picked, setPicked] = useState<Row | null>(null);
  const found = useEntries("sources", { search: asked.search, type: asked.type, enabled: true, sort: "code", page, page_size: SIZE });
  const below = useEntries("rooms", { source: picked?.id, enabled: true, sort: "number", page: 1, page_size: SIZE }, picked !== null);
  const take = useMutation({
    mutationFn: (source: Row) => importSource(source.id),
    onSuccess: ({ rooms, already }) => {
      void message.success(t(already > 0 ? "prepaid.importedMore" : "prepaid.imported", { n: rooms, already }));
      onClose();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.prepaid }),
  });
  const none = take.error instanceof ApiError && take.error.code === "bad_field";
  const total = found.data?.total ?? 0;
  const rooms = picked && below.data && !below.isPlaceholderData ? below.data : null;
  return (
    <Modal
      open
      width={680}
      title={t("prepaid.importTitle")}
      onCancel={onClose}
      okText={t("prepaid.import")}
      okButtonProps={{ disabled: !picked || rooms?.total === 0, loading: take.isPending, "data-testid": "import-save" }}
      onOk={() => picked && take.mutate(picked)}
      data-testid="import-source"
    >
      <div className="a-stack">
        {take.error && <ErrorNotice error={take.error} what="save">{none && t("prepaid.noRooms")}</ErrorNotice>}
        <Form<Values>
          className="a-import-search"
          layout="inline"
          onFinish={(values) => {
            setAsked({ search: values.search?.trim() || undefined, type: values.type });
            setPage(1);
          }}
        >
          <Form.Item name="search">
            <Input autoFocus allowClear maxLength={60} placeholder={t("prepaid.importPlaceholder")} aria-label={t("prepaid.importPlaceholder")} data-testid="import-search" />
          </Form.Item>
          <Form.Item name="type">
            <Select allowClear placeholder={t("prepaid.type")} aria-label={t("prepaid.type")} options={TYPES.map((value) => ({ value, label: t(`prepaid.types.${value}`) }))} style={{ width: 150 }} />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t("common.search")}
          </Button>
        </Form>
        {found.error && <ErrorNotice error={found.error} what="load" onRetry={() => void found.refetch()} />}
        {found.data && total === 0 && <p className="a-muted">{t(asked.search || asked.type ? "prepaid.noSource" : "prepaid.noSourceYet")}</p>}
        <Radio.Group className="a-choices" value={picked?.id} onChange={({ target }) => setPicked(found.data?.rows.find(({ id }) => id === target.value) ?? null)}>
          {found.data?.rows.map((row) => (
            <Radio key={row.id} value={row.id} className="a-choice" data-testid="import-choice">
              <span className="a-number a-muted">{String(row.code)}</span> <b>{String(row.name)}</b>{" "}
              <small className="a-muted">{t(`prepaid.types.${String(row.type)}`)}</small>
            </Radio>
          ))}
        </Radio.Group>
        {total > SIZE && (
          <span className="a-choice-pages">
            <Button size="small" disabled={page === 1} onClick={() => setPage(page - 1)}>
              {t("prepaid.before")}
            </Button>
            <small className="a-muted a-number">
              {page} / {Math.ceil(total / SIZE)}
            </small>
            <Button size="small" disabled={page * SIZE >= total} onClick={() => setPage(page + 1)}>
              {t("prepaid.after")}
            </Button>
          </span>
        )}
        {rooms && (
          <p data-testid="import-rooms">
            {rooms.total === 0
              ? t("prepaid.noRooms")
              : t("prepaid.roomsBelow", { n: rooms.total, rooms: rooms.rows.map((room) => String(room.name)).join(t("prepaid.and")) + (rooms.total > SIZE ? " …" : "") })}
          </p>
        )}
      </div>
    </Modal>
  );
}
