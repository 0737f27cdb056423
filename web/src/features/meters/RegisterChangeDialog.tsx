// 换表, 抄表录入: a register that somebody read is counted up to; with another meter in its place it goes on from that one's.
import { Alert, Checkbox, Form, Input, Segmented } from "antd";
import { useState } from "react";

import { countedFrom, effectOf, stepBetween } from "./acceptance";
import { addressKind, isAddress, isWhole, plainAddress, sentProfile, successorsOf, USUAL, type Profile } from "./device";
import { DeviceDetails, DeviceFields } from "./DeviceFields";
import { useAgreement, useGuardedOrder } from "./money/guarded";
import { MoneyDialog } from "./money/MoneyDialog";
import { Field, WhichMeter } from "./OrderDialog";
import "@/components/receipt.css";
import { MoneyText, QuantityText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { useReason } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { changeRegister } from "@/lib/api/supply";
import { parse, QUANTITY, typed } from "@/lib/decimal";
import { SiteContext, useNow, useOffset } from "@/lib/hooks";
import { newId } from "@/lib/ids";
import { momentText, parseMoment } from "@/lib/moment";
import { TARIFFS } from "@/lib/price-slots";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";
import type { RegisterInput, RegisterOrder } from "@/types/supply";

type Props = { meter: Meter; onClose: () => void };
/** total, and the four tariffs where prices hang on them */
type Typed = { total: string; tariffs: string[] };
type Device = { profile: Profile; baud?: number };

const NOTHING: Typed = { total: "", tariffs: ["", "", "", ""] };
const isRegister = (text: string) => (parse(typed(text), QUANTITY) ?? -1n) >= 0n;

export function RegisterChangeDialog(props: Props) {
  return (
    <SiteContext value={props.meter.site}>
      <Dialog {...props} />
    </SiteContext>
  );
}

function Dialog({ meter, onClose }: Props) {
  const { t, unit } = useKindTexts();
  const reason = useReason();
  const offset = useOffset();
  const now = useNow(10_000);
  const [id] = useState(newId);
  const [kind, setKind] = useState<RegisterOrder["kind"]>("typed");
  const [last, setLast] = useState(NOTHING);
  const [start, setStart] = useState<Typed>({ total: "0", tariffs: ["0", "0", "0", "0"] });
  const [address, setAddress] = useState("");
  /** the new meter is spoken to in another way */
  const [other, setOther] = useState(false);
  const [deviceForm] = Form.useForm<Device>();
  const device = Form.useWatch([], deviceForm) as Device | undefined;
  /** empty: now */
  const [when, setWhen] = useState("");
  const [note, setNote] = useState("");
  const order = useGuardedOrder(meter.id, "register", (wanted: RegisterOrder) => changeRegister(meter.id, wanted));
  const byRegisters = meter.prices?.kind === "tou" && !meter.prices.slots?.length;
  const counted = countedFrom(meter);
  const step = isRegister(last.total) ? stepBetween(counted.total, typed(last.total)) : null;
  const backward = step !== null && (parse(step.by, QUANTITY) ?? 0n) < 0n;
  const effect = step && !backward ? effectOf(meter, step.by) : null;
  const at = when === "" ? undefined : (parseMoment(when, offset) ?? null);
  const badMoment = at === null || (at !== undefined && (at > now || at <= counted.at));
  const whole = ({ total, tariffs }: Typed) => isRegister(total) && (!byRegisters || tariffs.every(isRegister));
  const dialects = successorsOf(meter.kind, meter.valve);
  const dialect = (other ? device?.profile?.dialect : undefined) ?? meter.profile.dialect ?? USUAL.dialect;
  const next = other && device?.profile ? { profile: sentProfile({ ...device.profile, dialect }, meter.valve), ...(device.baud && { baud: device.baud }) } : null;
  const badAddress = address !== "" ? !isAddress(dialect, address) : other && !isAddress(dialect, meter.address);
  const badDevice = other && (!next || !isWhole(next.profile, meter.valve));
  const ready = whole(last) && !backward && !badMoment && note.trim() !== "" && (kind === "typed" || (whole(start) && !badAddress && !badDevice));
  const { agreed, agree } = useAgreement(ready ? JSON.stringify([kind, last, start, address, next, when, counted.total]) : null);
  const fixed = order.pending || order.unsettled;
  const plain = ({ total, tariffs }: Typed): RegisterInput => ({ total: typed(total), ...(byRegisters && { tariffs: tariffs.map(typed) }) });
  const submit = () =>
    order.submit({ id, kind, last: plain(last), ...(at && { at }), ...(kind === "replace" && { start: plain(start), ...(address && { address }), ...next }), note: note.trim() });
  const code = order.error instanceof ApiError ? order.error.code : "";
  return (
    <MoneyDialog
      name="register-change"
      title={t("registers.title", { name: meter.name })}
      width={620}
      order={code === "backward" || code === "impossible_jump" ? { ...order, error: null } : order}
      onClose={onClose}
      submit={{ label: t(`registers.submit.${kind}`), danger: kind === "replace" || effect?.cuts, ready: ready && agreed, run: submit }}
      unknown={t("registers.unknown")}
      result={
        order.result && {
          title: t(`registers.done.${kind}`),
          receipt: (
            <p>
              {t("registers.billed")} <QuantityText value={order.result.kwh} digits={4} /> {unit} · {t("registers.fee")} <MoneyText value={order.result.fee} digits={4} />
            </p>
          ),
        }
      }
    >
      <WhichMeter meter={meter} />
      <Segmented
        block
        aria-label={t("registers.kind")}
        disabled={fixed}
        value={kind}
        onChange={setKind}
        options={(["typed", "replace"] as const).map((value) => ({ value, label: <span data-testid={`register-kind-${value}`}>{t(`registers.kinds.${value}`)}</span> }))}
      />
      <small className="a-muted">{t(`registers.what.${kind}`)}</small>
      <p>
        {t("registers.counted")} <QuantityText value={counted.total} digits={4} /> {unit} <small className="a-muted"><TimeText at={counted.at} site={meter.site} /></small>
      </p>
      <Registers label={t(kind === "replace" ? "registers.lastOld" : "registers.last")} value={last} onChange={setLast} tariffs={byRegisters} disabled={fixed} name="register-last" />
      {backward && (
        <div className="a-field-error" role="alert">
          {t("registers.backward")}
        </div>
      )}
      {step?.rolledOver && <small className="a-muted">{t("accept.rolledOver")}</small>}
      <Field label={t("registers.at")}>
        <Input type="datetime-local" value={when} disabled={fixed} max={momentText(now, offset)} status={badMoment ? "error" : undefined} onChange={({ target }) => setWhen(target.value)} data-testid="register-at" />
      </Field>
      {badMoment && (
        <div className="a-field-error" role="alert">
          {t("registers.badMoment")}
        </div>
      )}
      {kind === "replace" && (
        <>
          <Registers label={t("registers.start")} value={start} onChange={setStart} tariffs={byRegisters} disabled={fixed} name="register-start" />
          <Field label={`${t("registers.address")} (${t("common.optional")})`}>
            <Input inputMode={dialect === "cjt188" ? "text" : "numeric"} maxLength={24} value={address} disabled={fixed} placeholder={meter.address} status={badAddress ? "error" : undefined} onChange={({ target }) => setAddress(plainAddress(target.value))} data-testid="register-new-address" />
          </Field>
          {badAddress && (
            <div className="a-field-error" role="alert">
              {t(`register.addressBads.${addressKind(dialect)}`)}
            </div>
          )}
          {meter.profile.dialect !== "mqtt" && (
            <Checkbox checked={other} disabled={fixed} onChange={({ target }) => setOther(target.checked)} data-testid="register-other-device">
              {t("register.otherDevice")}
            </Checkbox>
          )}
          {other && (
            <Form<Device> form={deviceForm} component={false} layout="vertical" requiredMark={false} disabled={fixed} initialValues={{ profile: { ...USUAL, ...meter.profile }, baud: meter.baud ?? undefined }}>
              <DeviceFields kind={meter.kind} dialect={dialect} valve={meter.valve} dialects={dialects} />
              <DeviceDetails kind={meter.kind} dialect={dialect} valve={meter.valve} />
            </Form>
          )}
        </>
      )}
      <div className="a-preview">
        <div className="a-preview-side">
          <small>{t("registers.billed")}</small>
          <b>
            <QuantityText value={backward ? undefined : step?.by} digits={4} testId="register-billed" /> <small className="a-muted">{unit}</small>
          </b>
        </div>
        <span className="a-preview-arrow" aria-hidden>
          →
        </span>
        <div className="a-preview-side">
          <small>{t("account.balanceAfter")}</small>
          <b>
            <MoneyText value={effect?.after} />
          </b>
          {effect && (
            <span className="a-muted">
              {t("registers.costs")} <MoneyText value={effect.money} /> {effect.rough && t("recharge.kwhRough")}
            </span>
          )}
        </div>
        {effect?.cuts && <Alert className="a-preview-note" type="warning" showIcon title={t("accept.cuts")} />}
      </div>
      <Field label={t("adjust.note")}>
        <Input value={note} disabled={fixed} maxLength={200} placeholder={t("registers.notePlaceholder")} onChange={({ target }) => setNote(target.value)} data-testid="register-note" />
      </Field>
      <Checkbox checked={agreed} disabled={fixed || !ready} onChange={({ target }) => agree(target.checked)} data-testid="register-sure">
        {t("registers.sure", { name: meter.name })}
      </Checkbox>
      {(code === "backward" || code === "impossible_jump") && !order.pending && <Alert type="error" showIcon title={reason(code)} description={t("failure.unchanged")} data-testid="register-refused" />}
    </MoneyDialog>
  );
}

type RegistersProps = { label: string; value: Typed; onChange: (value: Typed) => void; tariffs: boolean; disabled: boolean; name: string };

function Registers({ label, value, onChange, tariffs, disabled, name }: RegistersProps) {
  const { t } = useKindTexts();
  const status = (text: string) => (text !== "" && !isRegister(text) ? ("error" as const) : undefined);
  return (
    <div className="a-stack">
      <Field label={label}>
        <Input inputMode="decimal" className="a-input-number" value={value.total} disabled={disabled} status={status(value.total)} maxLength={20} onChange={({ target }) => onChange({ ...value, total: target.value })} data-testid={name} />
      </Field>
      {tariffs && (
        <div className="a-form-grid a-form-grid-4">
          {TARIFFS.map((tariff, index) => (
            <Input
              key={tariff}
              inputMode="decimal"
              className="a-input-number"
              value={value.tariffs[index]}
              disabled={disabled}
              status={status(value.tariffs[index]!)}
              maxLength={20}
              placeholder={t(`readings.${tariff}`)}
              aria-label={`${label} ${t(`readings.${tariff}`)}`}
              onChange={({ target }) => onChange({ ...value, tariffs: value.tariffs.map((each, at) => (at === index ? target.value : each)) })}
              data-testid={`${name}-${tariff}`}
            />
          ))}
        </div>
      )}
    </div>
  );
}
