// Takes a housing source out of prepaid management: says first what that does, and what not.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { takeOutSource } from "@/lib/api/requests";
import type { PrepaidSource } from "@/types/api";

export function TakeOut({ source, onClose }: { source: PrepaidSource; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const leave = useMutation({
    mutationFn: () => takeOutSource(source.id),
    onSuccess: () => {
      void message.success(t("prepaid.takenOut", { name: source.name }));
      onClose();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.prepaid }),
  });
  return (
    <Modal
      open
      width={460}
      title={t("prepaid.takeOutTitle", { name: source.name })}
      onCancel={onClose}
      okText={t("prepaid.takeOut")}
      okButtonProps={{ danger: true, loading: leave.isPending, "data-testid": "take-out" }}
      onOk={() => leave.mutate()}
    >
      <div className="a-stack">
        {leave.error && <ErrorNotice error={leave.error} what="remove" />}
        <p>{t("prepaid.takeOutWhat", { rooms: source.rooms, meters: source.meters })}</p>
      </div>
    </Modal>
  );
}
