// 退补: takes money off an account or puts it on, with a reason; says first what becomes of balance and supply.
import { Alert, Button, Checkbox, Input, Segmented } from "antd";
import { useState } from "react";

import { Field, WhichMeter } from "../OrderDialog";
import { useAgreement, useGuardedOrder } from "./guarded";
import { MoneyDialog } from "./MoneyDialog";
import { AdjustmentReceipt } from "./receipts";
import "@/components/receipt.css";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { adjusted, agreedTo, clearing, signedAmount, type Way } from "@/lib/account";
import { adjust, useCalculation } from "@/lib/api/accounts";
import { typed } from "@/lib/decimal";
import { SiteContext } from "@/lib/hooks";
import { newId } from "@/lib/ids";
import { useKindTexts } from "@/lib/units";
import type { AdjustmentOrder } from "@/types/account";
import type { Meter } from "@/types/api";

type Props = { meter: Meter; onClose: () => void };

export function AdjustDialog(props: Props) {
  return (
    <SiteContext value={props.meter.site}>
      <Dialog {...props} />
    </SiteContext>
  );
}

function Dialog({ meter, onClose }: Props) {
  const { t } = useKindTexts();
  const [id] = useState(newId);
  const [way, setWay] = useState<Way>("out");
  const [text, setText] = useState("");
  /** whatever the balance is: what brings it to zero */
  const [clear, setClear] = useState(false);
  const [note, setNote] = useState("");
  const [touched, setTouched] = useState(false);
  const answer = useCalculation(meter.id, null);
  const calculation = answer.data;
  const order = useGuardedOrder(meter.id, "adjustment", (wanted: AdjustmentOrder) => adjust(meter.id, wanted));
  const zero = calculation ? clearing(calculation.balance) : null;
  const shown = clear && zero ? zero : { way, text };
  const amount = signedAmount(shown.way, shown.text);
  const effect = calculation && amount ? adjusted(meter, calculation.balance, amount) : null;
  const { agreed, agree } = useAgreement(calculation && amount ? `${agreedTo(calculation)} ${amount}` : null);
  const ready = agreed && note.trim() !== "" && !answer.isFetching;
  const fixed = order.pending || order.unsettled;
  const change = (next: { way?: Way; text?: string }) => {
    setClear(false);
    setWay(next.way ?? shown.way);
    setText(next.text ?? shown.text);
  };
  const submit = () => {
    setTouched(true);
    if (!calculation) return;
    order.submit({ id, amount: amount ?? "", balance: calculation.balance, opening: calculation.opening?.id ?? 0, note: note.trim() });
  };
  const bad = touched && shown.text !== "" && amount === null;
  return (
    <MoneyDialog
      name="adjust"
      title={t("adjust.title", { name: meter.name })}
      width={560}
      order={order}
      onClose={onClose}
      submit={{ label: t("adjust.submit"), danger: effect?.cuts, ready, run: submit }}
      unknown={t("adjust.unknown")}
      result={order.result && { title: t("adjust.done"), receipt: <AdjustmentReceipt meter={meter} adjustment={order.result} customer={calculation?.opening?.customer} /> }}
    >
        <WhichMeter meter={meter} />
        {answer.error && <ErrorNotice error={answer.error} what="load" onRetry={() => void answer.refetch()} stale={Boolean(calculation)} />}
        {!calculation && !answer.error && <PageSkeleton rows={4} />}
        {calculation && (
          <>
            {calculation.opening && (
              <p>
                <b>{calculation.opening.customer}</b> <span className="a-muted a-number">{calculation.opening.mobile}</span>
              </p>
            )}
            <Segmented
              block
              aria-label={t("adjust.way")}
              disabled={fixed}
              value={shown.way}
              onChange={(next: Way) => change({ way: next })}
              options={(["out", "in"] as const).map((value) => ({ value, label: <span data-testid={`adjust-${value}`}>{t(`adjust.ways.${value}`)}</span> }))}
            />
            <Field label={t("adjust.amountField")}>
              <Input
                autoFocus
                inputMode="decimal"
                className="a-amount"
                prefix="¥"
                value={shown.text}
                disabled={fixed}
                status={bad ? "error" : undefined}
                maxLength={40}
                onChange={({ target }) => change({ text: target.value })}
                onBlur={() => {
                  setTouched(true);
                  if (!clear) setText(typed(text));
                }}
                data-testid="adjust-amount"
              />
            </Field>
            {bad && (
              <div className="a-field-error" role="alert">
                {t("adjust.amountBad")}
              </div>
            )}
            <span className="a-read-now">
              <Button size="small" disabled={fixed || !zero} type={clear ? "primary" : "default"} ghost={clear} onClick={() => setClear(true)} data-testid="adjust-clear">
                {t("adjust.clear")}
              </Button>
              <small className="a-muted">{t(zero ? "adjust.clearHint" : "adjust.clearNone")}</small>
            </span>
            <div className="a-preview" data-testid="adjust-preview">
              <div className="a-preview-side">
                <small>{t("adjust.before")}</small>
                <b>
                  <MoneyText value={calculation.balance} testId="adjust-before" />
                </b>
              </div>
              <span className="a-preview-arrow" aria-hidden>
                →
              </span>
              <div className="a-preview-side">
                <small>{t("account.balanceAfter")}</small>
                <b>
                  <MoneyText value={effect?.after} testId="adjust-after" />
                </b>
              </div>
              {effect?.cuts && <Alert className="a-preview-note" type="warning" showIcon title={t("adjust.cuts")} />}
              {effect?.reconnects && <Alert className="a-preview-note" type="success" showIcon title={t("adjust.reconnects")} />}
            </div>
            <Field label={t("adjust.note")}>
              <Input value={note} disabled={fixed} maxLength={200} placeholder={t("adjust.notePlaceholder")} onChange={({ target }) => setNote(target.value)} data-testid="adjust-note" />
            </Field>
            <Checkbox checked={agreed} disabled={fixed || amount === null || answer.isFetching} onChange={({ target }) => agree(target.checked)} data-testid="adjust-sure">
              {t("adjust.sure", { name: meter.name })}
            </Checkbox>
          </>
        )}
    </MoneyDialog>
  );
}
