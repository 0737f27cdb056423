// Adds or changes a price plan; a change says first how many homes it touches.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Checkbox, Form, Input, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { ApiError } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { changePlan, createPlan, listPlans } from "@/lib/api/requests";
import { format, parse, PRICE, typed } from "@/lib/decimal";
import type { PricePlan, PricePlanInput } from "@/types/api";

/** A slip of the finger: nothing that a meter counts costs 1000 yuan. */
const MOST = parse("1000", PRICE)!;
const tariffs = ["sharp", "peak", "flat", "valley"] as const;

export function PlanDialog({ plan, onClose }: { plan: PricePlan | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<PricePlanInput>();
  const values = Form.useWatch([], form) as PricePlanInput | undefined;
  const kind = values?.kind ?? plan?.kind ?? "total";
  const [sure, setSure] = useState(false);
  const used = kind === "total" ? (["total"] as const) : tariffs;
  // A slip of the point is ten times the price, in every home of the plan.
  const steep = plan !== null && plan.meters > 0 && used.some((name) => isSteep(plan[name], typed(values?.[name])));
  const [seen, setSeen] = useState(plan?.updated_at);
  const save = useMutation({
    mutationFn: async (input: PricePlanInput) => {
      if (!plan) return createPlan(input);
      const now = (await listPlans({})).find(({ id }) => id === plan.id);
      if (now && now.updated_at !== seen) {
        setSeen(now.updated_at);
        throw new ApiError("changed_meanwhile", 409, "");
      }
      return changePlan(plan.id, input);
    },
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
      extra={plan?.[name] && <Change from={plan[name]} to={typed(values?.[name])} />}
      rules={[
        {
          validator: async (_, text: string) => {
            const value = parse(typed(text), PRICE);
            if (value === null || value < 0n) throw new Error(t("price.bad"));
            if (value > MOST) throw new Error(t("price.big"));
          },
        },
      ]}
    >
      <Input
        inputMode="decimal"
        className="a-input-number"
        maxLength={40}
        onBlur={({ target }) => form.setFieldValue(name, typed(target.value))}
        data-testid={`plan-${name}`}
      />
    </Form.Item>
  );
  return (
    <Modal
      open
      title={t(plan ? "price.edit" : "price.add")}
      onCancel={onClose}
      okText={t("common.save")}
      mask={{ closable: false }}
      okButtonProps={{ loading: save.isPending, disabled: steep && !sure, danger: steep, "data-testid": "plan-save" }}
      onOk={() => form.submit()}
    >
      <Form<PricePlanInput>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={plan ?? { kind: "total" }}
        onFinish={(values) => {
          const name = values.name.trim();
          const prices = Object.fromEntries(used.map((each) => [each, typed(values[each])]));
          save.mutate({ name, kind: values.kind, ...prices });
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
        {steep && (
          <Checkbox className="a-steep" checked={sure} onChange={(event) => setSure(event.target.checked)} data-testid="plan-sure">
            {t("price.steep", { n: plan.meters })}
          </Checkbox>
        )}
      </Form>
    </Modal>
  );
}

/** More than half as much again, or less than half: rarely meant. */
function isSteep(from: string | undefined, to: string): boolean {
  const [before, after] = [parse(from, PRICE), parse(to, PRICE)];
  return before !== null && after !== null && before > 0n && (after * 2n > before * 3n || after * 2n < before);
}

/** "before 0.56, +7.1 %" below the field. */
function Change({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation();
  const [before, after] = [parse(from, PRICE), parse(to, PRICE)];
  const percent = before && after !== null && after !== before ? Number(((after - before) * 1000n) / before) / 10 : null;
  return (
    <span className={isSteep(from, to) ? "a-tone-text-bad" : undefined}>
      {t("price.before", { price: format(before ?? 0n, PRICE, 5).replace(/0{1,3}$/, "") })}
      {percent !== null && ` · ${percent > 0 ? "+" : "\u2212"}${Math.abs(percent).toFixed(1)}%`}
    </span>
  );
}
