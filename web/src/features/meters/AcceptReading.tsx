// 采用读数: a person decides that a refused reading is right after all, and what of the step is billed. The platform takes one
// decision per reading, so a retry after a lost answer never bills twice; what the first try did is then looked up.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Input, Radio } from "antd";
import { useState } from "react";

import { billedOf, countedFrom, effectOf, outcomeOf, standingOf, stepBetween, type Choice, type Effect, type Outcome } from "./acceptance";
import { Field, WhichMeter } from "./OrderDialog";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { MoneyText, PriceText, QuantityText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { useReason } from "@/components/words";
import { ApiError, outcomeUnknown } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { acceptReading, getMeter, listLedger } from "@/lib/api/requests";
import { compare, format, MONEY, parse, QUANTITY, typed } from "@/lib/decimal";
import { useNow } from "@/lib/hooks";
import { useKindTexts } from "@/lib/units";
import type { Meter, ReadingAcceptance, ReadingRow } from "@/types/api";

const kwh = (text: string) => format(parse(text, QUANTITY) ?? 0n, QUANTITY);
const yuan = (text: string) => format(parse(text, MONEY) ?? 0n, MONEY);

export function AcceptReading({ meter, reading, onClose }: { meter: Meter; reading: ReadingRow; onClose: () => void }) {
  const { t } = useKindTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const now = useNow(60_000);
  const reason = useReason();
  const [from, setFrom] = useState(() => countedFrom(meter));
  const [moved, setMoved] = useState(false);
  const [choice, setChoice] = useState<Choice | null>(null);
  const [text, setText] = useState("");
  const [note, setNote] = useState("");
  const [sure, setSure] = useState(false);
  const [unsettled, setUnsettled] = useState(false);
  const step = stepBetween(from.total, reading.total);
  const backward = step === null || (parse(step.by, QUANTITY) ?? 0n) < 0n;
  const billed = billedOf(choice, step?.by ?? "", typed(text));
  const effect = billed === null ? null : effectOf(meter, billed);
  const accept = useMutation({
    mutationFn: async (decision: ReadingAcceptance): Promise<Outcome> => {
      try {
        queries.setQueryData(keys.meter(meter.id), await acceptReading(meter.id, reading.id, decision));
        return { is: "accepted" };
      } catch (error) {
        if (!(error instanceof ApiError && error.code === "conflict")) throw error;
        const [fresh, ledger] = await Promise.all([getMeter(meter.id), listLedger(meter.id, { limit: 200 }, {})]);
        queries.setQueryData(keys.meter(meter.id), fresh);
        return error.field === "register_at" ? { is: "moved" } : outcomeOf(reading, decision.billed, fresh, ledger.rows);
      }
    },
    onSuccess: (outcome) => {
      setUnsettled(false);
      for (const key of [keys.meter(meter.id), keys.meterLists, keys.home, ["alarms"]]) void queries.invalidateQueries({ queryKey: key });
      if (outcome.is !== "accepted") return;
      void message.success(t("accept.done", { total: kwh(reading.total) }));
      onClose();
    },
    onError: (error) => setUnsettled((before) => before || outcomeUnknown(error)),
  });
  const over = accept.data?.is === "moved" ? undefined : accept.data;
  const gone = over ?? (standingOf(reading, meter, now) === "overtaken" && !unsettled ? ({ is: "overtaken" } as const) : null);
  const fixed = unsettled || accept.isPending || gone !== null;
  // Another register has counted while the dialog was open: the step is another one, and has to be agreed to anew. Not while it is unknown whether
  // this very reading is what has counted.
  const live = countedFrom(meter);
  if (!fixed && (live.at !== from.at || live.total !== from.total)) {
    setFrom(live);
    setMoved(true);
    setSure(false);
  }
  const ready = billed !== null && note.trim() !== "" && sure;
  const choose = (next: Choice) => {
    setChoice(next);
    setSure(false);
  };
  const submit = () => {
    if (accept.isPending || gone || billed === null || !ready) return;
    accept.mutate({ billed, register_at: from.at, note: note.trim() });
  };
  return (
    <Modal
      open
      width={560}
      title={t("accept.title", { name: meter.name })}
      mask={{ closable: false }}
      closable={!accept.isPending}
      keyboard={!accept.isPending}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose} disabled={accept.isPending} data-testid="accept-close">
          {t(gone || unsettled ? "common.close" : "common.cancel")}
        </Button>,
        gone ? null : (
          <Button
            key="ok"
            type="primary"
            danger={effect?.cuts}
            disabled={!ready}
            loading={accept.isPending}
            onClick={submit}
            data-testid="accept-submit"
          >
            {t(unsettled ? "accept.again" : "accept.submit")}
          </Button>
        ),
      ]}
    >
      <div className="a-stack" data-testid="accept-reading">
        <WhichMeter meter={meter} />
        <dl className="a-pairs">
          <dt>{t("accept.last")}</dt>
          <dd>
            <b>
              <QuantityText value={from.total} />
            </b>{" "}
            <small className="a-muted">
              <TimeText at={from.at} site={meter.site} />
            </small>
          </dd>
          <dt>{t("accept.this")}</dt>
          <dd>
            <b>
              <QuantityText value={reading.total} />
            </b>{" "}
            <small className="a-muted">
              <TimeText at={reading.at} site={meter.site} />
            </small>
          </dd>
          <dt>{t("accept.step")}</dt>
          <dd>
            <b>
              <QuantityText value={step?.by} signed testId="accept-step" />
            </b>{" "}
            {step?.rolledOver && <small className="a-muted">{t("accept.rolledOver")}</small>}
          </dd>
          <dt>{t("accept.why")}</dt>
          <dd className="a-tone-text-bad">{reason(reading.reason ?? "")}</dd>
        </dl>
        {moved && !gone && <Alert type="warning" showIcon title={t("accept.moved")} data-testid="accept-moved" />}
        <Radio.Group className="a-plan-choice" value={choice} disabled={fixed} onChange={(event) => choose(event.target.value as Choice)}>
          <Radio value="whole" className="a-plan" disabled={backward} data-testid="accept-whole">
            <span className="a-plan-name">{backward ? t("accept.wholeBackward") : t("accept.whole", { kwh: kwh(step.by) })}</span>
            <small className="a-muted">{t("accept.wholeHint")}</small>
          </Radio>
          <Radio value="nothing" className="a-plan" data-testid="accept-nothing">
            <span className="a-plan-name">{t("accept.nothing")}</span>
            <small className="a-muted">{t("accept.nothingHint")}</small>
          </Radio>
          <Radio value="stated" className="a-plan" data-testid="accept-stated">
            <span className="a-plan-name">{t("accept.stated")}</span>
            <small className="a-muted">{t("accept.statedHint")}</small>
          </Radio>
        </Radio.Group>
        {choice === "stated" && (
          <Field label={t("accept.quantity")}>
            <Input
              autoFocus
              inputMode="decimal"
              className="a-input-number"
              value={text}
              disabled={fixed}
              maxLength={40}
              status={text !== "" && billed === null ? "error" : undefined}
              placeholder={t("accept.quantityPlaceholder")}
              onChange={(event) => {
                setText(event.target.value);
                setSure(false);
              }}
              onBlur={() => setText(typed(text))}
              data-testid="accept-quantity"
            />
            {text !== "" && billed === null && (
              <span className="a-field-error" role="alert">
                {t("accept.quantityBad")}
              </span>
            )}
          </Field>
        )}
        {billed !== null && <Preview meter={meter} billed={billed} effect={effect} more={!backward && compare(billed, step.by, QUANTITY) === 1} />}
        <Field label={t("accept.note")}>
          <Input
            value={note}
            disabled={fixed}
            maxLength={200}
            placeholder={t("accept.notePlaceholder")}
            onChange={(event) => setNote(event.target.value)}
            data-testid="accept-note"
          />
        </Field>
        <Checkbox checked={sure} disabled={fixed || billed === null} onChange={(event) => setSure(event.target.checked)} data-testid="accept-sure">
          {billed === null
            ? t("accept.sure")
            : effect
              ? t("accept.sureMoney", { kwh: kwh(billed), money: yuan(effect.money) })
              : t("accept.sureKwh", { kwh: kwh(billed) })}
        </Checkbox>
        <small className="a-muted">{t("accept.hint")}</small>
        {(gone?.is === "otherwise" || gone?.is === "overtaken") && (
          <Alert
            type="warning"
            showIcon
            data-testid="accept-outcome"
            title={gone.is === "otherwise" ? t("accept.otherwise", { kwh: kwh(gone.billed) }) : t("accept.overtaken")}
          />
        )}
        {!gone && unsettled && !accept.isPending && <Alert type="warning" showIcon title={t("accept.unknown")} data-testid="accept-unknown" />}
        {!gone && !unsettled && accept.error && !accept.isPending && <ErrorNotice error={accept.error} what="save" />}
      </div>
    </Modal>
  );
}

