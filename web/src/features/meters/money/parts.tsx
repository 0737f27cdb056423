// What the dialogs of the household's money have in common.
import { Alert, Segmented } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { METHODS, type Method } from "@/types/account";

type Props = { value: Method; onChange: (method: Method) => void; disabled?: boolean };

/** How money changes hands. */
export function MethodField({ value, onChange, disabled }: Props) {
  const { t } = useTranslation();
  const label = useId();
  return (
    <div className="a-field">
      <span id={label}>{t("account.method")}</span>
      <Segmented
        block
        aria-labelledby={label}
        disabled={disabled}
        value={value}
        onChange={onChange}
        options={METHODS.map((each) => ({ value: each, label: <span data-testid={`method-${each}`}>{t(`recharge.methods.${each}`)}</span> }))}
      />
    </div>
  );
}

/** No answer came: it may be booked or not. */
export const Unsettled = ({ text }: { text: string }) => <Alert type="warning" showIcon title={text} data-testid="money-unknown" />;
