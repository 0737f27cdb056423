// Adds or changes a price plan; a change says first how many homes it touches.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input, Modal, Segmented } from "antd";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { changePlan, createPlan } from "@/lib/api/requests";
import { parse, PRICE } from "@/lib/decimal";
import type { PricePlan, PricePlanInput } from "@/types/api";

/** A slip of the finger: nothing that a meter counts costs 1000 yuan. */
const MOST = parse("1000", PRICE)!;
const tariffs = ["sharp", "peak", "flat", "valley"] as const;

export function PlanDialog({ plan, onClose }: { plan: PricePlan | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<PricePlanInput>();
  const kind = Form.useWatch("kind", form) ?? plan?.kind ?? "total";
  const save = useMutation({
    mutationFn: (input: PricePlanInput) => (plan ? changePlan(plan.id, input) : createPlan(input)),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.plans });
      void queries.invalidateQueries({ queryKey: ["meter"] });
      void queries.invalidateQueries({ queryKey: keys.meterLists });
      void message.success(t("price.saved"));
      onClose();
    },
  });
  const field = (name: "total" | (typeof tariffs)[number]) => (
    <Form.Item
      key={name}
      name={name}
      label={t(`price.${name}`)}
      normalize={(text: string) => text.trim()}
      rules={[
        {
          validator: async (_, text: string) => {
            const value = parse(text, PRICE);
            if (value === null || value < 0n) throw new Error(t("price.bad"));
            if (value > MOST) throw new Error(t("price.big"));
          },
        },
      ]}
    >
      <Input inputMode="decimal" className="a-input-number" maxLength={12} data-testid={`plan-${name}`} />
    </Form.Item>
  );
  return (
    <Modal
      open
      title={t(plan ? "price.edit" : "price.add")}
      onCancel={onClose}
      okText={t("common.save")}
      okButtonProps={{ loading: save.isPending, "data-testid": "plan-save" }}
      onOk={() => form.submit()}
    >
      <Form<PricePlanInput>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={plan ?? { kind: "total" }}
        onFinish={(values) => {
          const { name, kind, total, sharp, peak, flat, valley } = values;
          save.mutate(kind === "total" ? { name: name.trim(), kind, total } : { name: name.trim(), kind, sharp, peak, flat, valley });
        }}
      >
        {save.error && <ErrorNotice error={save.error} what="save" />}
        <Form.Item name="name" label={t("price.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
          <Input maxLength={60} autoFocus data-testid="plan-name" />
        </Form.Item>
        <Form.Item name="kind" label={t("price.kind")} extra={kind === "tou" ? t("price.touNeeds") : undefined}>
          <Segmented options={(["total", "tou"] as const).map((value) => ({ value, label: t(`price.kinds.${value}`) }))} />
        </Form.Item>
        <div className="a-form-grid">{kind === "total" ? field("total") : tariffs.map(field)}</div>
        {plan && plan.meters > 0 && <Alert type="warning" showIcon title={t("price.impact", { n: plan.meters })} />}
      </Form>
    </Modal>
  );
}
