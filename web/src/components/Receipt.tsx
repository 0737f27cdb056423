// A receipt: on the screen as it will be on A5 paper, and the button that prints it.
import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";

import "./receipt.css";
import { Modal } from "./Dialog";
import { TimeText } from "./TimeText";
import { useNow, useSession } from "@/lib/hooks";

export type ReceiptLine = { label: string; value: ReactNode; strong?: boolean };
export type ReceiptProps = {
  title: string;
  /** the key it was booked under */
  number: string;
  lines: ReceiptLine[];
  /** figures with a column each */
  children?: ReactNode;
  note?: string;
  by: string;
  site?: string;
};

export function Receipt(props: ReceiptProps) {
  const { t } = useTranslation();
  return (
    <div className="a-receipt-frame" data-testid="receipt">
      <div className="a-receipt">
        <Paper {...props} />
      </div>
      <Button icon={<PrinterOutlined />} onClick={() => print()} data-testid="receipt-print">
        {t("receipt.print")}
      </Button>
      {createPortal(
        <section className="a-print a-receipt">
          <Paper {...props} />
        </section>,
        document.body,
      )}
    </div>
  );
}

function Paper({ title, number, lines, children, note, by, site }: ReceiptProps) {
  const { t } = useTranslation();
  const organisation = useSession().data?.acting.name;
  const now = useNow(60_000);
  return (
    <>
      <header>
        <small>{organisation}</small>
        <h1>{title}</h1>
        <small className="a-number">{t("receipt.number", { number })}</small>
      </header>
      <dl>
        {lines.map(({ label, value, strong }) => (
          <div key={label} className={strong ? "a-receipt-strong" : undefined}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
      {note && <p>{t("detail.pair", { name: t("receipt.note"), value: note })}</p>}
      <footer>
        <span>{t("detail.pair", { name: t("receipt.by"), value: by || t("common.system") })}</span>
        <span>{t("receipt.signature")}</span>
        <span>
          {t("receipt.printed")} <TimeText at={now} site={site} />
        </span>
      </footer>
    </>
  );
}

/** Of something that was booked before. */
export function ReceiptDialog({ receipt, onClose }: { receipt: ReactNode; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open width={560} title={t("receipt.dialog")} onCancel={onClose} footer={<Button onClick={onClose}>{t("common.close")}</Button>}>
      {receipt}
    </Modal>
  );
}
