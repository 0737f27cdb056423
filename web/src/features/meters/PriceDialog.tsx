// 单价: which price plan the meter is billed by, and from when on.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Popconfirm, Radio } from "antd";
import { useState } from "react";

import { Modal } from "@/components/Dialog";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { PlanPrices } from "@/components/PlanPrices";
import { useMoment, useShortMoment, WhenField, type When } from "@/components/WhenField";
import { keys } from "@/lib/api/keys";
import { usePlans } from "@/lib/api/queries";
import { changeMeterPricePlan } from "@/lib/api/requests";
import { SiteContext, useNow } from "@/lib/hooks";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";
import { utilityOf } from "@/types/supply";

export function PriceDialog({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  return (
    <SiteContext value={meter.site}>
      <Dialog meter={meter} onClose={onClose} />
    </SiteContext>
  );
}

function Dialog({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useKindTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const short = useShortMoment();
  const now = useNow(10_000);
  const plans = usePlans();
  const fitting = plans.data?.filter((each) => each.utility === utilityOf(meter.kind));
  const [plan, setPlan] = useState(meter.price_plan.id);
  const [when, setWhen] = useState<When>(null);
  const { from, ready } = useMoment(when);
  const next = meter.next_price_plan;
  const replaces = next && next.from >= (from ?? now);
  const change = useMutation({
    mutationFn: ({ to, at }: { to: number; at: number | undefined }) => changeMeterPricePlan(meter.id, to, at),
    onSuccess: (answer) => {
      queries.setQueryData(keys.meter(meter.id), answer);
      void queries.invalidateQueries({ queryKey: keys.meter(meter.id) });
      void queries.invalidateQueries({ queryKey: keys.meterLists });
      void message.success(t("price.changed"));
      onClose();
    },
  });
  // The plan it has, again: only of use where it takes the place of something to come.
  const idle = plan === meter.price_plan.id && !next;
  return (
    <Modal
      open
      title={t("price.choose", { name: meter.name })}
      onCancel={onClose}
      okText={t("common.save")}
      width={600}
      okButtonProps={{ disabled: idle || !ready, loading: change.isPending, "data-testid": "price-save" }}
      onOk={() => change.mutate({ to: plan, at: from })}
    >
      <div className="a-stack">
        {change.error && <ErrorNotice error={change.error} what="save" />}
        {plans.error && <ErrorNotice error={plans.error} what="load" onRetry={() => void plans.refetch()} />}
        {!plans.data && !plans.error && <PageSkeleton rows={3} />}
        {next && (
          <Alert
            type="info"
            showIcon
            data-testid="price-next"
            title={`${t("when.from", { from: short(next.from) })} ${next.name}`}
            action={
              <Popconfirm
                title={t("price.withdrawMeter")}
                description={t("price.withdrawMeterSure", { name: meter.price_plan.name })}
                onConfirm={() => change.mutate({ to: meter.price_plan.id, at: next.from })}
                okButtonProps={{ "data-testid": "price-withdraw-confirm" }}
              >
                <Button size="small" data-testid="price-withdraw">
                  {t("price.withdrawMeter")}
                </Button>
              </Popconfirm>
            }
          />
        )}
        <Radio.Group className="a-plan-choice" value={plan} onChange={(event) => setPlan(event.target.value as number)}>
          {fitting?.map((each) => (
            <Radio key={each.id} value={each.id} className="a-plan" data-testid="price-plan" data-id={each.id}>
              <span className="a-plan-name">
                {each.name}
                {each.id === meter.price_plan.id && <small className="a-muted"> · {t("price.current")}</small>}
              </span>
              <PlanPrices plan={each} />
            </Radio>
          ))}
        </Radio.Group>
        <WhenField value={when} onChange={setWhen} />
        {replaces && !idle && <Alert type="warning" showIcon data-testid="price-replaces" title={t("price.meterReplaces", { from: short(next.from), name: next.name })} />}
        <Alert type="info" showIcon title={t("price.chooseHint")} />
      </div>
    </Modal>
  );
}
