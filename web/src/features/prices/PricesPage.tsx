// 电度电价设置
import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { PlanDialog } from "./PlanDialog";
import { PlanFilters, usePlanQuery } from "./PlanFilters";
import { VersionsDrawer } from "./VersionsDrawer";
import { WithdrawChange } from "./WithdrawChange";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { CountText, PriceText } from "@/components/numbers";
import { PlanPrices, SlotsAndSteps } from "@/components/PlanPrices";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { ActionSheet, RowActions, widthOfActions, type RowAction } from "@/components/RowActions";
import { TimeText } from "@/components/TimeText";
import { useShortMoment } from "@/components/WhenField";
import { usePlansOf } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";
import { useTextsOfKinds } from "@/lib/units";
import type { PricePlan } from "@/types/api";

export function PricesPage() {
  const { t, i18n } = useTranslation();
  const textsOf = useTextsOfKinds();
  const [query, change] = usePlanQuery();
  const plans = usePlansOf(query);
  const editable = useCan()("price:edit");
  const [dialog, setDialog] = useState<{ kind: "add" | "edit" | "coming" | "withdraw" | "history"; plan: PricePlan | null } | null>(null);
  const close = () => setDialog(null);
  const actionsOf = (plan: PricePlan): RowAction[] => [
    ...(editable ? [{ name: "edit", label: t("common.edit"), run: () => setDialog({ kind: "edit" as const, plan }) }] : []),
    { name: "history", label: t("price.history"), run: () => setDialog({ kind: "history", plan }) },
    ...(editable && plan.next
      ? [
          { name: "coming", label: t("price.editComing"), run: () => setDialog({ kind: "coming" as const, plan }) },
          { name: "withdraw", label: t("price.withdraw"), danger: true, run: () => setDialog({ kind: "withdraw" as const, plan }) },
        ]
      : []),
  ];
  const price = (name: "total" | "sharp" | "peak" | "flat" | "valley"): Column<PricePlan> => ({
    key: name,
    title: t(`price.${name}`),
    width: name === "total" ? 132 : name === "sharp" ? 126 : 112,
    align: "right",
    render: (_, plan) => <PriceText value={plan[name]} />,
  });
  const columns: Column<PricePlan>[] = [
    { key: "name", title: t("price.name"), always: true, fixed: "left", width: 230, render: (_, plan) => <span className="a-prices-stack"><b>{plan.name}</b><NextPrices plan={plan} /></span> },
    {
      key: "utility",
      title: t("utilities.label"),
      width: i18n.language === "en" ? 100 : 70,
      render: (_, plan) => t(`utilities.${plan.utility}`),
    },
    {
      key: "kind",
      title: t("price.kind"),
      width: i18n.language === "en" ? 138 : 104,
      render: (_, plan) => (
        <Chip bare tone="brand" icon={<span className="a-dot" />}>
          {textsOf(plan.utility)(`price.kinds.${plan.kind}`)}
        </Chip>
      ),
    },
    price("total"),
    price("sharp"),
    price("peak"),
    price("flat"),
    price("valley"),
    {
      key: "more",
      title: t("price.more"),
      width: 190,
      ellipsis: true,
      render: (_, plan) => (plan.slots?.length || plan.steps?.length ? <span className="a-plan-more"><SlotsAndSteps plan={plan} /></span> : "—"),
    },
    { key: "meters", title: t("price.meters"), width: 96, align: "right", render: (_, plan) => <CountText value={plan.meters} /> },
    { key: "updated", title: t("price.updated"), width: 172, render: (_, plan) => <TimeText at={plan.updated_at} /> },
    { key: "actions", title: t("common.actions"), always: true, fixed: "right", width: widthOfActions(plans.data?.map((plan) => actionsOf(plan)), t("common.more")), render: (_, plan) => <RowActions actions={actionsOf(plan)} /> },
  ];
  const add = editable && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setDialog({ kind: "add", plan: null })} data-testid="plan-add">
      {t("common.add")}
    </Button>
  );
  return (
    <>
      <ResourcePage
        name="prices"
        title={t("price.title")}
        actions={add}
        filters={<PlanFilters query={query} onChange={change} />}
        columns={columns}
        rows={plans.data}
        rowKey={(plan) => plan.id}
        rowTestId="plan-row"
        loading={plans.isFetching}
        error={plans.error}
        onReload={() => void plans.refetch()}
        card={(plan) => (
          <>
            <div className="a-row-card-body">
              <span className="a-row-card-head">
                <b>{plan.name}</b>
                <span className="a-muted">
                  {textsOf(plan.utility)("price.meters")} <CountText value={plan.meters} />
                </span>
              </span>
              <PlanPrices plan={plan} />
              <NextPrices plan={plan} />
            </div>
            <ActionSheet title={plan.name} actions={actionsOf(plan)} />
          </>
        )}
        empty={
          query.search || query.utility ? (
            <EmptyState title={t("price.noMatch")} hint={t("price.noMatchHint")} action={<Button onClick={() => change({})}>{t("common.reset")}</Button>} />
          ) : (
            <EmptyState title={t("price.empty")} hint={t("price.emptyHint")} action={add} />
          )
        }
      />
      {dialog && (dialog.kind === "add" || dialog.kind === "edit" || dialog.kind === "coming") && <PlanDialog plan={dialog.plan} coming={dialog.kind === "coming"} onClose={close} />}
      {dialog?.kind === "withdraw" && <WithdrawChange plan={dialog.plan!} onClose={close} />}
      {dialog?.kind === "history" && <VersionsDrawer plan={dialog.plan!} onClose={close} />}
    </>
  );
}

/** "12-01 00:00 on: 0.62" */
function NextPrices({ plan }: { plan: PricePlan }) {
  const { t } = useTranslation();
  const short = useShortMoment();
  if (!plan.next) return null;
  return (
    <span className="a-next-price" data-testid="plan-next">
      <span className="a-number">{t("when.from", { from: short(plan.next.from) })}</span>
      {plan.next.kind === "total" ? (
        <span className="a-plan-prices">
          <PriceText value={plan.next.total} /> <SlotsAndSteps plan={plan.next} utility={plan.utility} />
        </span>
      ) : (
        <PlanPrices plan={plan.next} utility={plan.utility} />
      )}
    </span>
  );
}
