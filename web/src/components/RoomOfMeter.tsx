// 关联房间: which room a meter is in. Changes it, or takes the meter out of it; what was stays as history.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Modal } from "./Dialog";
import { ErrorNotice } from "./feedback";
import { keys } from "@/lib/api/keys";
import { useEntries } from "@/lib/api/queries";
import { moveMeter } from "@/lib/api/requests";
import { wordsOf } from "@/lib/row-values";
import type { MeterRow } from "@/types/api";

const OFFERED = 20;

type Props = { meter: Pick<MeterRow, "id" | "name" | "site" | "linked_room">; onClose: () => void };

export function RoomOfMeter({ meter, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [search, setSearch] = useState("");
  const [room, setRoom] = useState<number | undefined>(undefined);
  const was = meter.linked_room;
  const found = useEntries("rooms", { search: search.trim() || undefined, site: meter.site, enabled: true, sort: "name", page: 1, page_size: OFFERED });
  const move = useMutation({
    mutationFn: (to: number | null) => moveMeter(meter.id, { room: to, was: was?.id ?? null }),
    onSuccess: (moved) => {
      void message.success(moved.linked_room ? t("room.linked", { name: moved.name, room: moved.linked_room.name }) : t("room.unlinked", { name: moved.name }));
      onClose();
    },
    onSettled: () => {
      for (const key of [keys.meter(meter.id), keys.meterLists, keys.entries, keys.houses, keys.prepaid]) void queries.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Modal
      open
      width={480}
      title={t("room.ofMeterTitle", { name: meter.name })}
      onCancel={onClose}
      data-testid="room-of-meter"
      footer={
        <>
          {was && (
            <Button danger loading={move.isPending} onClick={() => move.mutate(null)} data-testid="room-none">
              {t("room.unlink")}
            </Button>
          )}
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="primary" disabled={room === undefined || room === was?.id} loading={move.isPending} onClick={() => move.mutate(room!)} data-testid="room-save">
            {t("room.link")}
          </Button>
        </>
      }
    >
      <Form layout="vertical">
        {move.error && <ErrorNotice error={move.error} what="save" />}
        <p>{was ? t("room.now", { room: was.name }) : t("room.nowNone")}</p>
        <Form.Item label={t("room.which")} extra={t("room.history")}>
          <Select
            autoFocus
            showSearch={{ filterOption: false, onSearch: setSearch }}
            value={room}
            loading={found.isFetching}
            options={(found.data?.rows ?? []).map((row) => ({ value: row.id, label: [wordsOf(row.house) || wordsOf(row.source), wordsOf(row.name)].filter(Boolean).join(" \u00b7 ") }))}
            onChange={setRoom}
            notFoundContent={<small className="a-muted">{t(found.isFetching ? "catalog.searching" : "room.noRoom")}</small>}
            data-testid="room-choice"
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
