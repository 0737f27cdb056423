// 删除电表: for a meter that was registered by mistake; the platform refuses once anything was booked.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";

import { WhichMeter } from "./OrderDialog";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { removeMeter } from "@/lib/api/requests";
import { dialogHistory } from "@/lib/dialog-history";
import { useCan } from "@/lib/hooks";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";

export function RemoveMeter({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const can = useCan();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => removeMeter(meter.id),
    onSuccess: () => {
      void message.success(t("remove.done", { name: meter.name }));
      setAsking(false);
      dialogHistory.afterDialogs(() => {
        void navigate("/meters", { replace: true });
        queries.removeQueries({ queryKey: keys.meter(meter.id) });
      });
      void queries.invalidateQueries({ queryKey: keys.meterLists });
      void queries.invalidateQueries({ queryKey: keys.gateways });
      void queries.invalidateQueries({ queryKey: keys.home });
    },
  });
  if (!can("meter:delete")) return null;
  return (
    <div className="a-remove">
      <Button danger onClick={() => setAsking(true)} data-testid="meter-remove">
        {t("remove.button")}
      </Button>
      <small className="a-muted">{t("remove.hint")}</small>
      <Modal
        open={asking}
        title={t("remove.title", { name: meter.name })}
        onCancel={() => setAsking(false)}
        afterClose={() => remove.reset()}
        okText={t("remove.button")}
        okButtonProps={{ danger: true, loading: remove.isPending, "data-testid": "meter-remove-confirm" }}
        onOk={() => remove.mutate()}
      >
        <div className="a-stack">
          {remove.error && <ErrorNotice error={remove.error} what="save" />}
          <WhichMeter meter={meter} />
          <Alert type="warning" showIcon title={t("remove.what")} />
        </div>
      </Modal>
    </div>
  );
}
