// Adds or changes a price plan: one price or four, who splits the four, steps, and from when on. A change says first how many homes
// it touches, and what it replaces that was to come.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Checkbox, Form, Input, Segmented } from "antd";
import { useState } from "react";

import { changedMeanwhile, replacedBy, standsStill } from "./plan";
import { SlotEditor } from "./SlotEditor";
import { PricedSteps, StepEditor } from "./StepEditor";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { useMoment, useShortMoment, WhenField, type When } from "@/components/WhenField";
import { keys } from "@/lib/api/keys";
import { usePriceVersions } from "@/lib/api/queries";
import { changePlan, createPlan, listPlans } from "@/lib/api/requests";
import { format, parse, PRICE, typed } from "@/lib/decimal";
import { useNow, useOffset } from "@/lib/hooks";
import { momentText } from "@/lib/moment";
import { KindContext, useKindTexts } from "@/lib/units";
import { dayOf, MOST_SLOTS, presetDay, slotsOf, type Day } from "@/lib/price-slots";
import { isSteep, isSteepChange, MOST_PRICE, pricesOf, stepProblems, type PriceName, type Step, type StepPeriod } from "@/lib/price-steps";
import type { PriceFields, PricePlan, PricePlanInput } from "@/types/api";
import { UTILITIES, type Utility } from "@/types/supply";

type Values = { name: string; utility?: Utility; kind: PriceFields["kind"] } & Partial<Record<PriceName, string>>;
/** coming: begins with the plan's change that comes next, and with its moment */
type Props = { plan: PricePlan | null; coming?: boolean; onClose: () => void };

