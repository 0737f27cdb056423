// 通讯参数: the same device was described wrongly. What was agreed to is what is sent; its address, its registers and the money stay.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";

import "./supply.css";
import { changesOf, correctedOf, dialectsFor, fitsLine, SECRETS, sentCorrection, type Change, type Correction } from "./device";
import { DeviceDetails, DeviceFields } from "./DeviceFields";
import { useAgreement } from "./money/guarded";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { ApiError } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { useGateway } from "@/lib/api/queries";
import { changeMeterDevice } from "@/lib/api/requests";
import { useCan } from "@/lib/hooks";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";

/** Values that are codes, and under register where their texts stand. */
const WORDS: Record<string, string> = { dialect: "dialects", status_map: "statusMaps", close: "closes", meter_type: "meterTypes" };

export function DeviceDialog({ meter: now, onClose }: { meter: Meter; onClose: () => void }) {
  // As it was opened: when another device takes its place meanwhile, this is still about the one that was looked at, and is refused.
  const [meter] = useState(now);
  const { t } = useKindTexts(meter);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const can = useCan();
  const [form] = Form.useForm<Correction>();
  const typed = Form.useWatch([], form) as Correction | undefined;
  const dialect = typed?.profile?.dialect ?? meter.dialect;
  const lines = useGateway(can("gateway:read") ? meter.gateway : undefined).data?.lines.filter(({ id, uri }) => id === meter.line || fitsLine(dialect, uri));
  const wanted = sentCorrection(meter, typed);
  // Against what it is by now: what somebody else corrected meanwhile and this would take back is listed, too, and has to be agreed to.
  const changes = changesOf(now, wanted);
  const { agreed, agree } = useAgreement(changes.length > 0 ? JSON.stringify([meter.address, correctedOf(now), wanted]) : null);
  const save = useMutation({
    mutationFn: () => changeMeterDevice(meter.id, wanted),
    onSuccess: (answer) => {
      queries.setQueryData(keys.meter(meter.id), answer);
      for (const queryKey of [keys.meterLists, keys.gateways, ["gateway"], keys.entries, keys.commands(meter.id)]) void queries.invalidateQueries({ queryKey });
      void message.success(t(answer.dispatch === "prepared" ? "communication.savedPrepared" : "communication.saved"));
      onClose();
    },
  });
  const clash = save.error instanceof ApiError && save.error.code === "conflict" ? save.error.field : undefined;
  const said = ({ name }: Change, value: Change["from"]) => {
    if (typeof value === "boolean") return t(value ? "common.yes" : "common.no");
    return value === undefined ? t("communication.asLine") : WORDS[name] ? t(`register.${WORDS[name]}.${value}`) : value;
  };
  return (
    <Modal
      open
      width={620}
      title={t("communication.title", { name: meter.name })}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={t("communication.save")}
      cancelText={t("common.cancel")}
      okButtonProps={{ loading: save.isPending, disabled: !agreed, "data-testid": "device-save" }}
      onOk={() => form.submit()}
      data-testid="device-dialog"
    >
      <Form<Correction> form={form} layout="vertical" requiredMark={false} disabled={save.isPending} initialValues={correctedOf(meter)} onFinish={() => agreed && save.mutate()}>
        {save.error && (
          <ErrorNotice error={save.error} what="save">
            {clash === "address" ? t("communication.otherDevice") : clash === "line" ? t("communication.lineTaken") : undefined}
          </ErrorNotice>
        )}
        <p className="a-muted">{t("communication.what")}</p>
        <Form.Item name="line" label={t("communication.port")}>
          <Select disabled={!lines || lines.length < 2} options={(lines ?? [{ id: meter.line, uri: "" }]).map(({ id, uri }) => ({ value: id, label: [id, uri].filter(Boolean).join(" · ") }))} data-testid="device-line" />
        </Form.Item>
        <DeviceFields kind={meter.kind} dialect={dialect} valve={meter.valve} dialects={dialectsFor(meter)} />
        <DeviceDetails kind={meter.kind} dialect={dialect} valve={meter.valve} />
        {dialect.startsWith("dlt645") && (
          <>
            <div className="a-form-grid a-form-grid-3">
              {SECRETS.map(({ name, digits }) => (
                <Form.Item key={name} name={["profile", name]} label={t(`field.${name}`)} rules={[{ pattern: new RegExp(`^[0-9A-Fa-f]{${digits}}$`), message: t("communication.hexBad", { n: digits }) }]}>
                  <Input.Password maxLength={digits} autoComplete="new-password" visibilityToggle={false} placeholder={t("communication.unchanged")} data-testid={`device-${name}`} />
                </Form.Item>
              ))}
            </div>
            <p className="a-muted">{t("communication.secretsHint")}</p>
          </>
        )}
      </Form>
      {changes.length > 0 ? (
        <div className="a-stack" data-testid="device-changes">
          <Alert
            type={now.wanted === "open" ? "warning" : "info"}
            showIcon
            title={t("communication.then")}
            description={
              <>
                <ul className="a-device-changes">
                  {changes.map((change) => (
                    <li key={change.name}>
                      {t(`field.${change.name}`)}: {change.secret ? t("communication.replaced") : `${said(change, change.from)} → ${said(change, change.to)}`}
                    </li>
                  ))}
                </ul>
                {t(now.dispatch === "prepared" || now.dispatch === "withdrawing" ? "communication.whenDispatched" : "communication.told")}
                {now.wanted === "open" && ` ${t("communication.cutAgain")}`}
              </>
            }
          />
          <Checkbox checked={agreed} disabled={save.isPending} onChange={({ target }) => agree(target.checked)} data-testid="device-sure">
            {t("communication.sure", { name: meter.name, address: meter.address })}
          </Checkbox>
        </div>
      ) : (
        <p className="a-muted">{t("communication.same")}</p>
      )}
    </Modal>
  );
}
