// Mode, thresholds and automatic trip: in 设备参数, in the form that registers a meter, and in the one that opens an account.
import { Form, Segmented, Switch } from "antd";
import { useTranslation } from "react-i18next";

import { moneyRule, MoneyField, signedQuantityRule } from "./MoneyField";
import { inUnit, otherUnit, type Limits, type LimitsIn } from "./settings";
import { format, MONEY, parse, QUANTITY, typed } from "@/lib/decimal";
import { thresholdProblem } from "@/lib/meter-state";
import { useKindTexts } from "@/lib/units";
import type { PricePlan } from "@/types/api";
import type { Kind } from "@/types/supply";

type Props = {
  /** what yuan and quantities are worth */
  plan: Partial<PricePlan> | undefined;
  kind: Kind | undefined;
  /** false: there is nothing that could be cut off */
  valve?: boolean;
};

export function ThresholdFields({ plan, kind, valve = true }: Props) {
  const { t, unit } = useKindTexts({ kind });
  const form = Form.useFormInstance<Limits>();
  const limits = Form.useWatch([], form) as Limits | undefined;
  const by = limits?.limits_in ?? "yuan";
  const units = { yuan: t("common.yuan"), quantity: unit };
  const rule = (notNegative: boolean) => (by === "yuan" ? moneyRule(t, notNegative) : signedQuantityRule(t, notNegative));
  const field = (name: "alarm_1" | "alarm_2" | "overdraft", label: "alarm1" | "alarm2" | "overdraft") => ({
    name,
    label: `${t(`limits.${label}`)} (${units[by]})`,
    hint: (
      <>
        {t(`limits.${label}Hint`)}
        <Worth text={limits?.[name]} by={by} plan={plan} unit={by === "yuan" ? unit : t("common.yuan")} />
      </>
    ),
  });
  return (
    <>
      <Form.Item name="mode" label={t("meter.mode")}>
        <Segmented options={(["prepaid", "reading"] as const).map((value) => ({ value, label: t(`meter.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="limits_in" label={t("limits.label")} extra={by === "quantity" ? t("limits.quantityHint", { unit }) : undefined}>
        <UnitSwitch units={units} onSwitch={(to) => form.setFieldsValue(inUnit(form.getFieldsValue(true) as Limits, to, plan))} />
      </Form.Item>
      <div className="a-form-grid a-form-grid-3">
        <MoneyField {...field("alarm_1", "alarm1")} rules={[rule(false)]} />
        <MoneyField
          {...field("alarm_2", "alarm2")}
          dependencies={["alarm_1", "overdraft"]}
          rules={[
            rule(false),
            ({ getFieldValue }) => ({
              validator: async (_, value: string) => {
                const problem = thresholdProblem(typed(getFieldValue("alarm_1")), typed(value), typed(getFieldValue("overdraft")));
                if (problem) throw new Error(t(`settings.${problem}`));
              },
            }),
          ]}
        />
        <MoneyField {...field("overdraft", "overdraft")} rules={[rule(true)]} />
      </div>
      {valve && (
        <Form.Item name="auto_trip" label={t("settings.autoTrip")} valuePropName="checked" extra={t("settings.autoTripHint")}>
          <Switch checkedChildren={t("common.on")} unCheckedChildren={t("common.off")} data-testid="settings-auto-trip" />
        </Form.Item>
      )}
    </>
  );
}

type SwitchProps = { units: Record<LimitsIn, string>; value?: LimitsIn; onChange?: (by: LimitsIn) => void; onSwitch: (by: LimitsIn) => void };

/** What stands in the fields stays worth the same. */
function UnitSwitch({ units, value = "yuan", onChange, onSwitch }: SwitchProps) {
  const { t } = useTranslation();
  return (
    <Segmented
      value={value}
      onChange={(by: LimitsIn) => {
        onSwitch(by);
        onChange?.(by);
      }}
      options={(["yuan", "quantity"] as const).map((by) => ({ value: by, label: <span data-testid={`limits-in-${by}`}>{t("limits.in", { unit: units[by] })}</span> }))}
    />
  );
}

function Worth({ text, by, plan, unit }: { text: string | undefined; by: LimitsIn; plan: Partial<PricePlan> | undefined; unit: string }) {
  const { t } = useTranslation();
  const other = otherUnit(text, by, plan);
  const scale = by === "yuan" ? QUANTITY : MONEY;
  const value = parse(other, scale);
  if (value === null || value === 0n) return null;
  return (
    <span className="a-block a-number" data-testid="limit-worth" data-value={other}>
      {t("limits.worth", { value: format(value, scale, 2), unit })}
    </span>
  );
}
