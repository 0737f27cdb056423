// 消息记录: what was sent to people by SMS and mail, how it went, and what may be sent again.
import { SendOutlined } from "@ant-design/icons";
import { Alert, App, Button, Dropdown, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { mayResend, toneOf, useKindName, useReason } from "./words";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { widthOfActions } from "@/components/RowActions";
import { TimeText } from "@/components/TimeText";
import { useErrorText } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { resend, sendTest, useDeliveries, useMessageChange } from "@/lib/api/messages";
import { useCan } from "@/lib/hooks";
import { pageSize } from "@/lib/page-size";
import { useProject } from "@/lib/project";
import { CHANNELS, DELIVERY_STATES, MESSAGE_KINDS, type Channel, type Delivery } from "@/types/messages";

const CONDITIONS = { state: DELIVERY_STATES, channel: CHANNELS, kind: MESSAGE_KINDS } as const;
type Condition = keyof typeof CONDITIONS;

export function DeliveriesPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const kindName = useKindName();
  const reason = useReason();
  const can = useCan();
  const site = useProject();
  const [parameters, setParameters] = useSearchParams();
  const asked = (name: Condition) => (CONDITIONS[name] as readonly string[]).find((value) => value === parameters.get(name));
  const page = Math.max(1, Math.trunc(Number(parameters.get("page"))) || 1);
  const size = pageSize();
  const deliveries = useDeliveries({ site, state: asked("state"), channel: asked("channel"), kind: asked("kind"), page, page_size: size });
  const failed = (error: unknown) => void message.error(errorText(error instanceof ApiError ? error.code : "internal"));
  const again = useMessageChange(resend, () => void message.success(t("messages.again")));
  const test = useMessageChange((channel: Channel) => sendTest(channel), () => void message.success(t("messages.testSent")));
  const change = (name: string, value: string | undefined) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      if (value) after.set(name, value);
      else after.delete(name);
      if (name !== "page") after.delete("page");
      return after;
    });
  const words: Record<Condition, (value: string) => string> = { state: (value) => t(`messages.states.${value}`), channel: (value) => t(`messages.channels.${value}`), kind: (value) => kindName(value as Delivery["kind"]) };
  const state = (row: Delivery) => (
    <span>
      <Chip tone={toneOf[row.state]} testId="delivery-state">
        {t(`messages.states.${row.state}`)}
      </Chip>
      {row.error && (
        <small className="a-muted a-block" title={row.error}>
          {reason(row.error)}
        </small>
      )}
    </span>
  );
  const resendButton = (row: Delivery) =>
    mayResend(row.state) &&
    can("message:send") && (
      <Button type="link" size="small" loading={again.isPending && again.variables === row.id} onClick={() => again.mutate(row.id, { onError: failed })} data-testid="delivery-resend">
        {t("messages.resend")}
      </Button>
    );
  const meter = (row: Delivery) => (row.meter !== null && can("meter:read") ? <Link to={`/meters/${row.meter}`}>{row.meter_name || row.meter}</Link> : row.meter_name || "—");
  const columns: Column<Delivery>[] = [
    { key: "at", title: t("ledger.at"), always: true, fixed: "left", width: 170, render: (_, row) => <TimeText at={row.created_at} /> },
    { key: "kind", title: t("messages.kind"), width: 150, ellipsis: true, render: (_, row) => <span title={kindName(row.kind)}>{kindName(row.kind)}</span> },
    { key: "channel", title: t("messages.channel"), width: 72, render: (_, row) => t(`messages.channels.${row.channel}`) },
    { key: "name", title: t("messages.who"), width: 96, ellipsis: true, render: (_, row) => row.name || "—" },
    { key: "address", title: t("messages.address"), width: 150, ellipsis: true, render: (_, row) => <span className="a-number">{row.address}</span> },
    { key: "state", title: t("messages.state"), width: 150, render: (_, row) => state(row) },
    { key: "attempts", title: t("messages.attempts"), width: 76, align: "right", render: (_, row) => row.attempts },
    { key: "meter", title: t("receipt.meter"), width: 120, ellipsis: true, render: (_, row) => meter(row) },
    { key: "text", title: t("messages.text"), width: 320, ellipsis: true, render: (_, row) => <span title={row.text}>{row.text}</span> },
    { key: "actions", title: t("common.actions"), always: true, fixed: "right", width: widthOfActions([[{ label: t("messages.resend") }]], ""), render: (_, row) => resendButton(row) || null },
  ];
  const ways = deliveries.data?.ways;
  const missing = ways ? CHANNELS.filter((channel) => !ways[channel]) : [];
  return (
    <ResourcePage
      name="messages"
      title={t("messages.title")}
      actions={
        can("message:send") && (
          <Dropdown trigger={["click"]} menu={{ items: CHANNELS.map((channel) => ({ key: channel, label: <span data-testid={`test-${channel}`}>{t("messages.test", { channel: t(`messages.channels.${channel}`) })}</span> })), onClick: ({ key }) => test.mutate(key as Channel, { onError: failed }) }}>
            <Button icon={<SendOutlined />} loading={test.isPending} data-testid="message-test">
              {t("messages.testButton")}
            </Button>
          </Dropdown>
        )
      }
      filters={
        <>
          {missing.length > 0 && <Alert type="warning" showIcon title={t("messages.noWay", { channels: missing.map((channel) => t(`messages.channels.${channel}`)).join(t("desk.and")) })} data-testid="message-ways" />}
          <div className="a-card a-filters">
            {(Object.keys(CONDITIONS) as Condition[]).map((name) => (
              <Select
                key={name}
                className="a-filter-choice"
                allowClear
                placeholder={t(`messages.${name}`)}
                aria-label={t(`messages.${name}`)}
                value={asked(name)}
                options={CONDITIONS[name].map((value) => ({ value: value as string, label: words[name](value) }))}
                onChange={(value?: string) => change(name, value)}
                data-testid={`filter-${name}`}
              />
            ))}
            <span className="a-filter-buttons">
              <Button onClick={() => setParameters({})} data-testid="filter-reset">
                {t("common.reset")}
              </Button>
            </span>
          </div>
        </>
      }
      columns={columns}
      rows={deliveries.data?.rows}
      rowKey={(row) => row.id}
      rowTestId="delivery-row"
      loading={deliveries.isFetching}
      error={deliveries.error}
      onReload={() => void deliveries.refetch()}
      card={(row) => (
        <div className="a-row-card-body">
          <span className="a-row-card-head">
            <b>{kindName(row.kind)}</b>
            {state(row)}
          </span>
          <span>
            {t(`messages.channels.${row.channel}`)} · {row.name} <span className="a-number">{row.address}</span>
          </span>
          <span className="a-muted">{row.text}</span>
          <span className="a-row-card-line">
            <small className="a-muted">
              <TimeText at={row.created_at} />
            </small>
            {resendButton(row)}
          </span>
        </div>
      )}
      empty={<EmptyState icon={<SendOutlined />} title={t("messages.empty")} hint={t("messages.emptyHint")} />}
      paging={{ page, size, total: deliveries.data?.total ?? 0, onChange: (next) => change("page", next > 1 ? String(next) : undefined) }}
    />
  );
}
