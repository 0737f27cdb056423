// 测算 / 结算: what the account comes to now; and, for whoever may, pays the rest out or collects it, which leaves it at zero.
import { Alert, Checkbox, Input, Segmented } from "antd";
import { useState } from "react";

import { Field, WhichMeter } from "../OrderDialog";
import { CalculationView } from "./CalculationView";
import { useAgreement, useGuardedOrder } from "./guarded";
import { MoneyDialog } from "./MoneyDialog";
import { MethodField } from "./parts";
import { ReadNow, useReadNow } from "./ReadNow";
import { SettlementReceipt } from "./receipts";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { agreedTo, payoutOf, toFen } from "@/lib/account";
import { settle, useCalculation } from "@/lib/api/accounts";
import { compare, format, MONEY, parse } from "@/lib/decimal";
import { SiteContext, useCan } from "@/lib/hooks";
import { newId } from "@/lib/ids";
import { wouldTrip } from "@/lib/meter-state";
import { remember, remembered } from "@/lib/storage";
import { useKindTexts } from "@/lib/units";
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
  const { t } = useKindTexts();
  const may = useCan()("meter:settle");
  // One key for the life of the dialog: a double click or a retry after a lost answer settles once.
  const [id] = useState(newId);
  const [close, setClose] = useState(false);
  const [method, setMethod] = useState<Method>(() => remembered("settle.method", "cash"));
  const [note, setNote] = useState("");
  const reading = useReadNow(meter.id);
  const answer = useCalculation(meter.id, reading.newerThan);
  const calculation = answer.data;
  const order = useGuardedOrder(meter.id, "settlement", (wanted: SettlementOrder) => settle(meter.id, wanted));
  const busy = order.pending || answer.isFetching;
  const fixed = order.pending || order.unsettled;
  // Who has no account has nothing to close.
  const closing = close && Boolean(calculation?.opening);
  const { agreed, agree } = useAgreement(calculation ? `${agreedTo(calculation)} ${closing}` : null);
  const submit = () => {
    if (!calculation) return;
    remember("settle.method", method);
    order.submit({ id, reading: calculation.reading, balance: calculation.balance, opening: calculation.opening?.id ?? 0, method, close: closing, note: note.trim() });
  };
  return (
    <MoneyDialog
      name="settle"
      title={t("settle.title", { name: meter.name })}
      width={760}
      order={order}
      onClose={onClose}
      submit={may ? { label: t(closing ? "settle.submitClose" : "settle.submit"), danger: closing, ready: agreed && !busy, run: submit } : null}
      unknown={t("settle.unknown")}
      result={order.result && { title: t(order.result.closed ? "settle.doneClosed" : "settle.done"), receipt: <SettlementReceipt meter={meter} settlement={order.result} /> }}
    >
        <WhichMeter meter={meter} />
        {answer.error && <ErrorNotice error={answer.error} what="load" onRetry={() => void answer.refetch()} stale={Boolean(calculation)} />}
        {!calculation && !answer.error && <PageSkeleton rows={5} />}
        {calculation && (
          <>
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
                  onChange={(kind) => setClose(kind === "close")}
                  options={(["settle", "close"] as const).map((value) => ({ value, label: <span data-testid={`settle-kind-${value}`}>{t(`settle.kinds.${value}`)}</span> }))}
                />
              </div>
              <MethodField value={method} onChange={setMethod} disabled={fixed} />
            </div>
            {!calculation.opening && <small className="a-muted">{t("settle.noAccount")}</small>}
            <Field label={`${t("recharge.note")} (${t("common.optional")})`}>
              <Input value={note} disabled={fixed} maxLength={200} onChange={({ target }) => setNote(target.value)} data-testid="settle-note" />
            </Field>
            <Checkbox checked={agreed} disabled={fixed || busy} onChange={({ target }) => agree(target.checked)} data-testid="settle-sure">
              {t(closing ? "settle.sureClose" : "settle.sure", { name: meter.name })}
            </Checkbox>
          </>
        )}
    </MoneyDialog>
  );
}

/** Balance before, what changes hands, zero. */
function Payout({ meter, calculation }: { meter: Meter; calculation: Calculation }) {
  const { t } = useKindTexts();
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
