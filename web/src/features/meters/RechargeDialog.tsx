// 充值: shows what it will do to balance and supply, books once whatever is clicked, then follows the reconnection.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Input, Popconfirm, Segmented } from "antd";
import { useState } from "react";

import { Field, WhichMeter } from "./OrderDialog";
import { RechargeReceipt } from "./money/receipts";
import { Reconnection } from "./Reconnection";
import { Modal } from "@/components/Dialog";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { MoneyText, QuantityText } from "@/components/numbers";
import { outcomeUnknown } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { useLedger } from "@/lib/api/queries";
import { recharge } from "@/lib/api/requests";
import { compare, energyFor, format, MONEY, parse, toText, typed } from "@/lib/decimal";
import { newId } from "@/lib/ids";
import { estimatePrice, rechargeEffect } from "@/lib/meter-state";
import { forgetRecharge, keepRecharge, openRecharge, stillOpen } from "@/lib/open-recharge";
import { remember, remembered } from "@/lib/storage";
import { useKindTexts } from "@/lib/units";
import type { LedgerRow, Meter, RechargeOrder } from "@/types/api";

const QUICK = ["20", "50", "100", "200", "500"];
const METHODS = ["cash", "transfer", "wechat", "alipay", "free"] as const;
/** A slip of the finger costs at most this much at once. */
const MOST = "100000";

/** More than this is rare, and asked about once more. */
const UNUSUAL = "2000";

/** Fen at most: this is money that changes hands. */
const amountOf = (text: string): string | null => {
  const value = parse(typed(text), 2);
  return value === null || value <= 0n ? null : toText(value, 2);
};
const yuan = (text: string) => format(parse(text, MONEY) ?? 0n, MONEY);

export function RechargeDialog({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useKindTexts();
  const queries = useQueryClient();
  // One key for the life of the order: a double click, a retry after a lost answer, a closed dialog, all book once.
  const [left] = useState(() => openRecharge(meter.id));
  const [id] = useState(() => left?.id ?? newId());
  const [text, setText] = useState(left?.amount ?? "");
  const [touched, setTouched] = useState(false);
  const [sure, setSure] = useState(false);
  const [method, setMethod] = useState<RechargeOrder["method"]>(() => left?.method ?? remembered("recharge.method", "cash"));
  const [note, setNote] = useState(left?.note ?? "");
  const [before] = useState(meter);
  const [open, setOpen] = useState(left !== null);
  const amount = amountOf(text);
  const tooBig = amount !== null && compare(amount, MOST, MONEY) === 1;
  const unusual = amount !== null && !tooBig && compare(amount, UNUSUAL, MONEY) === 1;
  const pay = useMutation({
    mutationFn: (order: RechargeOrder) => {
      keepRecharge(meter.id, order);
      return recharge(meter.id, order);
    },
    onSuccess: () => {
      forgetRecharge(meter.id);
      remember("recharge.method", method);
      void queries.invalidateQueries({ queryKey: keys.meter(meter.id) });
      void queries.invalidateQueries({ queryKey: keys.meterLists });
      void queries.invalidateQueries({ queryKey: keys.home });
    },
    onError: (error) => {
      const unsettled = stillOpen(error, outcomeUnknown(error), open);
      setOpen(unsettled);
      if (!unsettled) forgetRecharge(meter.id);
    },
  });
  // While nobody knows, the order must stay as it was: the key stands for exactly this recharge.
  const submit = () => {
    setTouched(true);
    if (pay.isPending) return;
    const order = openRecharge(meter.id);
    if (open && order) pay.mutate(order);
    else if (amount && !tooBig && (!unusual || sure)) pay.mutate({ id, amount, method, note: note.trim() || undefined });
  };
  const drop = () => {
    forgetRecharge(meter.id);
    onClose();
  };
  const problem = !touched ? null : !amount ? t("recharge.amountBad") : null;
  const shown = tooBig ? t("recharge.amountBig", { max: format(parse(MOST, 0)!, 0, 0) }) : problem;
  const frame = {
    open: true,
    title: t("recharge.title", { name: meter.name }),
    // A slip beside the dialog must not lose what was typed, and nobody leaves while the money is on its way.
    mask: { closable: false },
    closable: !pay.isPending,
    keyboard: !pay.isPending,
    onCancel: onClose,
    width: 540,
  };
  if (pay.data) {
    return (
      <Modal
        {...frame}
        footer={
          <Button type="primary" onClick={onClose} data-testid="recharge-finish">
            {t("recharge.finish")}
          </Button>
        }
      >
        <div className="a-stack" data-testid="recharge-result" data-result={pay.data.result}>
          <Alert
            type="success"
            showIcon
            title={t(pay.data.result === "exists" ? "recharge.exists" : "recharge.done")}
            description={
              <span className="a-number">
                {t("recharge.booked", { amount: yuan(pay.data.entry.amount), balance: yuan(pay.data.balance) })}
              </span>
            }
          />
          {(pay.data.reconnecting || (before.wanted_reason === "arrears" && meter.wanted === "closed")) && (
            <Reconnection meter={meter} since={pay.data.entry.at} />
          )}
          <Slip meter={meter} entry={pay.data.entry} />
        </div>
      </Modal>
    );
  }
  return (
    <Modal
      {...frame}
      footer={[
        open ? (
          <Popconfirm key="drop" title={t("recharge.dropTitle")} description={t("recharge.dropHint")} onConfirm={drop}>
            <Button type="text" disabled={pay.isPending} data-testid="recharge-drop">
              {t("recharge.drop")}
            </Button>
          </Popconfirm>
        ) : null,
        <Button key="cancel" onClick={onClose} disabled={pay.isPending}>
          {t(open ? "recharge.later" : "common.cancel")}
        </Button>,
        <Button
          key="ok"
          type="primary"
          loading={pay.isPending}
          disabled={!open && unusual && !sure}
          onClick={submit}
          data-testid="recharge-submit"
        >
          {open ? t("recharge.again") : amount && !tooBig ? t("recharge.submitAmount", { amount: yuan(amount) }) : t("recharge.submit")}
        </Button>,
      ]}
    >
      <div className="a-stack">
        <WhichMeter meter={meter} />
        {open && !pay.isPending ? (
          <Alert type="warning" showIcon title={t("recharge.unknown", { amount: yuan(text) })} data-testid="recharge-unknown" />
        ) : (
          pay.error && !pay.isPending && <ErrorNotice error={pay.error} what="save" />
        )}
        <Field label={t("recharge.amount")}>
          <Input
            autoFocus
            size="large"
            inputMode="decimal"
            className="a-amount"
            prefix="¥"
            value={text}
            disabled={open || pay.isPending}
            status={shown ? "error" : undefined}
            placeholder={t("recharge.amountPlaceholder")}
            onChange={(event) => {
              setText(event.target.value);
              setSure(false);
            }}
            onBlur={() => setText(typed(text))}
            onPressEnter={submit}
            maxLength={40}
            data-testid="recharge-amount"
          />
        </Field>
        {shown && (
          <div className="a-field-error" role="alert">
            {shown}
          </div>
        )}
        <div className="a-quick">
          {QUICK.map((quick) => (
            <Button
              key={quick}
              disabled={open || pay.isPending}
              type={amount === quick ? "primary" : "default"}
              ghost={amount === quick}
              onClick={() => {
                setText(quick);
                setSure(false);
              }}
              data-testid={`recharge-quick-${quick}`}
            >
              {quick}
            </Button>
          ))}
        </div>
        <Preview meter={meter} amount={tooBig ? null : amount} />
        {unusual && !open && (
          <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)} data-testid="recharge-sure">
            {t("recharge.unusual", { amount: yuan(amount), name: meter.name })}
          </Checkbox>
        )}
        <div className="a-field">
          <span>{t("recharge.method")}</span>
          <Segmented
            block
            disabled={open || pay.isPending}
            value={method}
            onChange={setMethod}
            options={METHODS.map((value) => ({ value, label: t(`recharge.methods.${value}`) }))}
          />
        </div>
        <Field label={`${t("recharge.note")} (${t("common.optional")})`}>
          <Input
            value={note}
            disabled={open || pay.isPending}
            onChange={(event) => setNote(event.target.value)}
            maxLength={200}
            placeholder={t("recharge.notePlaceholder")}
            data-testid="recharge-note"
          />
        </Field>
        <small className="a-muted">{t("recharge.noPayment")}</small>
      </div>
    </Modal>
  );
}

