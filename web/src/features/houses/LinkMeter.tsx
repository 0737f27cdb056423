// 关联电表: chooses a meter for a room; says where it is moved from.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { useMeters } from "@/lib/api/queries";
import { moveMeter } from "@/lib/api/requests";
import type { MeterRow } from "@/types/api";
import type { Row } from "@/types/catalog";

const OFFERED = 20;

export function LinkMeter({ room, onClose }: { room: Row; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [words, setWords] = useState("");
  const [picked, setPicked] = useState<MeterRow | null>(null);
  const found = useMeters({ search: words.trim() || undefined, page: 1, page_size: OFFERED });
  const rows = (found.data?.rows ?? []).filter(({ site }) => site === room.site);
  const from = picked?.linked_room;
  const link = useMutation({
    mutationFn: (meter: MeterRow) => moveMeter(meter.id, { room: room.id, was: meter.linked_room?.id ?? null }),
    onSuccess: (meter) => {
      void message.success(t("room.linked", { name: meter.name, room: meter.linked_room?.name }));
      onClose();
    },
    onSettled: () => {
      for (const key of [keys.entries, keys.meterLists, keys.houses, keys.prepaid, ...(picked ? [keys.meter(picked.id)] : [])]) void queries.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Modal
      open
      width={480}
      title={t("room.linkTitle", { room: String(room.name) })}
      onCancel={onClose}
      okText={t("room.link")}
      okButtonProps={{ disabled: !picked || from?.id === room.id, loading: link.isPending, "data-testid": "link-save" }}
      onOk={() => picked && link.mutate(picked)}
      data-testid="link-meter"
    >
      <Form layout="vertical">
        {link.error && <ErrorNotice error={link.error} what="save" />}
        <Form.Item label={t("room.whichMeter")} extra={t("room.whichMeterHint")}>
          <Select
            autoFocus
            showSearch={{ filterOption: false, onSearch: setWords }}
            value={picked?.id}
            loading={found.isFetching}
            options={rows.map((meter) => ({ value: meter.id, label: `${meter.name} \u00b7 ${meter.address}` }))}
            onChange={(id: number) => setPicked(rows.find((meter) => meter.id === id) ?? null)}
            notFoundContent={<small className="a-muted">{t(found.isFetching ? "catalog.searching" : "meter.noMatch")}</small>}
            data-testid="link-choice"
          />
        </Form.Item>
        {from && from.id !== room.id && <Alert type="warning" showIcon title={t("room.movedFrom", { room: from.name })} />}
        {from?.id === room.id && <Alert type="info" showIcon title={t("room.isHere")} />}
      </Form>
    </Modal>
  );
}
