// 消息通知 (em-notify): who hears what about a meter, by SMS or mail, and what was sent about it.
import { BellOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, App, Button, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";

import { Chip } from "@/components/Chip";
import { Modal } from "@/components/Dialog";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { ApiError } from "@/lib/api/client";
import { changeSubscribers, useMessageChange, useMeterDeliveries, useSubscribers } from "@/lib/api/messages";
import { useCan } from "@/lib/hooks";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";
import { METER_MESSAGES, MOST_SUBSCRIBERS, type Subscriber, type SubscriberInput, type Subscribers } from "@/types/messages";

const MAIL = /^[^\s@]+@[^\s@]+$/;
/** A mask of the platform stands for what is there, for who may not see personal data. */
const MOBILE = /^[0-9+ *-]{5,20}$/;

export function SubscribersTab({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const may = useCan()("meter:edit");
  const list = useSubscribers(meter.id);
  const [editing, setEditing] = useState<Subscriber | "new" | null>(null);
  if (!list.data) return list.error ? <ErrorNotice error={list.error} what="load" onRetry={() => void list.refetch()} /> : <PageSkeleton rows={4} />;
  const { rows, household } = list.data;
  const add = may && (
    <Button icon={<PlusOutlined />} disabled={rows.length >= MOST_SUBSCRIBERS} onClick={() => setEditing("new")} data-testid="subscriber-add">
      {t("notify.add")}
    </Button>
  );
  return (
    <div className="a-stack" data-testid="subscribers">
      <div className="a-tab-tools">
        <span className="a-muted">{household ? t("notify.household", { mobile: household }) : t("notify.noHousehold")}</span>
        <span className="a-grow" />
        {rows.length > 0 && add}
      </div>
      {list.error && <ErrorNotice error={list.error} what="load" onRetry={() => void list.refetch()} stale />}
      {rows.length === 0 && <EmptyState small icon={<BellOutlined />} title={t("notify.empty")} hint={t("notify.emptyHint")} action={add} />}
      <ul className="a-entries">
        {rows.map((row) => (
          <li key={row.id} className="a-entry" data-testid="subscriber">
            <span className="a-entry-name">
              <b>{row.name}</b>
              <small className="a-muted a-number">{[row.mobile, row.mail].filter(Boolean).join(" · ")}</small>
            </span>
            <span className="a-grow a-message-kinds">
              {row.kinds.map((kind) => (
                <Chip key={kind} tone="brand">
                  {t(`messages.kinds.${kind}`)}
                </Chip>
              ))}
            </span>
            {may && (
              <Button onClick={() => setEditing(row)} data-testid="subscriber-edit">
                {t("common.edit")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Sent meter={meter.id} />
      {editing && <SubscriberDialog meter={meter.id} list={list.data} row={editing === "new" ? null : editing} onReload={() => void list.refetch()} onClose={() => setEditing(null)} />}
    </div>
  );
}

/** What went out about the meter, newest first. */
function Sent({ meter }: { meter: number }) {
  const { t } = useKindTexts();
  const sent = useMeterDeliveries(meter);
  if (!sent.data || sent.data.rows.length === 0) return null;
  return (
    <section>
      <h2>{t("notify.sent")}</h2>
      <ul className="a-entries" data-testid="meter-deliveries">
        {sent.data.rows.slice(0, 20).map((row) => (
          <li key={row.id} className="a-entry">
            <Chip tone={row.state === "sent" ? "ok" : row.state === "pending" || row.state === "sending" ? "warn" : "bad"}>{t(`messages.states.${row.state}`)}</Chip>
            <span className="a-entry-name">
              <b>{t(`messages.kinds.${row.kind}`)}</b>
              <small className="a-muted">
                {t(`messages.channels.${row.channel}`)} · {row.name} <span className="a-number">{row.address}</span> {row.error}
              </small>
            </span>
            <span className="a-grow a-muted">{row.text}</span>
            <small className="a-muted">
              <TimeText at={row.created_at} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

type DialogProps = { meter: number; list: Subscribers; row: Subscriber | null; onReload: () => void; onClose: () => void };

function SubscriberDialog({ meter, list, row, onReload, onClose }: DialogProps) {
  const { t } = useKindTexts();
  const { message } = App.useApp();
  const [form] = Form.useForm<SubscriberInput>();
  // The list is saved as a whole: that of the moment this was opened, unless somebody loads the latest.
  const [base, setBase] = useState(list);
  const save = useMessageChange((rows: SubscriberInput[]) => changeSubscribers(meter, { version: base.version, rows }), () => {
    void message.success(t("notify.saved"));
    onClose();
  });
  const others = base.rows.filter(({ id }) => id !== row?.id);
  const stale = save.error instanceof ApiError && save.error.code === "conflict";
  return (
    <Modal
      open
      title={t(row ? "notify.edit" : "notify.add")}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={[
        row && (
          <Button key="drop" type="text" danger icon={<DeleteOutlined />} disabled={stale} loading={save.isPending} onClick={() => save.mutate(others)} data-testid="subscriber-drop">
            {t("notify.drop")}
          </Button>
        ),
        <Button key="cancel" onClick={onClose}>
          {t("common.cancel")}
        </Button>,
        <Button key="ok" type="primary" disabled={stale} loading={save.isPending} onClick={() => form.submit()} data-testid="subscriber-save">
          {t("common.save")}
        </Button>,
      ]}
    >
      <Form<SubscriberInput>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={row ?? { name: "", mobile: "", mail: "", language: "zh-CN", kinds: ["low_balance_1", "low_balance_2", "cut_off", "reconnected"] }}
        onFinish={(values) => {
          const mine = { ...values, name: values.name.trim(), mobile: values.mobile?.trim() ?? "", mail: values.mail?.trim() ?? "", ...(row && { id: row.id }) };
          save.mutate(row && base.rows.some(({ id }) => id === row.id) ? base.rows.map((each) => (each.id === row.id ? mine : each)) : [...base.rows, mine]);
        }}
      >
        {stale ? (
          <Alert
            type="warning"
            showIcon
            title={t("notify.stale")}
            action={
              <Button
                size="small"
                onClick={() => {
                  setBase(list);
                  save.reset();
                  onReload();
                }}
                data-testid="subscriber-reload"
              >
                {t("catalog.reload")}
              </Button>
            }
          />
        ) : (
          save.error && <ErrorNotice error={save.error} what="save" />
        )}
        <div className="a-form-grid">
          <Form.Item name="name" label={t("notify.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
            <Input maxLength={60} autoFocus data-testid="subscriber-name" />
          </Form.Item>
          <Form.Item name="language" label={t("notify.language")}>
            <Select options={(["zh-CN", "en"] as const).map((value) => ({ value, label: t(`notify.languages.${value}`) }))} />
          </Form.Item>
          <Form.Item name="mobile" label={t("notify.mobile")} normalize={(value: string) => value.normalize("NFKC")} dependencies={["mail"]} rules={[{ pattern: MOBILE, message: t("open.mobileBad") }, ({ getFieldValue }) => ({ validator: async (_, value?: string) => { if (!value?.trim() && !(getFieldValue("mail") as string | undefined)?.trim()) throw new Error(t("notify.one")); } })]}>
            <Input inputMode="tel" maxLength={20} data-testid="subscriber-mobile" />
          </Form.Item>
          <Form.Item name="mail" label={t("notify.mail")} rules={[{ pattern: MAIL, message: t("catalog.problems.email") }]}>
            <Input inputMode="email" maxLength={100} data-testid="subscriber-mail" />
          </Form.Item>
        </div>
        <Form.Item name="kinds" label={t("notify.kinds")} rules={[{ validator: async (_, value?: string[]) => { if (!value?.length) throw new Error(t("notify.kindsBad")); } }]}>
          <Checkbox.Group className="a-column-choice" options={METER_MESSAGES.map((value) => ({ value, label: t(`messages.kinds.${value}`) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
