// Writes an announcement, has it counted, and sends it once to exactly those who were counted.
import { Alert, App, Button, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { CountText } from "@/components/numbers";
import { ApiError } from "@/lib/api/client";
import { announce, countAnnouncement, useMessageChange } from "@/lib/api/messages";
import { useSites } from "@/lib/hooks";
import { newId } from "@/lib/ids";
import type { AnnouncementOrder } from "@/types/messages";

type Values = Pick<AnnouncementOrder, "title" | "text" | "sites" | "sms" | "inbox">;
const MOST_TITLE = 40;
const MOST_TEXT = 500;

export function AnnounceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const sites = useSites().data ?? [];
  const [form] = Form.useForm<Values>();
  // One key for the life of the dialog: a double click or a retry after a lost answer sends once.
  const [id] = useState(newId);
  const [counted, setCounted] = useState<{ values: Values; households: number; staff: number; sms_remaining: number } | null>(null);
  const [sure, setSure] = useState(false);
  const plain = ({ title, text, sites: chosen, sms, inbox }: Values) => ({ title: title.trim(), text: text.trim(), ...(chosen?.length ? { sites: chosen } : {}), sms, inbox });
  const count = useMessageChange((values: Values) => countAnnouncement({ id, ...plain(values), dry: true }));
  const send = useMessageChange(
    ({ values, households, staff }: NonNullable<typeof counted>) => announce({ id, ...plain(values), dry: false, households, staff }),
    () => {
      void message.success(t("announce.sent"));
      onClose();
    },
  );
  const recount = (values: Values) => {
    setSure(false);
    count.mutate(values, { onSuccess: ({ households, staff, sms_remaining }) => setCounted({ values, households, staff, sms_remaining }) });
  };
  const changed = send.error instanceof ApiError && send.error.code === "conflict";
  const short = counted !== null && counted.values.sms && counted.households > counted.sms_remaining;
  const nobody = counted !== null && (counted.values.sms ? counted.households : 0) + (counted.values.inbox ? counted.staff : 0) === 0;
  return (
    <Modal
      open
      width={600}
      title={t("announce.button")}
      onCancel={onClose}
      mask={{ closable: false }}
      closable={!send.isPending}
      keyboard={!send.isPending}
      footer={[
        <Button key="cancel" disabled={send.isPending} onClick={counted ? () => setCounted(null) : onClose} data-testid="announce-back">
          {t(counted ? "announce.edit" : "common.cancel")}
        </Button>,
        counted ? (
          <Button key="send" type="primary" danger loading={send.isPending} disabled={!sure || nobody} onClick={() => !send.isPending && send.mutate(counted)} data-testid="announce-send">
            {t("announce.send")}
          </Button>
        ) : (
          <Button key="count" type="primary" loading={count.isPending} onClick={() => form.submit()} data-testid="announce-count">
            {t("announce.next")}
          </Button>
        ),
      ]}
    >
      <div className="a-stack">
        {count.error && !counted && <ErrorNotice error={count.error} what="save" />}
        <div hidden={counted !== null}>
          <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={{ sms: true, inbox: true }} onFinish={recount}>
            <Form.Item name="title" label={t("announce.titleField")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
              <Input maxLength={MOST_TITLE} showCount autoFocus data-testid="announce-title" />
            </Form.Item>
            <Form.Item name="text" label={t("messages.text")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
              <Input.TextArea maxLength={MOST_TEXT} showCount autoSize={{ minRows: 4, maxRows: 10 }} data-testid="announce-text" />
            </Form.Item>
            {sites.length > 1 && (
              <Form.Item name="sites" label={t("announce.where")}>
                <Select mode="multiple" allowClear showSearch={{ optionFilterProp: "label" }} placeholder={t("announce.everywhere")} options={sites.map(({ id: value, name }) => ({ value, label: name }))} data-testid="announce-sites" />
              </Form.Item>
            )}
            <Form.Item name="sms" valuePropName="checked" noStyle>
              <Checkbox data-testid="announce-sms">{t("announce.bySms")}</Checkbox>
            </Form.Item>
            <Form.Item
              name="inbox"
              valuePropName="checked"
              dependencies={["sms"]}
              rules={[({ getFieldValue }) => ({ validator: async (_, inbox: boolean) => { if (!inbox && !getFieldValue("sms")) throw new Error(t("announce.noWay")); } })]}
            >
              <Checkbox data-testid="announce-inbox">{t("announce.byInbox")}</Checkbox>
            </Form.Item>
          </Form>
        </div>
        {counted && (
          <div className="a-stack" data-testid="announce-reach" data-households={counted.households} data-staff={counted.staff}>
            <b>{counted.values.title}</b>
            <p className="a-lines-kept">{counted.values.text}</p>
            <dl className="a-pairs">
              {counted.values.sms && (
                <>
                  <dt>{t("announce.households")}</dt>
                  <dd>
                    <CountText value={counted.households} />
                  </dd>
                  <dt>{t("sms.remaining")}</dt>
                  <dd>
                    <CountText value={counted.sms_remaining} />
                  </dd>
                </>
              )}
              {counted.values.inbox && (
                <>
                  <dt>{t("announce.staff")}</dt>
                  <dd>
                    <CountText value={counted.staff} />
                  </dd>
                </>
              )}
            </dl>
            {short && <Alert type="warning" showIcon title={t("announce.short", { n: counted.households - counted.sms_remaining })} />}
            {nobody && <Alert type="info" showIcon title={t("announce.nobody")} />}
            {changed ? (
              <Alert type="warning" showIcon title={t("announce.changed")} action={<Button size="small" loading={count.isPending} onClick={() => recount(counted.values)} data-testid="announce-recount">{t("announce.recount")}</Button>} />
            ) : (
              send.error && <ErrorNotice error={send.error} what="save" onRetry={() => send.mutate(counted)} />
            )}
            <Checkbox checked={sure} disabled={nobody || changed || send.isPending} onChange={({ target }) => setSure(target.checked)} data-testid="announce-sure">
              {t("announce.sure", { households: counted.values.sms ? counted.households : 0, staff: counted.values.inbox ? counted.staff : 0 })}
            </Checkbox>
          </div>
        )}
      </div>
    </Modal>
  );
}
