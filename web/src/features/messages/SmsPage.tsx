// 短信套餐 (sm-packages): what was bought, what is left, and the way to buy more.
import { PlusOutlined } from "@ant-design/icons";
import { Alert, App, Button, Checkbox, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { EmptyState, ErrorNotice } from "@/components/feedback";
import { CountText, MoneyText } from "@/components/numbers";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { TimeText } from "@/components/TimeText";
import { buySms, useMessageChange, useSmsStock } from "@/lib/api/messages";
import { MONEY, parse, typed } from "@/lib/decimal";
import { useCan } from "@/lib/hooks";
import { newId } from "@/lib/ids";
import type { SmsPackage } from "@/types/messages";

const MOST = 10_000_000;
const USUAL = 1000;

export function SmsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const stock = useSmsStock();
  const [buying, setBuying] = useState(false);
  const { data } = stock;
  const buy = can("sms_package:create") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setBuying(true)} data-testid="sms-buy">
      {t("sms.buy")}
    </Button>
  );
  const columns: Column<SmsPackage>[] = [
    { key: "at", title: t("ledger.at"), always: true, fixed: "left", width: 170, render: (_, row) => <TimeText at={row.at} /> },
    { key: "count", title: t("sms.count"), width: 120, align: "right", render: (_, row) => <CountText value={row.count} /> },
    { key: "price", title: t("sms.price"), width: 120, align: "right", render: (_, row) => <MoneyText value={row.price} /> },
    { key: "by", title: t("ledger.by"), width: 120, render: (_, row) => row.by },
    { key: "note", title: t("ledger.note"), width: 260, ellipsis: true, render: (_, row) => row.note || "—" },
  ];
  const figure = (name: "remaining" | "bought" | "used") => (
    <div className="a-usage-figure">
      <small>{t(`sms.${name}`)}</small>
      <b className={name === "remaining" && data?.low ? "a-tone-text-warn" : undefined} data-testid={`sms-${name}`}>
        {data ? <CountText value={data[name]} /> : "—"}
      </b>
    </div>
  );
  return (
    <>
      <ResourcePage
        name="sms"
        title={t("sms.title")}
        subtitle={t("sms.subtitle")}
        actions={buy}
        filters={
          <>
            {data?.low && <Alert type="warning" showIcon title={t(data.remaining > 0 ? "sms.low" : "sms.none")} data-testid="sms-low" />}
            <div className="a-card a-usage">
              {figure("remaining")}
              {figure("used")}
              {figure("bought")}
            </div>
          </>
        }
        columns={columns}
        rows={data?.rows}
        rowKey={(row) => row.id}
        rowTestId="sms-row"
        loading={stock.isFetching}
        error={stock.error}
        onReload={() => void stock.refetch()}
        card={(row) => (
          <div className="a-row-card-body">
            <span className="a-row-card-head">
              <b>
                <CountText value={row.count} /> {t("sms.one")}
              </b>
              <span>
                <MoneyText value={row.price} /> {t("common.yuan")}
              </span>
            </span>
            <small className="a-muted">
              <TimeText at={row.at} /> · {row.by} {row.note}
            </small>
          </div>
        )}
        empty={<EmptyState title={t("sms.empty")} hint={t("sms.emptyHint")} action={buy} />}
      />
      {buying && <BuyDialog onClose={() => setBuying(false)} />}
    </>
  );
}

type Values = { count: number; price: string; note?: string };

function BuyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [id] = useState(newId);
  const [sure, setSure] = useState(false);
  const buy = useMessageChange(
    ({ count, price, note }: Values) => buySms({ id, count, price: typed(price), note: note?.trim() ?? "" }),
    (made) => {
      void message.success(t("sms.bought_done", { n: made.count }));
      onClose();
    },
  );
  return (
    <Modal
      open
      title={t("sms.buy")}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={t("sms.submit")}
      okButtonProps={{ loading: buy.isPending, disabled: !sure, "data-testid": "sms-submit" }}
      onOk={() => form.submit()}
    >
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={{ count: USUAL, price: "" }} onValuesChange={() => setSure(false)} onFinish={(values) => !buy.isPending && buy.mutate(values)}>
        {buy.error && <ErrorNotice error={buy.error} what="save" />}
        <div className="a-form-grid">
          <Form.Item name="count" label={t("sms.count")} rules={[{ required: true, type: "integer", min: 1, max: MOST, message: t("sms.countBad") }]}>
            <InputNumber<number> min={1} max={MOST} precision={0} step={USUAL} className="a-input-number a-input-wide" data-testid="sms-count" />
          </Form.Item>
          <Form.Item
            name="price"
            label={t("sms.price")}
            rules={[
              {
                validator: async (_, text: string) => {
                  if ((parse(typed(text), MONEY) ?? -1n) < 0n) throw new Error(t("settings.moneyBad"));
                },
              },
            ]}
          >
            <Input inputMode="decimal" className="a-input-number" maxLength={20} data-testid="sms-price" />
          </Form.Item>
        </div>
        <Form.Item name="note" label={`${t("ledger.note")} (${t("common.optional")})`}>
          <Input maxLength={200} data-testid="sms-note" />
        </Form.Item>
        <Checkbox checked={sure} onChange={({ target }) => setSure(target.checked)} data-testid="sms-sure">
          {t("sms.sure")}
        </Checkbox>
      </Form>
    </Modal>
  );
}
