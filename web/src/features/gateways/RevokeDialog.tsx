// 吊销: who has the box, or a copy of its key, is out from this moment on. The reason goes into the audit log and stays beside the gateway.
import { Alert, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { revokeGateway, useEnrolmentChange } from "@/lib/api/enrolment";
import type { Gateway } from "@/types/api";

type Props = { gateway: Gateway; onClose: () => void };

export function RevokeDialog({ gateway, onClose }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const revoke = useEnrolmentChange(gateway.id, () => revokeGateway(gateway.id, note.trim()), onClose);
  const submit = () => {
    if (note.trim() && !revoke.isPending) revoke.mutate(undefined);
  };
  return (
    <Modal
      open
      width={520}
      title={t("revocation.title", { name: gateway.name })}
      mask={{ closable: false }}
      onCancel={onClose}
      okText={t("revocation.revoke")}
      okButtonProps={{ danger: true, disabled: !note.trim(), loading: revoke.isPending, "data-testid": "revoke-confirm" }}
      onOk={submit}
    >
      <div className="a-stack">
        {revoke.error && <ErrorNotice error={revoke.error} what="save" />}
        <Alert type="warning" showIcon title={t("revocation.what")} description={t("revocation.whatHint")} />
        <label className="a-field">
          <span>{t("revocation.note")}</span>
          <Input
            autoFocus
            value={note}
            maxLength={200}
            placeholder={t("revocation.notePlaceholder")}
            onChange={(event) => setNote(event.target.value)}
            onPressEnter={submit}
            data-testid="revoke-note"
          />
        </label>
      </div>
    </Modal>
  );
}
