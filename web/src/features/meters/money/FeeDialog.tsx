// 年费充值 (wc-annual-fee): what a device costs a year is set and paid here; expired, it is blocked until it is paid. The money is the
// company's, it never comes onto the meter's balance.
import { Alert, App, Button, Checkbox, Form, Input, InputNumber, Popconfirm } from "antd";
import { useState } from "react";

import { moneyRule, MoneyField } from "../MoneyField";
import { Field, WhichMeter } from "../OrderDialog";
import { useAgreement, useGuardedOrder } from "./guarded";
import { MoneyDialog } from "./MoneyDialog";
import { MethodField } from "./parts";
import { FeeReceipt } from "./receipts";
import "@/components/receipt.css";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { feeOf, feeStanding, paidThrough } from "@/lib/annual-fee";
import { changeAnnualFee, payAnnualFee, useMeterChange } from "@/lib/api/supply";
import { typed } from "@/lib/decimal";
import { SiteContext, useCan, useNow, useOffset } from "@/lib/hooks";
import { newId } from "@/lib/ids";
import { formatDay } from "@/lib/time";
import { useKindTexts } from "@/lib/units";
import type { Method } from "@/types/account";
import type { Meter } from "@/types/api";
import type { AnnualFee, FeeOrder } from "@/types/supply";

const MOST_YEARS = 10;

type Props = { meter: Meter; onClose: () => void };

export function FeeDialog(props: Props) {
  const can = useCan();
  const [setting, setSetting] = useState(false);
  const fee = props.meter.annual_fee;
  const pays = fee && !setting && can("meter:recharge");
  return <SiteContext value={props.meter.site}>{pays ? <Pay {...props} fee={fee} onSet={() => setSetting(true)} /> : <SetUp {...props} />}</SiteContext>;
}

function Pay({ meter, fee, onSet, onClose }: Props & { fee: AnnualFee; onSet: () => void }) {
  const { t } = useKindTexts();
  const can = useCan();
  const today = formatDay(useNow(60_000), useOffset());
  // One key for the life of the dialog: a double click or a retry after a lost answer pays once.
  const [id] = useState(newId);
  const [years, setYears] = useState(1);
  const [method, setMethod] = useState<Method>("cash");
  const [note, setNote] = useState("");
  const order = useGuardedOrder(meter.id, "fee", (wanted: FeeOrder) => payAnnualFee(meter.id, wanted));
  const amount = feeOf(fee.yearly, years);
  const then = paidThrough(fee, years, today);
  const standing = feeStanding(fee, today);
  const { agreed, agree } = useAgreement(`${fee.yearly} ${fee.paid_until} ${years}`);
  const fixed = order.pending || order.unsettled;
  return (
    <MoneyDialog
      name="fee"
      title={t("fee.payTitle", { name: meter.name })}
      width={560}
      order={order}
      onClose={onClose}
      submit={{ label: t("fee.pay"), ready: agreed, run: () => order.submit({ id, ...fee, years, method, note: note.trim() }) }}
      unknown={t("fee.unknown")}
      newer={t("fee.newer")}
      result={order.result && { title: t("fee.paid", { until: order.result.paid_until }), receipt: <FeeReceipt meter={meter} payment={order.result} /> }}
    >
      <WhichMeter meter={meter} />
      <Alert type={standing === "paid" ? "info" : "warning"} showIcon title={t(standing === "expired" ? "fee.expired" : "fee.until", { until: fee.paid_until })} />
      <div className="a-method-field a-method-field-years">
        <Field label={t("fee.years")}>
          <InputNumber<number> min={1} max={MOST_YEARS} precision={0} value={years} disabled={fixed} onChange={(value) => setYears(value ?? 1)} data-testid="fee-years" />
        </Field>
        <MethodField value={method} onChange={setMethod} disabled={fixed} />
      </div>
      <div className="a-preview">
        <div className="a-preview-side">
          <small>{t("fee.amount")}</small>
          <b>
            <MoneyText value={amount} testId="fee-amount" />
          </b>
        </div>
        <span className="a-preview-arrow" aria-hidden>
          →
        </span>
        <div className="a-preview-side">
          <small>{t("fee.paidUntil")}</small>
          <b className="a-number" data-testid="fee-until">
            {then.until}
          </b>
          {then.from !== fee.paid_until && <span className="a-muted">{t("fee.anew", { from: then.from })}</span>}
        </div>
        {meter.wanted_reason === "fee" && <Alert className="a-preview-note" type="success" showIcon title={t("fee.reconnects")} />}
      </div>
      <Field label={`${t("recharge.note")} (${t("common.optional")})`}>
        <Input value={note} disabled={fixed} maxLength={200} onChange={({ target }) => setNote(target.value)} data-testid="fee-note" />
      </Field>
      <Checkbox checked={agreed} disabled={fixed} onChange={({ target }) => agree(target.checked)} data-testid="fee-sure">
        {t("fee.sure", { name: meter.name })}
      </Checkbox>
      <small className="a-muted">
        {t("fee.notBalance")}{" "}
        {can("meter:settle") && (
          <Button type="link" size="small" disabled={fixed} onClick={onSet} data-testid="fee-change">
            {t("fee.change")}
          </Button>
        )}
      </small>
    </MoneyDialog>
  );
}

