// Fields of a form on how a device is spoken to: those of its protocol only, under the names of the contract (`profile.…`, `baud`).
import { AutoComplete, Form, Input, InputNumber, Segmented, Select, Switch } from "antd";

import { HEX_BYTE, METER_TYPES, MODEL, MODELS, STATUS_MAPS, type Dialect } from "./device";
import { FormatField } from "./FormatField";
import { useKindTexts } from "@/lib/units";
import type { Kind } from "@/types/supply";

const BAUDS = [600, 1200, 2400, 4800, 9600, 19200];

type Props = { kind: Kind; dialect: Dialect; valve: boolean };
type FieldsProps = Props & { /** to choose from */ dialects: readonly Dialect[] };

/** The protocol, and what nobody can leave open. */
export function DeviceFields({ kind, dialect, valve, dialects }: FieldsProps) {
  const { t } = useKindTexts({ kind });
  return (
    <div className="a-form-grid">
      <Form.Item name={["profile", "dialect"]} label={t("register.dialect")} extra={dialect === "mqtt" ? t("register.mqttHint") : undefined}>
        <Select options={dialects.map((value) => ({ value, label: t(`register.dialects.${value}`) }))} data-testid="register-dialect" />
      </Form.Item>
      {dialect === "modbus" && (
        <Form.Item name={["profile", "model"]} label={t("register.model")} extra={t("register.modelHint")} rules={[{ pattern: MODEL, required: true, message: t("register.modelBad") }]}>
          <AutoComplete
            options={MODELS.filter((model) => model.kind === kind).map(({ name, label }) => ({ value: name, label: `${label} (${name})` }))}
            showSearch={{ filterOption: (typed, option) => Boolean(option?.label.toLowerCase().includes(typed.toLowerCase())) }}
            data-testid="register-model"
          />
        </Form.Item>
      )}
      {dialect === "cjt188" && (
        <Form.Item name={["profile", "meter_type"]} label={t("register.meterType")}>
          <Select options={METER_TYPES.map((value) => ({ value, label: t(`register.meterTypes.${value}`) }))} data-testid="register-meter-type" />
        </Form.Item>
      )}
      {dialect === "cjt188" && valve && (
        <Form.Item name={["profile", "status_map"]} label={t("register.statusMap")} extra={t("register.statusMapHint")} rules={[{ required: true, message: t("register.statusMapBad") }]}>
          <Select options={STATUS_MAPS.map((value) => ({ value, label: t(`register.statusMaps.${value}`) }))} data-testid="register-status-map" />
        </Form.Item>
      )}
    </div>
  );
}

/** What is usually right as it is. Nothing of a device with a network of its own. */
export function DeviceDetails({ kind, dialect, valve }: Props) {
  const { t } = useKindTexts({ kind });
  const code = { pattern: HEX_BYTE, required: true, message: t("register.codeBad") };
  if (dialect === "mqtt") return null;
  return (
    <div className="a-form-grid">
      <Form.Item name="baud" label={t("register.baud")}>
        <Select
          allowClear
          placeholder={t(dialect === "modbus" ? "register.baudModel" : "register.baudLine")}
          options={BAUDS.map((value) => ({ value, label: String(value) }))}
          data-testid="register-baud"
        />
      </Form.Item>
      <Form.Item name={["profile", "format"]} label={t("concentrator.format")} extra={t("concentrator.formatHint")}>
        <FormatField />
      </Form.Item>
      {dialect.startsWith("dlt645") && (
        <>
          <Form.Item name={["profile", "preamble"]} label={t("register.preamble")}>
            <Segmented options={[0, 1, 2, 3, 4]} />
          </Form.Item>
          <Form.Item name={["profile", "close"]} label={t("register.close")}>
            <Select options={(["direct", "permit"] as const).map((value) => ({ value, label: t(`register.closes.${value}`) }))} />
          </Form.Item>
        </>
      )}
      {kind === "electricity" && (
        <Form.Item name={["profile", "tariffs"]} label={t("price.kinds.tou")} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
      {dialect === "cjt188" && (
        <Form.Item name={["profile", "low_byte_first"]} label={t("register.lowByteFirst")} valuePropName="checked">
          <Switch data-testid="register-low-byte-first" />
        </Form.Item>
      )}
      {dialect === "cjt188" && valve && (
        <>
          <Form.Item name={["profile", "valve_open"]} label={t("register.valveOpen")} rules={[code]}>
            <Input maxLength={2} className="a-input-number" data-testid="register-valve-open" />
          </Form.Item>
          <Form.Item
            name={["profile", "valve_close"]}
            label={t("register.valveClose")}
            dependencies={[["profile", "valve_open"]]}
            rules={[
              code,
              ({ getFieldValue }) => ({
                validator: async (_, text: string) => {
                  if (text.toUpperCase() === String(getFieldValue(["profile", "valve_open"])).toUpperCase()) throw new Error(t("register.codesSame"));
                },
              }),
            ]}
          >
            <Input maxLength={2} className="a-input-number" data-testid="register-valve-close" />
          </Form.Item>
          <Form.Item name={["profile", "travel_s"]} label={t("register.travel")} rules={[{ required: true, message: t("common.required") }]}>
            <InputNumber min={0} max={120} precision={0} data-testid="register-travel" />
          </Form.Item>
        </>
      )}
    </div>
  );
}
