// A login with its drawn password, which nobody can look up afterwards: to be copied, or printed and handed over.
import { PrinterOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";

import { CopyButton } from "./CopyButton";
import type { DrawnLogin as Login } from "@/types/organisation";

type Props = Login & {
  /** whose account it is */
  name: string;
  /** 商户号, where the organisation has one */
  number?: string;
};

export function DrawnLogin({ login, password, name, number }: Props) {
  const { t } = useTranslation();
  const lines = [
    { key: "name", label: t("drawn.whose"), value: name },
    ...(number ? [{ key: "number", label: t("login.merchant"), value: number }] : []),
    { key: "login", label: t("login.user"), value: login },
    { key: "password", label: t("login.password"), value: password },
  ];
  const text = lines.map(({ label, value }) => t("detail.pair", { name: label, value })).join("\n");
  return (
    <div className="a-stack" data-testid="drawn">
      <Alert type="warning" showIcon title={t("drawn.once")} description={t("drawn.onceHint")} />
      <dl className="a-pairs a-drawn">
        {lines.map(({ key, label, value }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              <code data-testid={`drawn-${key}`}>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <span className="a-drawn-buttons">
        <CopyButton text={text} testId="drawn-copy" />
        <Button size="small" icon={<PrinterOutlined />} onClick={() => print()} data-testid="drawn-print">
          {t("drawn.print")}
        </Button>
      </span>
      {createPortal(
        <section className="a-print">
          <h1>{t("drawn.slip")}</h1>
          <dl>
            {lines.map(({ key, label, value }) => (
              <div key={key}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p>{t("drawn.slipHint", { address: location.origin })}</p>
        </section>,
        document.body,
      )}
    </div>
  );
}
