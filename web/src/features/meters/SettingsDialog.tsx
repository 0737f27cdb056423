// 设备参数.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input } from "antd";
import { useState } from "react";

import { mergeSettings, overdraftInYuan, sentLimits, settingsOf, type SettingsForm } from "./settings";
import { ThresholdFields } from "./ThresholdFields";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { changeMeterSettings, getMeter } from "@/lib/api/requests";
import { format, MONEY, parse } from "@/lib/decimal";
import { wouldTrip } from "@/lib/meter-state";
import { useKindTexts, useUnit } from "@/lib/units";
import type { Meter } from "@/types/api";

export function SettingsDialog({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useKindTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<SettingsForm>();
  const values = Form.useWatch([], form) as SettingsForm | undefined;
  const [opened, setOpened] = useState(() => settingsOf(meter));
  const unit = useUnit(meter.kind);
  const [clashes, setClashes] = useState<string[]>([]);
  const save = useMutation({
    // The form may have been open for long: what others changed meanwhile stays as they left it.
    mutationFn: async (wanted: SettingsForm) => {
      const now = settingsOf(await getMeter(meter.id));
      const merged = mergeSettings(opened, now, wanted);
      setClashes(merged.clashes.map((name) => t("settings.clash", { field: t(`field.${name}`), value: name === "limits_in" ? (now.limits_in === "yuan" ? t("common.yuan") : unit) : String(now[name]) })));
      setOpened(now);
      return merged.clashes.length > 0 ? null : changeMeterSettings(meter.id, sentLimits(merged.values));
    },
    onSuccess: (answer) => {
      if (!answer) return;
      queries.setQueryData(keys.meter(meter.id), answer);
      void queries.invalidateQueries({ queryKey: keys.meterLists });
      void message.success(t("settings.saved"));
      onClose();
    },
  });
  const threshold = values?.overdraft === undefined ? null : overdraftInYuan(values, meter.prices);
  const cuts =
    values !== undefined &&
    threshold !== null &&
    meter.valve &&
    wouldTrip(meter.balance, { ...values, overdraft: threshold }) &&
    !wouldTrip(meter.balance, meter) &&
    !meter.keep_power;
  return (
    <Modal
      open
      title={t("settings.title", { name: meter.name })}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={t("common.save")}
      okButtonProps={{ loading: save.isPending, danger: cuts, "data-testid": "settings-save" }}
      onOk={() => form.submit()}
    >
      <Form<SettingsForm>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={settingsOf(meter)}
        onFinish={(settings) => save.mutate({ ...opened, ...settings, name: settings.name.trim(), room: settings.room?.trim() ?? "" })}
      >
        {save.error && <ErrorNotice error={save.error} what="save" />}
        {clashes.length > 0 && (
          <Alert className="a-error" type="warning" showIcon title={t("settings.clashTitle")} description={clashes.join(" ")} />
        )}
        <div className="a-form-grid">
          <Form.Item name="name" label={t("meter.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
            <Input maxLength={60} data-testid="settings-name" />
          </Form.Item>
          <Form.Item name="room" label={t("meter.room")}>
            <Input maxLength={60} />
          </Form.Item>
        </div>
        <ThresholdFields plan={meter.prices} kind={meter.kind} valve={meter.valve} />
        {cuts && (
          <Alert
            type="warning"
            showIcon
            title={t("settings.willTrip", { balance: format(parse(meter.balance, MONEY) ?? 0n, MONEY) })}
          />
        )}
      </Form>
    </Modal>
  );
}
