// 设备参数.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input, Segmented, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { moneyRule, MoneyField, plainAmounts } from "./MoneyField";
import { mergeSettings, settingsOf } from "./settings";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { changeMeterSettings, getMeter } from "@/lib/api/requests";
import { format, MONEY, parse, typed } from "@/lib/decimal";
import { thresholdProblem, wouldTrip } from "@/lib/meter-state";
import type { Meter, MeterSettings } from "@/types/api";

export function SettingsDialog({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<MeterSettings>();
  const values = Form.useWatch([], form) as MeterSettings | undefined;
  const [opened, setOpened] = useState(() => settingsOf(meter));
  const [clashes, setClashes] = useState<string[]>([]);
  const save = useMutation({
    // The form may have been open for long: what others changed meanwhile stays as they left it.
    mutationFn: async (wanted: MeterSettings) => {
      const now = settingsOf(await getMeter(meter.id));
      const merged = mergeSettings(opened, now, wanted);
      setClashes(merged.clashes.map((name) => t("settings.clash", { field: t(`field.${name}`), value: String(now[name]) })));
      setOpened(now);
      return merged.clashes.length > 0 ? null : changeMeterSettings(meter.id, merged.values);
    },
    onSuccess: (answer) => {
      if (!answer) return;
      queries.setQueryData(keys.meter(meter.id), answer);
      void queries.invalidateQueries({ queryKey: keys.meterLists });
      void message.success(t("settings.saved"));
      onClose();
    },
  });
  const cuts =
    values?.overdraft !== undefined &&
    wouldTrip(meter.balance, { ...plainAmounts(values), overdraft: values.overdraft }) &&
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
      <Form<MeterSettings>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={settingsOf(meter)}
        onFinish={(settings) => save.mutate({ ...plainAmounts(settings), name: settings.name.trim(), room: settings.room?.trim() ?? "" })}
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
        <ThresholdFields />
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

/** Mode, thresholds and automatic trip; also in the form that registers a meter. */
export function ThresholdFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="mode" label={t("meter.mode")}>
        <Segmented
          options={(["prepaid", "reading"] as const).map((value) => ({ value, label: t(`meter.kinds.${value}`) }))}
        />
      </Form.Item>
      <div className="a-form-grid a-form-grid-3">
        <MoneyField name="alarm_1" label={t("settings.alarm1")} hint={t("settings.alarm1Hint")} rules={[moneyRule(t, false)]} />
        <MoneyField
          name="alarm_2"
          label={t("settings.alarm2")}
          hint={t("settings.alarm2Hint")}
          dependencies={["alarm_1", "overdraft"]}
          rules={[
            moneyRule(t, false),
            ({ getFieldValue }) => ({
              validator: async (_, value: string) => {
                const problem = thresholdProblem(typed(getFieldValue("alarm_1")), typed(value), typed(getFieldValue("overdraft")));
                if (problem) throw new Error(t(`settings.${problem}`));
              },
            }),
          ]}
        />
        <MoneyField name="overdraft" label={t("settings.overdraft")} hint={t("settings.overdraftHint")} rules={[moneyRule(t, true)]} />
      </div>
      <Form.Item name="auto_trip" label={t("settings.autoTrip")} valuePropName="checked" extra={t("settings.autoTripHint")}>
        <Switch checkedChildren={t("common.on")} unCheckedChildren={t("common.off")} data-testid="settings-auto-trip" />
      </Form.Item>
    </>
  );
}
