// Adds a gateway; then shows its key once, with the configuration that goes onto the box.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { Configuration, Snippet } from "./Configuration";
import { Drawer, Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { createGateway } from "@/lib/api/requests";
import { useIsPhone, useSites } from "@/lib/hooks";
import { useProject } from "@/lib/project";
import type { Broker, GatewayRegistration } from "@/types/api";

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const URI = /^(serial:\/\/\/|tcp:\/\/|modbus-tcp:\/\/|mqtt:\/\/)\S+$/;

export function AddGateway({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const queries = useQueryClient();
  const sites = useSites();
  const [form] = Form.useForm<GatewayRegistration>();
  // The sites may come late; what was typed meanwhile stays.
  const project = useProject();
  const open = sites.data?.filter(({ enabled }) => enabled);
  const first = (open?.find(({ id }) => id === project) ?? open?.[0])?.id;
  useEffect(() => {
    if (first && form.getFieldValue("site") === undefined) form.setFieldValue("site", first);
  }, [first, form]);
  const create = useMutation({
    mutationFn: createGateway,
    onSuccess: () => void queries.invalidateQueries({ queryKey: keys.gateways }),
  });
  if (create.data && create.variables) {
    const { id, key, broker } = create.data;
    return <Created site={create.variables.site} gateway={id} secret={key} broker={broker} onClose={onClose} />;
  }
  const idRules = [{ pattern: ID, required: true, message: t("register.deviceBad") }];
  const initial = { reading_minutes: 15, site: first, lines: [{ id: "line1", uri: "serial:///dev/ttyS1?baud=2400&format=8E1" }] };
  return (
    <Drawer open title={t("gateway.add")} size={phone ? "100%" : 560} onClose={onClose} mask={{ closable: false }} keyboard={false}>
      <Form<GatewayRegistration>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(values) => create.mutate(values)}
      >
        {create.error && <ErrorNotice error={create.error} what="save" />}
        <div className="a-form-grid">
          <Form.Item name="id" label={t("gateway.id")} extra={t("gateway.idHint")} rules={idRules}>
            <Input maxLength={64} data-testid="gateway-id" />
          </Form.Item>
          <Form.Item name="name" label={t("gateway.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
            <Input maxLength={60} data-testid="gateway-name" />
          </Form.Item>
          <Form.Item name="site" label={t("gateway.site")} rules={[{ required: true, message: t("common.required") }]}>
            <Select options={open?.map(({ id, name }) => ({ value: id, label: name }))} />
          </Form.Item>
          <Form.Item name="reading_minutes" label={t("gateway.readingMinutes")}>
            <InputNumber min={1} max={1440} precision={0} style={{ width: "100%" }} />
          </Form.Item>
        </div>
        <h3>{t("gateway.lines")}</h3>
        <Form.List name="lines">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <div key={field.key} className="a-line-input">
                  <Form.Item name={[field.name, "id"]} label={t("gateway.lineId")} rules={idRules}>
                    <Input maxLength={64} />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, "uri"]}
                    label={t("gateway.uri")}
                    rules={[{ required: true, pattern: URI, message: t("gateway.uriBad") }]}
                  >
                    <Input maxLength={300} />
                  </Form.Item>
                  <Button icon={<DeleteOutlined />} aria-label={t("gateway.removeLine")} title={t("gateway.removeLine")} onClick={() => remove(field.name)} />
                </div>
              ))}
              <p className="a-muted">{t("gateway.lineUriHint")}</p>
              <Button icon={<PlusOutlined />} onClick={() => add({ id: `line${fields.length + 1}` })} disabled={fields.length >= 32}>
                {t("gateway.addLine")}
              </Button>
            </>
          )}
        </Form.List>
        <div className="a-form-end">
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={create.isPending} data-testid="gateway-submit">
            {t("gateway.submit")}
          </Button>
        </div>
      </Form>
    </Drawer>
  );
}

type CreatedProps = { site: string; gateway: string; secret: string; broker: Broker; onClose: () => void };

function Created({ site, gateway, secret, broker, onClose }: CreatedProps) {
  const { t } = useTranslation();
  const [saved, setSaved] = useState(false);
  return (
    <Modal
      open
      width={620}
      title={`${t("gateway.created")} · ${gateway}`}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" disabled={!saved} onClick={onClose} data-testid="gateway-done">
          {t("common.close")}
        </Button>
      }
    >
      <div className="a-stack">
        <Alert type="warning" showIcon title={t("gateway.keyOnce")} description={t("gateway.keyOnceHint")} />
        <Snippet title={`${t("gateway.key")} · ${gateway}.key`} text={secret} testId="gateway-key" />
        <Configuration site={site} gateway={gateway} broker={broker} />
        <Checkbox checked={saved} onChange={(event) => setSaved(event.target.checked)} data-testid="gateway-key-saved">
          {t("gateway.keySaved")}
        </Checkbox>
      </div>
    </Modal>
  );
}
