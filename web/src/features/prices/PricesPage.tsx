// 电度电价设置
import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { PlanDialog } from "./PlanDialog";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { CountText, PriceText } from "@/components/numbers";
import { PlanPrices } from "@/components/PlanPrices";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { TimeText } from "@/components/TimeText";
import { usePlans } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";
import type { PricePlan } from "@/types/api";

export function PricesPage() {
  const { t, i18n } = useTranslation();
  const plans = usePlans();
  const editable = useCan()("price:edit");
  const [editing, setEditing] = useState<PricePlan | "new" | null>(null);
  const edit = (plan: PricePlan) => (
    <Button type="link" size="small" onClick={() => setEditing(plan)} data-testid="plan-edit">
      {t("common.edit")}
    </Button>
  );
  const price = (name: "total" | "sharp" | "peak" | "flat" | "valley"): Column<PricePlan> => ({
    key: name,
    title: t(`price.${name}`),
    width: name === "total" ? 132 : name === "sharp" ? 126 : 112,
    align: "right",
    render: (_, plan) => <PriceText value={plan[name]} />,
  });
  const columns: Column<PricePlan>[] = [
    { key: "name", title: t("price.name"), always: true, fixed: "left", width: 150, render: (_, plan) => <b>{plan.name}</b> },
    {
      key: "kind",
      title: t("price.kind"),
      width: i18n.language === "en" ? 138 : 104,
      render: (_, plan) => (
        <Chip bare tone="brand" icon={<span className="a-dot" />}>
          {t(`price.kinds.${plan.kind}`)}
        </Chip>
      ),
    },
    price("total"),
    price("sharp"),
    price("peak"),
    price("flat"),
    price("valley"),
    { key: "meters", title: t("price.meters"), width: 96, align: "right", render: (_, plan) => <CountText value={plan.meters} /> },
    { key: "updated", title: t("price.updated"), width: 172, render: (_, plan) => <TimeText at={plan.updated_at} /> },
    ...(editable
      ? [{ key: "actions", title: t("common.actions"), always: true, fixed: "right" as const, width: 80, render: (_: unknown, plan: PricePlan) => edit(plan) }]
      : []),
  ];
  const add = editable && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")} data-testid="plan-add">
      {t("common.add")}
    </Button>
  );
  return (
    <>
      <ResourcePage
        name="prices"
        title={t("price.title")}
        actions={add}
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
                  {t("price.meters")} <CountText value={plan.meters} />
                </span>
              </span>
              <PlanPrices plan={plan} />
            </div>
            {editable && edit(plan)}
          </>
        )}
        empty={<EmptyState title={t("price.empty")} hint={t("price.emptyHint")} action={add} />}
      />
      {editing && <PlanDialog plan={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </>
  );
}
