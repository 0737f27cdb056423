// 开户: who the household is, how its account is settled, billed and warned; counts from the register that is shown.
import { Alert, App, AutoComplete, Button, Form, Input, Select } from "antd";
import { useState } from "react";

import { WhichMeter } from "../OrderDialog";
import { sentLimits, settingsOf, type Limits } from "../settings";
import { ThresholdFields } from "../ThresholdFields";
import { useGuardedOrder } from "./guarded";
import { Unsettled } from "./parts";
import { ReadNow, useReadNow } from "./ReadNow";
import { OpeningReceipt } from "./receipts";
import "@/components/receipt.css";
import { Drawer } from "@/components/Dialog";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { MoneyText, QuantityText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { isZero } from "@/lib/account";
import { openAccount, useCalculation } from "@/lib/api/accounts";
import { usePlans } from "@/lib/api/queries";
import { SiteContext, useCan, useIsPhone, useNow, useOffset, useSession, useSites } from "@/lib/hooks";
import { newId } from "@/lib/ids";
import { parseMoment } from "@/lib/moment";
import { formatDay } from "@/lib/time";
import { useKindTexts } from "@/lib/units";
import { METHODS, type OpeningOrder } from "@/types/account";
import type { Meter } from "@/types/api";
import { utilityOf } from "@/types/supply";

/** first_day: YYYY-MM-DD */
type Values = Omit<OpeningOrder, "id" | "opened_on" | "limits_kwh" | keyof Limits> & Limits & { first_day: string };
type Props = { meter: Meter; onClose: () => void; onAdjust: () => void; onSettle: () => void };

const MOBILE = /^[0-9+ -]{5,20}$/;

export function OpenAccount(props: Props) {
  return (
    <SiteContext value={props.meter.site}>
      <Dialog {...props} />
    </SiteContext>
  );
}

function Dialog({ meter, onClose, onAdjust, onSettle }: Props) {
  const { t } = useKindTexts();
  const { message } = App.useApp();
  const can = useCan();
  const phone = useIsPhone();
  const offset = useOffset();
  const now = useNow(60_000);
  const session = useSession().data;
  const site = useSites().data?.find(({ id }) => id === meter.site);
  const plans = usePlans();
  const [id] = useState(newId);
  const [form] = Form.useForm<Values>();
  const planId = Form.useWatch("price_plan", form);
  const reading = useReadNow(meter.id);
  const answer = useCalculation(meter.id, reading.newerThan);
  const calculation = answer.data;
  const order = useGuardedOrder(meter.id, "opening", (wanted: OpeningOrder) => openAccount(meter.id, wanted));
  const fixed = order.pending || order.unsettled;
  // The one that is open, at the latest since the platform said so.
  const open = calculation?.opening;
  const money = calculation !== undefined && !isZero(calculation.balance);
  const submit = ({ first_day, ...values }: Values) => {
    const trimmed = Object.fromEntries((["customer", "mobile", "unit", "voltage", "area", "address", "note"] as const).map((name) => [name, values[name]?.trim() ?? ""]));
    order.submit({ ...sentLimits({ ...values, auto_trip: values.auto_trip ?? true }), ...trimmed, id, opened_on: parseMoment(`${first_day}T00:00`, offset)! } as OpeningOrder);
  };
  const text = (name: keyof Values, label: string, more: { required?: boolean; most?: number; wide?: boolean } = {}) => (
    <Form.Item name={name} label={label} className={more.wide ? "a-form-wide" : undefined} rules={more.required ? [{ required: true, whitespace: true, message: t("common.required") }] : undefined}>
      <Input maxLength={more.most ?? 60} data-testid={`open-${name}`} />
    </Form.Item>
  );
  const frame = { open: true, title: t("open.title", { name: meter.name }), size: phone ? ("100%" as const) : 640, mask: { closable: false }, closable: !order.pending, keyboard: false, onClose };
  if (order.result) {
    return (
      <Drawer
        {...frame}
        extra={
          <Button type="primary" onClick={onClose} data-testid="open-finish">
            {t("recharge.finish")}
          </Button>
        }
      >
        <div className="a-stack" data-testid="open-result">
          <Alert type="success" showIcon title={t("open.done", { customer: order.result.customer })} />
          <OpeningReceipt meter={meter} opening={order.result} />
        </div>
      </Drawer>
    );
  }
  return (
    <Drawer
      {...frame}
      extra={
        <Button
          type="primary"
          loading={order.pending}
          disabled={!order.unsettled && (!calculation || Boolean(open) || money || answer.isFetching)}
          onClick={() => (order.unsettled ? order.submit({} as OpeningOrder) : form.submit())}
          data-testid="open-submit"
        >
          {t(order.unsettled ? "settle.again" : "open.submit")}
        </Button>
      }
    >
      <div className="a-stack" data-testid="open-account">
        <WhichMeter meter={meter} />
        {answer.error && <ErrorNotice error={answer.error} what="load" onRetry={() => void answer.refetch()} stale={Boolean(calculation)} />}
        {!calculation && !answer.error && <PageSkeleton rows={3} />}
        {open && (
          <Alert
            type="warning"
            showIcon
            data-testid="open-already"
            title={t("open.already", { customer: open.customer })}
            description={
              <>
                <TimeText at={open.opened_on} /> · {t("open.alreadyHint")}
              </>
            }
            action={can("meter:settle") && <Button size="small" onClick={onSettle}>{t("meter.buttons.settle")}</Button>}
          />
        )}
        {calculation && !open && money && (
          <Alert
            type="warning"
            showIcon
            data-testid="open-money"
            title={
              <>
                {t("open.money")} <MoneyText value={calculation.balance} digits={6} /> {t("common.yuan")}
              </>
            }
            description={t("open.moneyHint")}
            action={
              can("meter:settle") && (
                <Button size="small" onClick={onAdjust} data-testid="open-adjust">
                  {t("meter.buttons.adjust")}
                </Button>
              )
            }
          />
        )}
        {calculation && !open && (
          <>
            <p>
              {t("account.start")}{" "}
              <b>
                <QuantityText value={calculation.to.total} testId="open-start" />
              </b>{" "}
              {t("common.kwh")}
            </p>
            <ReadNow meter={meter} register={calculation.to} reading={reading} disabled={fixed} />
          </>
        )}
        {order.unsettled && <Unsettled text={t("open.unknown")} />}
        {order.refused && !open && !money && !answer.isFetching && <Alert type="warning" showIcon title={t("settle.newer")} />}
        {order.error && <ErrorNotice error={order.error} what="save" />}
        {calculation && !open && (
          <Form<Values>
            form={form}
            layout="vertical"
            requiredMark={false}
            disabled={fixed}
            initialValues={{
              ...settingsOf(meter),
              unit: session?.acting.name,
              settlement_method: "cash",
              voltage: t("open.voltages.single"),
              first_day: formatDay(now, offset),
              area: site?.name,
              address: meter.linked_room?.name ?? meter.room,
              price_plan: meter.price_plan.id,
            }}
            onFinish={submit}
            onFinishFailed={() => void message.warning(t("open.incomplete"))}
          >
            <h3>{t("open.household")}</h3>
            <div className="a-form-grid">
              {text("customer", t("account.customer"), { required: true })}
              <Form.Item name="mobile" label={`${t("account.mobile")} (${t("common.optional")})`} normalize={(value: string) => value.normalize("NFKC")} rules={[{ pattern: MOBILE, message: t("open.mobileBad") }]}>
                <Input inputMode="tel" maxLength={20} data-testid="open-mobile" />
              </Form.Item>
              {text("unit", t("account.unit"))}
              {text("area", t("account.area"))}
              {text("address", t("account.address"), { wide: true })}
            </div>
            <h3>{t("open.billing")}</h3>
            <div className="a-form-grid">
              <Form.Item name="first_day" label={t("account.openedOn")} rules={[{ required: true, message: t("common.required") }]}>
                <Input type="date" max={formatDay(now, offset)} data-testid="open-day" />
              </Form.Item>
              <Form.Item name="settlement_method" label={t("account.settlementMethod")}>
                <Select options={METHODS.map((value) => ({ value, label: t(`recharge.methods.${value}`) }))} data-testid="open-method" />
              </Form.Item>
              <Form.Item name="voltage" label={t("account.voltage")}>
                <AutoComplete maxLength={30} options={(["single", "three"] as const).map((name) => ({ value: t(`open.voltages.${name}`) }))} data-testid="open-voltage" />
              </Form.Item>
              <Form.Item name="price_plan" label={t("account.plan")} rules={[{ required: true, message: t("common.required") }]}>
                <Select loading={plans.isLoading} options={plans.data?.filter((each) => each.utility === utilityOf(meter.kind)).map(({ id: value, name }) => ({ value, label: name }))} data-testid="open-plan" />
              </Form.Item>
            </div>
            <h3>{t("register.protection")}</h3>
            <ThresholdFields plan={plans.data?.find((each) => each.id === planId) ?? meter.prices} kind={meter.kind} valve={meter.valve} />
            {text("note", `${t("recharge.note")} (${t("common.optional")})`, { most: 200 })}
          </Form>
        )}
      </div>
    </Drawer>
  );
}
