// A field for an amount: text all the way, checked by lib/decimal.
import { Form, Input, type FormItemProps, type FormRule } from "antd";
import type { ReactNode } from "react";

import { MONEY, parse, QUANTITY, typed } from "@/lib/decimal";
import type { Texts } from "@/lib/units";

/** More than any account holds. */
const MOST = parse("1000000", MONEY)!;

export function moneyRule(t: Texts, notNegative: boolean): FormRule {
  return {
    validator: async (_, text: string) => {
      const value = parse(typed(text), MONEY);
      if (value === null) throw new Error(t("settings.moneyBad"));
      if (value > MOST || value < -MOST) throw new Error(t("settings.moneyBig"));
      if (notNegative && value < 0n) throw new Error(t("settings.notNegative"));
    },
  };
}

export function quantityRule(t: Texts): FormRule {
  return {
    validator: async (_, text: string) => {
      const value = parse(typed(text), QUANTITY);
      if (value === null || value < 0n) throw new Error(t("register.startBad"));
    },
  };
}

/** Limits in the meter's own unit; a dial has eight digits before the point. */
const MOST_QUANTITY = parse("999999.9999", QUANTITY)!;

export function signedQuantityRule(t: Texts, notNegative: boolean): FormRule {
  return {
    validator: async (_, text: string) => {
      const value = parse(typed(text), QUANTITY);
      if (value === null) throw new Error(t("limits.quantityBad"));
      if (value > MOST_QUANTITY || value < -MOST_QUANTITY) throw new Error(t("limits.quantityBig"));
      if (notNegative && value < 0n) throw new Error(t("settings.notNegative"));
    },
  };
}

type Props = FormItemProps & { hint?: ReactNode; testId?: string };

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
