// A field for an amount: text all the way, checked by lib/decimal.
import { Form, Input, type FormItemProps, type FormRule } from "antd";
import type { TFunction } from "i18next";

import { MONEY, parse, QUANTITY, typed } from "@/lib/decimal";

/** More than any account holds. */
const MOST = parse("1000000", MONEY)!;

export function moneyRule(t: TFunction, notNegative: boolean): FormRule {
  return {
    validator: async (_, text: string) => {
      const value = parse(typed(text), MONEY);
      if (value === null) throw new Error(t("settings.moneyBad"));
      if (value > MOST || value < -MOST) throw new Error(t("settings.moneyBig"));
      if (notNegative && value < 0n) throw new Error(t("settings.notNegative"));
    },
  };
}

export function quantityRule(t: TFunction): FormRule {
  return {
    validator: async (_, text: string) => {
      const value = parse(typed(text), QUANTITY);
      if (value === null || value < 0n) throw new Error(t("register.startBad"));
    },
  };
}

/** Amounts of a form as the contract wants them, whatever way they were typed. */
export function plainAmounts<Values extends { alarm_1?: string; alarm_2?: string; overdraft?: string }>(values: Values): Values {
  const { alarm_1, alarm_2, overdraft } = values;
  return { ...values, alarm_1: typed(alarm_1), alarm_2: typed(alarm_2), overdraft: typed(overdraft) };
}

type Props = FormItemProps & { hint?: string; testId?: string };

export function MoneyField({ hint, testId, ...item }: Props) {
  const form = Form.useFormInstance();
  return (
    <Form.Item {...item} extra={hint}>
      <Input
        inputMode="decimal"
        className="a-input-number"
        maxLength={40}
        onBlur={({ target }) => form.setFieldValue(item.name, typed(target.value))}
        data-testid={testId ?? `field-${String(item.name)}`}
      />
    </Form.Item>
  );
}