/** What was sold stands in the records, which say it at the price of that moment. Without them the slip says what was paid. */
function Slip({ meter, entry }: { meter: Meter; entry: LedgerRow }) {
  const records = useLedger(meter.id, "recharge");
  const row = records.data?.pages.flatMap(({ rows }) => rows).find(({ id }) => id === entry.id);
  if (!row && records.isFetching) return <PageSkeleton rows={5} />;
  return <RechargeReceipt meter={meter} row={row ?? entry} />;
}

function Preview({ meter, amount }: { meter: Meter; amount: string | null }) {
  const { t } = useKindTexts();
  const effect = amount ? rechargeEffect(meter, amount) : null;
  const estimate = estimatePrice(meter.prices);
  const kwh = effect && estimate ? energyFor(effect.after, estimate.price) : null;
  return (
    <div className="a-preview">
      <div className="a-preview-side">
        <small>{t("recharge.before")}</small>
        <b>
          <MoneyText value={meter.balance} testId="recharge-before" />
        </b>
        <span className="a-muted">
          <QuantityText value={meter.balance_kwh} /> {t("common.kwh")}
        </span>
      </div>
      <span className="a-preview-arrow" aria-hidden>
        →
      </span>
      <div className="a-preview-side">
        <small>{t("recharge.after")}</small>
        <b>
          <MoneyText value={effect?.after} testId="recharge-after" />
        </b>
        <span className="a-muted" title={estimate?.rough ? t("recharge.kwhRough") : estimate?.flat ? t("recharge.kwhTou") : undefined}>
          {kwh ? t("recharge.kwh", { value: format(parse(kwh, 4) ?? 0n, 4) }) : "—"}
        </span>
      </div>
      {effect?.reconnects && <Alert className="a-preview-note" type="success" showIcon title={t("recharge.willReconnect")} />}
      {effect?.missing && (
        <Alert
          className="a-preview-note"
          type="warning"
          showIcon
          title={t("recharge.stillShort", { value: format(parse(effect.missing, MONEY) ?? 0n, MONEY) })}
        />
      )}
      {effect?.forced && <Alert className="a-preview-note" type="info" showIcon title={t("recharge.forcedStays")} />}
    </div>
  );
}
