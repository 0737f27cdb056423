// 登记电表 (con-meter-register): identity, where it is wired, how it is billed, when it warns and trips.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Collapse, Form, Input, Segmented, Select, Switch } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import { addressKind, DIALECTS, fitsLine, isAddress, mayLackValve, plainAddress, sentProfile, suggestedDevice, USUAL } from "./device";
import { DeviceDetails, DeviceFields } from "./DeviceFields";
import { MoneyField, quantityRule } from "./MoneyField";
import type { Start } from "./register-start";
import { RoomChoice } from "./RoomChoice";
import { sentLimits, type Limits } from "./settings";
import { ThresholdFields } from "./ThresholdFields";
import { Drawer } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { ApiError } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { useGateway, useGateways, usePlans } from "@/lib/api/queries";
import { moveMeter, registerMeter } from "@/lib/api/requests";
import { typed } from "@/lib/decimal";
import { useCan, useIsPhone } from "@/lib/hooks";
import { useKindTexts } from "@/lib/units";
import type { MeterRegistration } from "@/types/api";
import { KINDS, utilityOf } from "@/types/supply";

const DEVICE = /^[A-Za-z0-9_-]{1,64}$/;

type Values = Omit<MeterRegistration, "limits_kwh" | keyof Limits> & Limits & { to_room?: number };

