// Withdraws a change of prices to come: what holds now goes on.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { changedMeanwhile, replacedBy, standsStill, withdrawal } from "./plan";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { PlanPrices } from "@/components/PlanPrices";
import { useShortMoment } from "@/components/WhenField";
import { keys } from "@/lib/api/keys";
import { usePriceVersions } from "@/lib/api/queries";
import { changePlan, listPlans } from "@/lib/api/requests";
import { useNow } from "@/lib/hooks";
import type { PricePlan } from "@/types/api";

export function WithdrawChange({ plan, onClose }: { plan: PricePlan; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const short = useShortMoment();
  const now = useNow(10_000);
  const [seen] = useState(plan);
  const next = seen.next!;
  const versions = usePriceVersions(plan.id);
  const later = replacedBy(versions.data?.rows, next, next.from, now).slice(1);
  const withdraw = useMutation({
    mutationFn: async () => {
      const found = (await listPlans({}, {})).find(({ id }) => id === seen.id);
      if (!found || !standsStill(found, seen)) throw changedMeanwhile();
      return changePlan(seen.id, withdrawal(found)!);
    },
    onSuccess: () => {
      void message.success(t("price.withdrawn"));
      onClose();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.plans }),
  });
  return (
    <Modal
      open
      width={520}
      title={t("price.withdrawTitle", { name: plan.name })}
      onCancel={onClose}
      okText={t("price.withdraw")}
      okButtonProps={{ danger: true, loading: withdraw.isPending, "data-testid": "withdraw-confirm" }}
      onOk={() => withdraw.mutate()}
    >
      <div className="a-stack" data-testid="withdraw">
        {withdraw.error && <ErrorNotice error={withdraw.error} what="save">{t("price.withdrawStale")}</ErrorNotice>}
        <dl className="a-pairs">
          <dt>{t("price.withdrawWhat", { from: short(next.from) })}</dt>
          <dd className="a-struck">
            <PlanPrices plan={next} utility={plan.utility} />
          </dd>
          <dt>{t("price.withdrawStays")}</dt>
          <dd>
            <PlanPrices plan={seen} />
          </dd>
        </dl>
        {later.length > 0 && <p className="a-tone-text-warn">{t("price.withdrawLater", { moments: later.map(short).join(t("slots.and")) })}</p>}
      </div>
    </Modal>
  );
}