function Preview({ meter, billed, effect, more }: { meter: Meter; billed: string; effect: Effect | null; more: boolean }) {
  const { t } = useKindTexts();
  const warn = (text: string) => <Alert className="a-preview-note" type="warning" showIcon title={text} />;
  return (
    <div className="a-preview" data-testid="accept-preview">
      <div className="a-preview-side">
        <small>{t("accept.charge")}</small>
        <b>
          <MoneyText value={effect?.money} testId="accept-money" />
        </b>
        <span className="a-muted">
          <QuantityText value={billed} /> {t("common.kwh")} × <PriceText value={effect?.price} />
        </span>
      </div>
      <span className="a-preview-arrow" aria-hidden>
        →
      </span>
      <div className="a-preview-side">
        <small>{t("accept.after")}</small>
        <b>
          <MoneyText value={effect?.after} testId="accept-after" />
        </b>
        <span className="a-muted">{t("accept.before", { balance: yuan(meter.balance) })}</span>
      </div>
      {!effect && warn(t("accept.noPrice"))}
      {effect?.rough && parse(billed, QUANTITY) !== 0n && warn(t("accept.rough"))}
      {effect?.flat && !effect.rough && parse(billed, QUANTITY) !== 0n && <Alert className="a-preview-note" type="info" showIcon title={t("accept.flat")} />}
      {more && warn(t("accept.more"))}
      {effect?.cuts && warn(t("accept.cuts"))}
    </div>
  );
}
