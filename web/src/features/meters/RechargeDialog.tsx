// 充值: shows what it will do to balance and supply, books once whatever is clicked, then follows the reconnection.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Input, Modal, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Field } from "./OrderDialog";
import { Reconnection } from "./Reconnection";
import { ErrorNotice } from "@/components/feedback";
import { MoneyText, QuantityText } from "@/components/numbers";
import { outcomeUnknown } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { recharge } from "@/lib/api/requests";
import { compare, energyFor, format, MONEY, parse, toText } from "@/lib/decimal";
import { newId } from "@/lib/ids";
import { estimatePrice, rechargeEffect } from "@/lib/meter-state";
import { remember, remembered } from "@/lib/storage";
import type { Meter, RechargeOrder } from "@/types/api";

const QUICK = ["20", "50", "100", "200", "500"];
const METHODS = ["cash", "transfer", "wechat", "alipay", "free"] as const;
/** A slip of the finger costs at most this much at once. */
const MOST = "100000";

/** Fen at most: this is money that changes hands. */
const amountOf = (text: string): string | null => {
  const value = parse(text, 2);
  return value === null || value <= 0n ? null : toText(value, 2);
};

export function RechargeDialog({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  // One key for the life of the dialog: a double click, a retry after a lost answer, all book once.
  const [id] = useState(newId);
  const [text, setText] = useState("");
  const [touched, setTouched] = useState(false);
  const [method, setMethod] = useState<RechargeOrder["method"]>(() => remembered("recharge.method", "cash"));
  const [note, setNote] = useState("");
  const [before] = useState(meter);
  const amount = amountOf(text);
  const tooBig = amount !== null && compare(amount, MOST, MONEY) === 1;
  const pay = useMutation({
    mutationFn: (order: RechargeOrder) => recharge(meter.id, order),
    onSuccess: () => {
      remember("recharge.method", method);
      void queries.invalidateQueries({ queryKey: keys.meter(meter.id) });
      void queries.invalidateQueries({ queryKey: keys.meterLists });
      void queries.invalidateQueries({ queryKey: keys.home });
    },
  });
  // After a try without an answer the order must stay as it was: the key stands for exactly this recharge.
  const unknown = outcomeUnknown(pay.error);
  const submit = () => {
    setTouched(true);
    if (pay.isPending) return;
    if (unknown && pay.variables) pay.mutate(pay.variables);
    else if (amount && !tooBig) pay.mutate({ id, amount, method, note: note.trim() || undefined });
  };
  const problem = !touched ? null : !amount ? t("recharge.amountBad") : null;
  const shown = tooBig ? t("recharge.amountBig", { max: format(parse(MOST, 0)!, 0, 0) }) : problem;
  if (pay.data) {
    return (
      <Modal
        open
        title={t("recharge.title", { name: meter.name })}
        onCancel={onClose}
        width={540}
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
                {t("recharge.booked", {
                  amount: format(parse(pay.data.entry.amount, MONEY) ?? 0n, MONEY),
                  balance: format(parse(pay.data.balance, MONEY) ?? 0n, MONEY),
                })}
              </span>
            }
          />
          {(pay.data.reconnecting || (before.wanted_reason === "arrears" && meter.wanted === "closed")) && (
            <Reconnection meter={meter} since={pay.data.entry.at} />
          )}
        </div>
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={t("recharge.title", { name: meter.name })}
      onCancel={onClose}
      width={540}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t("common.cancel")}
        </Button>,
        <Button key="ok" type="primary" loading={pay.isPending} onClick={submit} data-testid="recharge-submit">
          {t(unknown ? "recharge.again" : "recharge.submit")}
        </Button>,
      ]}
    >
      <div className="a-stack">
        {unknown ? (
          <Alert type="warning" showIcon title={t("recharge.unknown")} />
        ) : (
          pay.error && <ErrorNotice error={pay.error} what="save" />
        )}
        <Field label={t("recharge.amount")}>
          <Input
            autoFocus
            size="large"
            inputMode="decimal"
            className="a-amount"
            prefix="¥"
            value={text}
            disabled={unknown}
            status={shown ? "error" : undefined}
            placeholder={t("recharge.amountPlaceholder")}
            onChange={(event) => setText(event.target.value.trim())}
            onPressEnter={submit}
            maxLength={12}
            data-testid="recharge-amount"
          />
        </Field>
        {shown && <div className="a-field-error">{shown}</div>}
        <div className="a-quick">
          {QUICK.map((quick) => (
            <Button
              key={quick}
              disabled={unknown}
              type={amount === quick ? "primary" : "default"}
              ghost={amount === quick}
              onClick={() => setText(quick)}
              data-testid={`recharge-quick-${quick}`}
            >
              {quick}
            </Button>
          ))}
        </div>
        <Preview meter={meter} amount={tooBig ? null : amount} />
        <div className="a-field">
          <span>{t("recharge.method")}</span>
          <Segmented
            block
            disabled={unknown}
            value={method}
            onChange={setMethod}
            options={METHODS.map((value) => ({ value, label: t(`recharge.methods.${value}`) }))}
          />
        </div>
        <Field label={`${t("recharge.note")} (${t("common.optional")})`}>
          <Input
            value={note}
            disabled={unknown}
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

function Preview({ meter, amount }: { meter: Meter; amount: string | null }) {
  const { t } = useTranslation();
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
        <span className="a-muted" title={estimate?.flat ? t("recharge.kwhTou") : undefined}>
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