export function RegisterDrawer({ start, onClose }: { start?: Start; onClose: () => void }) {
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch("kind", form) ?? "electricity";
  const dialect = Form.useWatch(["profile", "dialect"], form) ?? DIALECTS[kind][0]!;
  const lacking = mayLackValve(kind, dialect);
  const valve = (Form.useWatch("valve", form) ?? true) || !lacking;
  const { t } = useKindTexts({ kind });
  const { message } = App.useApp();
  const phone = useIsPhone();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const can = useCan();
  const [deviceTyped, setDeviceTyped] = useState(false);
  const gateways = useGateways();
  const plans = usePlans();
  const gateway = Form.useWatch("gateway", form);
  const planId = Form.useWatch("price_plan", form);
  const lines = useGateway(gateway).data?.lines.filter(({ uri }) => fitsLine(dialect, uri));
  const fitting = plans.data?.filter((each) => each.utility === utilityOf(kind));
  const plan = fitting?.find(({ id }) => id === planId);
  // Where the clock splits, the meter needs no registers.
  const tou = plan?.kind === "tou" && !plan.slots?.length;
  const register = useMutation({
    mutationFn: async ({ body, room }: { body: MeterRegistration; room?: number }) => {
      const meter = await registerMeter(body);
      // It is registered, whatever becomes of the room: that is linked again on the room's page.
      if (room) await moveMeter(meter.id, { room, was: null }).catch(() => void message.warning(t("room.notLinked")));
      return meter;
    },
    onSuccess: (meter) => {
      void queries.invalidateQueries({ queryKey: keys.meterLists });
      void queries.invalidateQueries({ queryKey: keys.home });
      void queries.invalidateQueries({ queryKey: keys.gateways });
      void queries.invalidateQueries({ queryKey: ["gateway"] });
      void queries.invalidateQueries({ queryKey: keys.entries });
      void message.success(t(meter.dispatch === "prepared" ? "concentrator.prepared" : "register.done"));
      void navigate(start?.back ?? `/meters/${meter.id}`);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.field && form.getFieldInstance(error.field as "name")) {
        form.scrollToField(error.field as "name");
      }
    },
  });
  const submit = ({ to_room: room, ...values }: Values) => {
    const tariffs = values.start_reading.tariffs;
    const plain = sentLimits({ ...values, auto_trip: values.auto_trip ?? true });
    const body = {
      ...plain,
      kind: kind === "electricity" ? undefined : kind,
      profile: sentProfile({ ...values.profile, dialect }, valve),
      baud: dialect === "mqtt" ? undefined : values.baud,
      valve: lacking ? valve : undefined,
      name: values.name.trim(),
      room: values.room?.trim() || undefined,
      start_reading: { total: typed(values.start_reading.total), tariffs: tou ? tariffs?.map(typed) : undefined },
    };
    register.mutate({ body, room });
  };
  return (
    <Drawer
      open
      title={t("register.title")}
      size={phone ? "100%" : 620}
      onClose={onClose}
      mask={{ closable: false }}
      keyboard={false}
      extra={
        <Button type="primary" loading={register.isPending} onClick={() => form.submit()} data-testid="register-submit">
          {t("register.submit")}
        </Button>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          kind: "electricity",
          valve: true,
          mode: "prepaid",
          limits_in: "yuan",
          alarm_1: "20",
          alarm_2: "10",
          overdraft: "0",
          auto_trip: true,
          dispatch: true,
          ...start?.values,
          start_reading: { total: start?.values.start_reading?.total ?? "0" },
          profile: { ...USUAL, ...start?.values.profile },
          device: start?.values.address && suggestedDevice(start.values.profile?.dialect, start.values.address, start.values.gateway, start.values.line),
        }}
        onFinish={submit}
        onValuesChange={(changed: Partial<Values>, now) => {
          if (changed.device !== undefined) setDeviceTyped(true);
          if (changed.kind !== undefined) {
            form.setFieldValue("price_plan", undefined);
            form.setFieldValue(["profile", "dialect"], DIALECTS[changed.kind][0]);
          }
          if (changed.gateway !== undefined || changed.profile?.dialect) form.setFieldValue("line", undefined);
          // Of another protocol it is another address.
          if (changed.profile?.dialect && now.address) void form.validateFields(["address"]).catch(() => undefined);
          if (!deviceTyped && changed.device === undefined && (now.address || form.getFieldValue("device"))) {
            form.setFieldValue("device", suggestedDevice(form.getFieldValue(["profile", "dialect"]), now.address ?? "", now.gateway, form.getFieldValue("line")));
          }
        }}
      >
        {register.error && <ErrorNotice error={register.error} what="save" />}
        {gateways.data?.length === 0 && (
          <Alert type="warning" showIcon title={<Link to="/gateways">{t("register.noGateway")}</Link>} />
        )}
        {fitting?.length === 0 && <Alert type="warning" showIcon title={<Link to="/prices">{t("register.noPlan")}</Link>} />}
        <h3>{t("register.identity")}</h3>
        <div className="a-form-grid">
          <Form.Item name="kind" label={t("supplying.kind")}>
            <Segmented options={KINDS.map((value) => ({ value, label: <span data-testid={`register-kind-${value}`}>{t(`supplying.kinds.${value}`)}</span> }))} />
          </Form.Item>
          {lacking && (
            <Form.Item name="valve" label={t("supplying.valve")} valuePropName="checked" extra={t("supplying.valveHint")}>
              <Switch checkedChildren={t("supplying.withValve")} unCheckedChildren={t("supplying.withoutValve")} data-testid="register-valve" />
            </Form.Item>
          )}
        </div>
        <DeviceFields kind={kind} dialect={dialect} valve={valve} dialects={DIALECTS[kind]} />
        <div className="a-form-grid">
          <Form.Item
            name="address"
            label={t("meter.address")}
            extra={t(`register.addressHints.${addressKind(dialect)}`)}
            normalize={plainAddress}
            rules={[
              {
                validator: async (_, text: string | undefined) => {
                  if (!isAddress(dialect, text ?? "")) throw new Error(t(`register.addressBads.${addressKind(dialect)}`));
                },
              },
            ]}
          >
            <Input inputMode={dialect === "cjt188" ? "text" : "numeric"} maxLength={24} className="a-input-number" autoFocus data-testid="register-address" />
          </Form.Item>
          <Form.Item
            name="device"
            label={t("meter.device")}
            extra={t("register.deviceHint")}
            rules={[{ pattern: DEVICE, required: true, message: t("register.deviceBad") }]}
          >
            <Input maxLength={64} data-testid="register-device" />
          </Form.Item>
          <Form.Item name="name" label={t("meter.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
            <Input maxLength={60} data-testid="register-name" />
          </Form.Item>
          <Form.Item name="room" label={t("meter.room")}>
            <Input maxLength={60} data-testid="register-room" />
          </Form.Item>
          {can("room:bind") && can("room:read") && <RoomChoice site={gateways.data?.find(({ id }) => id === gateway)?.site} />}
        </div>
        <h3>{t("register.place")}</h3>
        <div className="a-form-grid">
          <Form.Item name="gateway" label={t("meter.gateway")} rules={[{ required: true, message: t("common.required") }]}>
            <Select
              loading={gateways.isLoading}
              options={gateways.data?.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
              data-testid="register-gateway"
            />
          </Form.Item>
          <Form.Item name="line" label={t("meter.line")} rules={[{ required: true, message: t("common.required") }]}>
            {lines && lines.length > 0 ? (
              <Select options={lines.map(({ id, uri }) => ({ value: id, label: `${id} · ${uri}` }))} data-testid="register-line" />
            ) : (
              <Input maxLength={64} data-testid="register-line" />
            )}
          </Form.Item>
        </div>
        <Form.Item name="dispatch" label={t("concentrator.dispatchNow")} valuePropName="checked" extra={t("concentrator.dispatchNowHint")}>
          <Switch data-testid="register-dispatch" />
        </Form.Item>
        <h3>{t("register.billing")}</h3>
        <div className="a-form-grid">
          <Form.Item name="price_plan" label={t("meter.plan")} rules={[{ required: true, message: t("common.required") }]}>
            <Select
              loading={plans.isLoading}
              options={fitting?.map(({ id, name }) => ({ value: id, label: name }))}
              data-testid="register-plan"
            />
          </Form.Item>
          <MoneyField
            name={["start_reading", "total"]}
            label={t("register.start")}
            hint={t("register.startHint")}
            rules={[quantityRule(t)]}
            testId="register-start"
          />
        </div>
        {tou && (
          <Form.Item label={t("register.startTariffs")} extra={t("price.touNeeds")}>
            <div className="a-form-grid a-form-grid-4">
              {[0, 1, 2, 3].map((index) => (
                <Form.Item key={index} noStyle name={["start_reading", "tariffs", index]} rules={[quantityRule(t)]}>
                  <Input
                    inputMode="decimal"
                    className="a-input-number"
                    placeholder={t(`readings.${(["sharp", "peak", "flat", "valley"] as const)[index]!}`)}
                  />
                </Form.Item>
              ))}
            </div>
          </Form.Item>
        )}
        <h3>{t("register.protection")}</h3>
        <ThresholdFields plan={plan} kind={kind} valve={valve} />
        {dialect !== "mqtt" && (
          <Collapse
            ghost
            defaultActiveKey={start?.values.address ? "advanced" : undefined}
            items={[{ key: "advanced", label: t("register.advanced"), forceRender: true, children: <DeviceDetails kind={kind} dialect={dialect} valve={valve} /> }]}
          />
        )}
      </Form>
    </Drawer>
  );
}
