// 测算 / 结算: what the account comes to now; and, for whoever may, pays the rest out or collects it, which leaves it at zero.
import { Alert, Button, Checkbox, Input, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Field, WhichMeter } from "../OrderDialog";
import { CalculationView } from "./CalculationView";
import { useGuardedOrder } from "./guarded";
import { MethodField, Unsettled } from "./parts";
import { ReadNow, useReadNow } from "./ReadNow";
import { SettlementReceipt } from "./receipts";
import { Modal } from "@/components/Dialog";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { agreedTo, payoutOf, toFen } from "@/lib/account";
import { settle, useCalculation } from "@/lib/api/accounts";
import { compare, format, MONEY, parse } from "@/lib/decimal";
import { SiteContext, useCan } from "@/lib/hooks";
import { newId } from "@/lib/ids";
import { wouldTrip } from "@/lib/meter-state";
import { remember, remembered } from "@/lib/storage";
import type { Calculation, Method, SettlementOrder } from "@/types/account";
import type { Meter } from "@/types/api";

type Props = { meter: Meter; onClose: () => void };

export function SettleDialog(props: Props) {
  return (
    <SiteContext value={props.meter.site}>
      <Dialog {...props} />
    </SiteContext>
  );
}

function Dialog({ meter, onClose }: Props) {
  const { t } = useTranslation();
  const may = useCan()("meter:settle");
  // One key for the life of the dialog: a double click or a retry after a lost answer settles once.
  const [id] = useState(newId);
  const [close, setClose] = useState(false);
  const [method, setMethod] = useState<Method>(() => remembered("settle.method", "cash"));
  const [note, setNote] = useState("");
  const [sure, setSure] = useState("");
  const reading = useReadNow(meter.id);
  const answer = useCalculation(meter.id, reading.newerThan);
  const calculation = answer.data;
  const order = useGuardedOrder(meter.id, "settlement", (wanted: SettlementOrder) => settle(meter.id, wanted));
  const busy = order.pending || answer.isFetching;
  const fixed = order.pending || order.unsettled;
  const agreed = calculation !== undefined && sure === agreedTo(calculation);
  // Who has no account has nothing to close.
  const closing = close && Boolean(calculation?.opening);
  const submit = () => {
    if (!calculation || !(agreed || order.unsettled)) return;
    remember("settle.method", method);
    order.submit({ id, reading: calculation.reading, balance: calculation.balance, method, close: closing, note: note.trim() });
  };
  const frame = { open: true, width: 760, title: t("settle.title", { name: meter.name }), mask: { closable: false }, closable: !order.pending, keyboard: !order.pending, onCancel: onClose };
  if (order.result) {
    return (
      <Modal
        {...frame}
        width={560}
        footer={
          <Button type="primary" onClick={onClose} data-testid="settle-finish">
            {t("recharge.finish")}
          </Button>
        }
      >
        <div className="a-stack" data-testid="settle-result">
          <Alert type="success" showIcon title={t(order.result.closed ? "settle.doneClosed" : "settle.done")} />
          <SettlementReceipt meter={meter} settlement={order.result} />
        </div>
      </Modal>
    );
  }
  return (
    <Modal
      {...frame}
      footer={[
        <Button key="cancel" onClick={onClose} disabled={order.pending} data-testid="settle-cancel">
          {t(may ? "common.cancel" : "common.close")}
        </Button>,
        may ? (
          <Button key="ok" type="primary" danger={closing} loading={order.pending} disabled={!order.unsettled && (!agreed || busy)} onClick={submit} data-testid="settle-submit">
            {t(order.unsettled ? "settle.again" : closing ? "settle.submitClose" : "settle.submit")}
          </Button>
        ) : null,
      ]}
    >
      <div className="a-stack" data-testid="settle">
        <WhichMeter meter={meter} />
        {answer.error && <ErrorNotice error={answer.error} what="load" onRetry={() => void answer.refetch()} stale={Boolean(calculation)} />}
        {!calculation && !answer.error && <PageSkeleton rows={5} />}
        {calculation && (
          <>
            {order.refused && <Alert type="warning" showIcon title={t("settle.newer")} data-testid="settle-newer" />}
            <ReadNow meter={meter} register={calculation.to} reading={reading} disabled={fixed} />
            <CalculationView calculation={calculation} />
          </>
        )}
        {calculation && may && (
          <>
            <Payout meter={meter} calculation={calculation} />
            <div className="a-method-field">
              <div className="a-field">
                <span>{t("settle.kind")}</span>
                <Segmented
                  block
                  disabled={fixed || !calculation.opening}
                  value={closing ? "close" : "settle"}
                  onChange={(kind) => {
                    setClose(kind === "close");
                    setSure("");
                  }}
                  options={(["settle", "close"] as const).map((value) => ({ value, label: <span data-testid={`settle-kind-${value}`}>{t(`settle.kinds.${value}`)}</span> }))}
                />
              </div>
              <MethodField value={method} onChange={setMethod} disabled={fixed} />
            </div>
            {!calculation.opening && <small className="a-muted">{t("settle.noAccount")}</small>}
            <Field label={`${t("recharge.note")} (${t("common.optional")})`}>
              <Input value={note} disabled={fixed} maxLength={200} onChange={({ target }) => setNote(target.value)} data-testid="settle-note" />
            </Field>
            <Checkbox checked={agreed} disabled={fixed || busy} onChange={({ target }) => setSure(target.checked ? agreedTo(calculation) : "")} data-testid="settle-sure">
              {t(closing ? "settle.sureClose" : "settle.sure", { name: meter.name })}
            </Checkbox>
            {order.unsettled && <Unsettled text={t("settle.unknown")} />}
            {order.error && <ErrorNotice error={order.error} what="save" />}
          </>
        )}
      </div>
    </Modal>
  );
}

/** Balance before, what changes hands, zero. */
function Payout({ meter, calculation }: { meter: Meter; calculation: Calculation }) {
  const { t } = useTranslation();
  const payout = payoutOf(calculation.balance);
  if (!payout) return null;
  const paid = toFen(payout.amount)!;
  const exact = compare(paid, payout.amount, MONEY) === 0;
  const arrow = (
    <span className="a-preview-arrow" aria-hidden>
      →
    </span>
  );
  return (
    <div className="a-preview a-preview-3" data-testid="settle-preview">
      <div className="a-preview-side">
        <small>{t("account.balanceBefore")}</small>
        <b>
          <MoneyText value={calculation.balance} testId="settle-before" />
        </b>
        {!exact && <span className="a-muted">{t("account.exact", { amount: format(parse(calculation.balance, MONEY)!, MONEY, 6) })}</span>}
      </div>
      {arrow}
      <div className="a-preview-side">
        <small>{t(`account.payout.${payout.direction}`)}</small>
        <b>
          <MoneyText value={paid} testId="settle-paid" />
        </b>
        {!exact && <span className="a-muted">{t("account.toFen")}</span>}
      </div>
      {arrow}
      <div className="a-preview-side a-preview-end">
        <small>{t("account.balanceAfter")}</small>
        <b>
          <MoneyText value="0" testId="settle-after" />
        </b>
      </div>
      {!meter.keep_power && wouldTrip("0", meter) && !wouldTrip(calculation.balance, meter) && <Alert className="a-preview-note" type="warning" showIcon title={t("settle.cuts")} />}
    </div>
  );
}
