// 审核: a provider that waits is approved, and gets its login, or rejected with a reason.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Chip } from "@/components/Chip";
import { Modal } from "@/components/Dialog";
import { DrawnLogin } from "@/components/DrawnLogin";
import { ErrorNotice } from "@/components/feedback";
import { useLabel } from "@/components/words";
import { keys } from "@/lib/api/keys";
import { approve, reject } from "@/lib/api/organisations";
import type { RowDialogProps } from "@/lib/extensions";
import type { Row } from "@/types/catalog";

const tones = { approved: "ok", pending: "warn", rejected: "bad" } as const;

export function ReviewState({ row }: { row: Row }) {
  const { t } = useTranslation();
  const state = String(row.review ?? "approved") as keyof typeof tones;
  return <Chip tone={tones[state] ?? "idle"}>{t(`organisation.reviews.${state}`, { defaultValue: state })}</Chip>;
}

export function Review({ resource, row, onClose }: RowDialogProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const [rejecting, setRejecting] = useState(false);
  const onSettled = () => void queries.invalidateQueries({ queryKey: keys.entries });
  const yes = useMutation({ mutationFn: () => approve(resource.name, row.id), onSettled });
  const no = useMutation({ mutationFn: () => reject(resource.name, row.id, note.trim()), onSuccess: onClose, onSettled });
  const name = String(row.name);
  const text = (field: string) => (row[field] ? String(row[field]) : t("catalog.nothing"));
  if (yes.data) {
    return (
      <Modal
        open
        width={480}
        title={t("organisation.approvedTitle", { name })}
        mask={{ closable: false }}
        onCancel={onClose}
        footer={
          <Button type="primary" onClick={onClose} data-testid="drawn-done">
            {t("drawn.done")}
          </Button>
        }
      >
        <DrawnLogin {...yes.data} name={name} number={row.number ? String(row.number) : undefined} />
      </Modal>
    );
  }
  const busy = yes.isPending || no.isPending;
  return (
    <Modal
      open
      width={520}
      title={t("organisation.reviewTitle", { name })}
      onCancel={onClose}
      footer={
        rejecting
          ? [
              <Button key="back" onClick={() => setRejecting(false)}>
                {t("common.back")}
              </Button>,
              <Button key="reject" danger type="primary" loading={no.isPending} disabled={!note.trim()} onClick={() => no.mutate()} data-testid="review-reject-confirm">
                {t("organisation.reject")}
              </Button>,
            ]
          : [
              <Button key="reject" danger disabled={busy} onClick={() => setRejecting(true)} data-testid="review-reject">
                {t("organisation.reject")}
              </Button>,
              <Button key="approve" type="primary" loading={yes.isPending} onClick={() => yes.mutate()} data-testid="review-approve">
                {t("organisation.approve")}
              </Button>,
            ]
      }
    >
      <div className="a-stack" data-testid="review">
        {(yes.error ?? no.error) && <ErrorNotice error={yes.error ?? no.error} what="save" />}
        <dl className="a-pairs">
          {resource.fields
            .filter((field) => ["name", "contact", "phone", "email", "note"].includes(field.name))
            .map((field) => (
              <div key={field.name} className="a-pair">
                <dt>{label(field.label)}</dt>
                <dd>{text(field.name)}</dd>
              </div>
            ))}
        </dl>
        {rejecting ? (
          <label className="a-field">
            <span>{t("organisation.reason")}</span>
            <Input.TextArea
              autoFocus
              autoSize={{ minRows: 2, maxRows: 5 }}
              maxLength={200}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              placeholder={t("organisation.reasonHint")}
              data-testid="review-note"
            />
          </label>
        ) : (
          <p className="a-muted">{t("organisation.reviewHint", { login: text("phone") })}</p>
        )}
      </div>
    </Modal>
  );
}
