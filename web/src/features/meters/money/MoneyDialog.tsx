// The frame of an order about money: it is agreed to, carried out once, asked for again while nobody knows, and ends with its receipt.
import { Alert, Button } from "antd";
import type { ReactNode } from "react";

import { Unsettled } from "./parts";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import type { Refused } from "@/lib/account";
import { useKindTexts } from "@/lib/units";

type Order = { pending: boolean; unsettled: boolean; refused: Refused | null; error: unknown };

type Props = {
  /** the handles are NAME-submit, NAME-cancel, NAME-finish, NAME-result */
  name: string;
  title: string;
  width: number;
  order: Order;
  onClose: () => void;
  /** null: there is nothing to carry out */
  submit: { label: string; danger?: boolean; ready: boolean; run: () => void } | null;
  /** what is said while nobody knows what became of it */
  unknown: string;
  /** what is said when it is refused because the figures are others by now; by default that a reading or posting came */
  newer?: string;
  /** of what was carried out */
  result: { title: string; receipt: ReactNode } | undefined;
  children: ReactNode;
};

export function MoneyDialog({ name, title, width, order, onClose, submit, unknown, newer, result, children }: Props) {
  const { t } = useKindTexts();
  const frame = { open: true, title, mask: { closable: false }, closable: !order.pending, keyboard: !order.pending, onCancel: onClose };
  if (result) {
    const finish = (
      <Button type="primary" onClick={onClose} data-testid={`${name}-finish`}>
        {t("recharge.finish")}
      </Button>
    );
    return (
      <Modal {...frame} width={560} footer={finish}>
        <div className="a-stack" data-testid={`${name}-result`}>
          <Alert type="success" showIcon title={result.title} />
          {result.receipt}
        </div>
      </Modal>
    );
  }
  return (
    <Modal
      {...frame}
      width={width}
      footer={[
        <Button key="cancel" onClick={onClose} disabled={order.pending} data-testid={`${name}-cancel`}>
          {t(submit ? "common.cancel" : "common.close")}
        </Button>,
        submit && (
          <Button key="ok" type="primary" danger={submit.danger} loading={order.pending} disabled={!order.unsettled && !submit.ready} onClick={() => (submit.ready || order.unsettled) && submit.run()} data-testid={`${name}-submit`}>
            {order.unsettled ? t("settle.again") : submit.label}
          </Button>
        ),
      ]}
    >
      <div className="a-stack" data-testid={name}>
        {order.refused && <Alert type="warning" showIcon title={newer ?? t("settle.newer")} data-testid={`${name}-newer`} />}
        {children}
        {order.unsettled && <Unsettled text={unknown} />}
        {order.error !== null && <ErrorNotice error={order.error} what="save" />}
      </div>
    </Modal>
  );
}
