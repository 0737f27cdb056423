// A person has looked into an alarm that nothing takes back by itself: the reason goes into the audit log and stays with it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { useAlarmName, useAlarmText } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { clearAlarm } from "@/lib/api/requests";
import type { Alarm } from "@/types/api";

export function ClearAlarm({ alarm, onClose }: { alarm: Alarm; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const name = useAlarmName();
  const { hint, detail } = useAlarmText()(alarm);
  const [note, setNote] = useState("");
  const clear = useMutation({
    mutationFn: () => clearAlarm(alarm.id, note.trim()),
    onSuccess: () => {
      void message.success(t("alarm.clearDone"));
      onClose();
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ["alarms"] });
      void queries.invalidateQueries({ queryKey: keys.home });
      void queries.invalidateQueries({ queryKey: keys.gateways });
    },
  });
  const submit = () => {
    if (note.trim() && !clear.isPending) clear.mutate();
  };
  const gone = clear.error instanceof ApiError && clear.error.code === "not_found";
  return (
    <Modal
      open
      width={520}
      title={t("alarm.clearTitle", { name: name(alarm.code) })}
      mask={{ closable: false }}
      onCancel={onClose}
      okText={t("alarm.clear")}
      okButtonProps={{ disabled: !note.trim(), loading: clear.isPending, "data-testid": "alarm-clear-confirm" }}
      onOk={submit}
    >
      <div className="a-stack">
        {gone ? <Alert type="info" showIcon title={t("alarm.clearedAlready")} /> : clear.error && <ErrorNotice error={clear.error} what="save" />}
        <p>
          {[alarm.meter_name ?? alarm.gateway, hint].filter(Boolean).join(" \u00b7 ")}
          {detail && <small className="a-muted a-block">{detail}</small>}
        </p>
        <label className="a-field">
          <span>{t("alarm.clearNote")}</span>
          <Input
            autoFocus
            value={note}
            maxLength={200}
            placeholder={t("alarm.clearNotePlaceholder")}
            onChange={(event) => setNote(event.target.value)}
            onPressEnter={submit}
            data-testid="alarm-clear-note"
          />
        </label>
        <small className="a-muted">{t("alarm.clearHint")}</small>
      </div>
    </Modal>
  );
}