export function PlanDialog({ plan, coming, onClose }: Props) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const offset = useOffset();
  const now = useNow(10_000);
  const short = useShortMoment();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form) as Values | undefined;
  const next = coming ? plan?.next : undefined;
  const [start] = useState<Partial<PricePlan>>(() => (next ? { ...next, name: plan!.name } : (plan ?? { kind: "total" })));
  const [day, setDay] = useState<Day | null>(() => (start.slots?.length ? dayOf(start.slots) : null));
  const [period, setPeriod] = useState<StepPeriod>(start.step_period ?? "none");
  const [steps, setSteps] = useState<Step[]>(start.steps ?? []);
  const [when, setWhen] = useState<When>(next ? momentText(next.from, offset) : null);
  const [sure, setSure] = useState(false);
  const [strict, setStrict] = useState(false);
  const [seen, setSeen] = useState(plan ?? undefined);
  const versions = usePriceVersions(plan?.id);
  const { from, ready } = useMoment(when);

  const utility = values?.utility ?? start.utility ?? "electricity";
  const { t } = useKindTexts({ kind: utility });
  const kind = values?.kind ?? start.kind ?? "total";
  // Water meters have one register: their time prices go by the clock.
  const bySlots = utility === "water";
  const used = pricesOf(kind);
  const prices = used.map((name) => typed(values?.[name]));
  const problems = stepProblems(steps, prices);
  const painted = kind === "tou" ? (day ?? (bySlots ? presetDay("dayNight") : null)) : null;
  const slots = painted ? slotsOf(painted) : undefined;
  const tooMany = (slots?.length ?? 0) > MOST_SLOTS;
  const wanted: PriceFields = {
    kind,
    ...Object.fromEntries(used.map((name, index) => [name, prices[index]])),
    ...(slots && { slots }),
    ...(period !== "none" && { step_period: period, steps: steps.map(({ above, add }) => ({ above: typed(above), add: typed(add) })) }),
  };
  const fine = prices.every((price) => parse(price, PRICE) !== null) && problems.every((problem) => problem === null);
  const many = plan?.meters ?? 0;
  // A slip of the point is ten times the price, in every home of the plan.
  const steep = plan !== null && many > 0 && fine && isSteepChange(plan, wanted);
  const replaced = plan ? replacedBy(versions.data?.rows, plan.next, from ?? now, now) : [];

  const save = useMutation({
    mutationFn: async (input: PricePlanInput) => {
      if (!plan) return createPlan(input);
      const found = (await listPlans({}, {})).find(({ id }) => id === plan.id);
      if (found && !standsStill(found, seen)) {
        setSeen(found);
        throw changedMeanwhile();
      }
      return changePlan(plan.id, input);
    },
    onSuccess: () => {
      void message.success(t("price.saved"));
      onClose();
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: keys.plans });
      void queries.invalidateQueries({ queryKey: ["meter"] });
      void queries.invalidateQueries({ queryKey: keys.meterLists });
    },
  });
  const submit = () => {
    setStrict(true);
    form.submit();
  };
  const field = (name: PriceName) => (
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
            if (value > MOST_PRICE) throw new Error(t("price.big"));
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
      width={760}
      okButtonProps={{ loading: save.isPending, disabled: (steep && !sure) || tooMany || (plan !== null && !ready), danger: steep, "data-testid": "plan-save" }}
      onOk={submit}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ utility: "electricity", ...start }}
        onFinish={({ name }) => {
          if (problems.every((problem) => problem === null)) save.mutate({ ...wanted, name: name.trim(), ...(plan ? { from } : { utility }) });
        }}
      >
        {save.error && <ErrorNotice error={save.error} what="save" />}
        <Form.Item name="utility" label={t("utilities.label")} extra={plan ? undefined : t("utilities.hint")}>
          <Segmented disabled={plan !== null} options={UTILITIES.map((value) => ({ value, label: <span data-testid={`plan-for-${value}`}>{t(`utilities.${value}`)}</span> }))} />
        </Form.Item>
        <div className="a-form-grid">
          <Form.Item name="name" label={t("price.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
            <Input maxLength={60} autoFocus data-testid="plan-name" />
          </Form.Item>
          <Form.Item name="kind" label={t("price.kind")}>
            <Segmented options={(["total", "tou"] as const).map((value) => ({ value, label: <span data-testid={`plan-kind-${value}`}>{t(`price.kinds.${value}`)}</span> }))} />
          </Form.Item>
        </div>
        <div className={kind === "total" ? "a-form-grid" : "a-form-grid a-form-grid-4"}>{used.map(field)}</div>
        {kind === "tou" && !bySlots && (
          <Form.Item label={t("slots.who")} extra={t(day ? "slots.bySlotsHint" : "price.touNeeds")}>
            <Segmented
              value={day ? "slots" : "registers"}
              onChange={(by) => setDay(by === "slots" ? presetDay("dayNight") : null)}
              options={(["registers", "slots"] as const).map((value) => ({ value, label: <span data-testid={`plan-by-${value}`}>{t(`slots.by.${value}`)}</span> }))}
            />
          </Form.Item>
        )}
        {painted && <SlotEditor day={painted} onChange={setDay} />}
        <KindContext value={utility}>
          <div className="a-stack">
            <StepEditor
              period={period}
              steps={steps}
              problems={problems}
              strict={strict}
              onChange={(next, rows) => {
                setPeriod(next);
                setSteps(rows);
              }}
            />
            {period !== "none" && fine && <PricedSteps plan={wanted} />}
            {plan && <WhenField value={when} onChange={setWhen} />}
            {replaced.length > 0 && (
              <Alert
                type="warning"
                showIcon
                data-testid="plan-replaces"
                title={t("price.replaces", { n: replaced.length, moments: replaced.map(short).join(t("slots.and")) })}
              />
            )}
            {plan && many > 0 && <Alert type="warning" showIcon title={from === undefined ? t("price.impact", { n: many }) : t("price.impactFrom", { n: many, from: short(from) })} />}
          </div>
        </KindContext>
        {steep && (
          <Checkbox className="a-steep" checked={sure} onChange={(event) => setSure(event.target.checked)} data-testid="plan-sure">
            {t("price.steep", { n: many })}
          </Checkbox>
        )}
      </Form>
    </Modal>
  );
}

/** "before 0.56, +7.1 %" below the field. */
function Change({ from, to }: { from: string; to: string }) {
  const { t } = useKindTexts();
  const [before, after] = [parse(from, PRICE), parse(to, PRICE)];
  const percent = before && after !== null && after !== before ? Number(((after - before) * 1000n) / before) / 10 : null;
  return (
    <span className={isSteep(from, to) ? "a-tone-text-bad" : undefined}>
      {t("price.before", { price: format(before ?? 0n, PRICE, 5).replace(/0{1,3}$/, "") })}
      {percent !== null && ` · ${percent > 0 ? "+" : "\u2212"}${Math.abs(percent).toFixed(1)}%`}
    </span>
  );
}
