// 重置密码: draws a new password, which ends every session of the user and is shown once.
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { DrawnLogin } from "@/components/DrawnLogin";
import { ErrorNotice } from "@/components/feedback";
import { resetPassword } from "@/lib/api/people";
import type { RowDialogProps } from "@/lib/extensions";

export function Password({ row, onClose }: RowDialogProps) {
  const { t } = useTranslation();
  const reset = useMutation({ mutationFn: () => resetPassword(row.id) });
  const name = String(row.name);
  const title = t("people.resetTitle", { name });
  if (reset.data) {
    return (
      <Modal
        open
        width={480}
        title={title}
        mask={{ closable: false }}
        onCancel={onClose}
        footer={
          <Button type="primary" onClick={onClose} data-testid="drawn-done">
            {t("drawn.done")}
          </Button>
        }
      >
        <DrawnLogin login={String(row.login)} password={reset.data.password} name={name} />
      </Modal>
    );
  }
  return (
    <Modal open width={480} title={title} onCancel={onClose} okText={t("people.reset")} okButtonProps={{ danger: true, loading: reset.isPending, "data-testid": "reset-confirm" }} onOk={() => reset.mutate()}>
      <div className="a-stack">
        {reset.error && <ErrorNotice error={reset.error} what="save" />}
        <p>{t("people.resetWhat", { login: String(row.login) })}</p>
      </div>
    </Modal>
  );
}
