// 房源名称: the office's room that a meter will be linked to, found by its beginning.
import { Form, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useEntries } from "@/lib/api/queries";

const OFFERED = 20;

/** site: of the meter's gateway; undefined: none is chosen yet */
export function RoomChoice({ site }: { site: string | undefined }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const rooms = useEntries("rooms", { site, search: words.trim() || undefined, enabled: true, sort: "number", page: 1, page_size: OFFERED }, site !== undefined);
  return (
    <Form.Item name="to_room" label={t("concentrator.toRoom")} extra={t("concentrator.toRoomHint")}>
      <Select
        allowClear
        disabled={site === undefined}
        showSearch={{ filterOption: false, onSearch: setWords }}
        loading={rooms.isFetching}
        options={rooms.data?.rows.map((room) => ({ value: room.id, label: String(room.name) }))}
        data-testid="register-to-room"
      />
    </Form.Item>
  );
}
