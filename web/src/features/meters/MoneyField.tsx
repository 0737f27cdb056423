// A field for an amount: text all the way, checked by lib/decimal.
import { Form, Input, type FormItemProps, type FormRule } from "antd";
import type { TFunction } from "i18next";

import { MONEY, parse, QUANTITY } from "@/lib/decimal";

/** More than any account holds. */
const MOST = parse("1000000", MONEY)!;

export function moneyRule(t: TFunction, notNegative: boolean): FormRule {
  return {
    validator: async (_, text: string) => {
      const value = parse(text, MONEY);
      if (value === null) throw new Error(t("settings.moneyBad"));
      if (value > MOST || value < -MOST) throw new Error(t("settings.moneyBig"));
      if (notNegative && value < 0n) throw new Error(t("settings.notNegative"));
    },
  };
}

export function quantityRule(t: TFunction): FormRule {
  return {
    validator: async (_, text: string) => {
      const value = parse(text, QUANTITY);
      if (value === null || value < 0n) throw new Error(t("register.startBad"));
    },
  };
}

type Props = FormItemProps & { hint?: string; testId?: string };

export function MoneyField({ hint, testId, ...item }: Props) {
  return (
    <Form.Item {...item} extra={hint} normalize={(text: string) => text.trim()}>
      <Input inputMode="decimal" className="a-input-number" maxLength={20} data-testid={testId ?? `field-${String(item.name)}`} />
    </Form.Item>
  );
}
