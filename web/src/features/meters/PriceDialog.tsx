// 单价: which price plan the meter is billed by.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { PlanPrices } from "@/components/PlanPrices";
import { keys } from "@/lib/api/keys";
import { usePlans } from "@/lib/api/queries";
import { changeMeterPricePlan } from "@/lib/api/requests";
import type { Meter } from "@/types/api";

export function PriceDialog({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const plans = usePlans();
  const [plan, setPlan] = useState(meter.price_plan.id);
  const change = useMutation({
    mutationFn: () => changeMeterPricePlan(meter.id, plan),
    onSuccess: (answer) => {
      queries.setQueryData(keys.meter(meter.id), answer);
      void queries.invalidateQueries({ queryKey: keys.meterLists });
      void message.success(t("price.changed"));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t("price.choose", { name: meter.name })}
      onCancel={onClose}
      okText={t("common.save")}
      okButtonProps={{ disabled: plan === meter.price_plan.id, loading: change.isPending, "data-testid": "price-save" }}
      onOk={() => change.mutate()}
    >
      <div className="a-stack">
        {change.error && <ErrorNotice error={change.error} what="save" />}
        {plans.error && <ErrorNotice error={plans.error} what="load" onRetry={() => void plans.refetch()} />}
        {!plans.data && !plans.error && <PageSkeleton rows={3} />}
        <Radio.Group className="a-plan-choice" value={plan} onChange={(event) => setPlan(event.target.value as number)}>
          {plans.data?.map((each) => (
            <Radio key={each.id} value={each.id} className="a-plan">
              <span className="a-plan-name">
                {each.name}
                {each.id === meter.price_plan.id && <small className="a-muted"> · {t("price.current")}</small>}
              </span>
              <PlanPrices plan={each} />
            </Radio>
          ))}
        </Radio.Group>
        <Alert type="info" showIcon title={t("price.chooseHint")} />
      </div>
    </Modal>
  );
}