type Values = { yearly: string; paid_until: string };

function SetUp({ meter, onClose }: Props) {
  const { t } = useKindTexts();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const today = formatDay(useNow(60_000), useOffset());
  const until = Form.useWatch("paid_until", form);
  const done = (key: string) => () => {
    void message.success(t(key));
    onClose();
  };
  const save = useMeterChange(meter.id, ({ yearly, paid_until }: Values) => changeAnnualFee(meter.id, { yearly: typed(yearly), paid_until }), done("fee.saved"));
  const stop = useMeterChange(meter.id, () => changeAnnualFee(meter.id, { yearly: null }), done("fee.stopped"));
  const may = useCan()("meter:settle");
  return (
    <Modal
      open
      width={520}
      title={t("fee.setTitle", { name: meter.name })}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={[
        meter.annual_fee && may && (
          <Popconfirm key="stop" title={t("fee.stopTitle")} description={t("fee.stopHint")} onConfirm={() => stop.mutate(undefined)}>
            <Button type="text" danger loading={stop.isPending} data-testid="fee-stop">
              {t("fee.stop")}
            </Button>
          </Popconfirm>
        ),
        <Button key="cancel" onClick={onClose}>
          {t(may ? "common.cancel" : "common.close")}
        </Button>,
        may && (
          <Button key="ok" type="primary" danger={until !== undefined && until <= today} loading={save.isPending} onClick={() => form.submit()} data-testid="fee-save">
            {t("common.save")}
          </Button>
        ),
      ]}
    >
      <div className="a-stack" data-testid="fee-set">
        <WhichMeter meter={meter} />
        <p className="a-muted">{t("fee.what")}</p>
        {!may && <p>{t("fee.none")}</p>}
        {(save.error ?? stop.error) && <ErrorNotice error={save.error ?? stop.error} what="save" />}
        {may && (
          <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={{ yearly: meter.annual_fee?.yearly ?? "", paid_until: meter.annual_fee?.paid_until ?? today }} onFinish={(values) => save.mutate(values)}>
            <div className="a-form-grid">
              <MoneyField name="yearly" label={t("fee.yearly")} rules={[moneyRule(t, true)]} testId="fee-yearly" />
              <Form.Item name="paid_until" label={t("fee.paidUntil")} extra={t("fee.paidUntilHint")} rules={[{ required: true, message: t("common.required") }]}>
                <Input type="date" data-testid="fee-paid-until" />
              </Form.Item>
            </div>
          </Form>
        )}
        {may && until !== undefined && until <= today && <Alert type="warning" showIcon title={t("fee.blocks")} />}
      </div>
    </Modal>
  );
}
