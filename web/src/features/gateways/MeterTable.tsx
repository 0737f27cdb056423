// 电能表列表 of a concentrator: how each meter is wired, whether its gateway has it, and 下发, 取消, 删除 (3:546-553).
import { App, Button, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { entryLink } from "./register-link";
import { Modal } from "@/components/Dialog";
import { DispatchChip } from "@/components/DispatchChip";
import { EmptyState, ErrorNotice } from "@/components/feedback";
import { dispatchMeter, useDispatchChange, withdrawMeter } from "@/lib/api/dispatch";
import { removeMeter } from "@/lib/api/requests";
import { useCan } from "@/lib/hooks";
import { linkOf } from "@/lib/line-format";
import { protocolText } from "@/lib/protocol";
import type { Gateway, GatewayDevice } from "@/types/api";

const MOST_ON_A_PAGE = 50;
type Asking = { what: "withdraw" | "remove"; device: GatewayDevice };

export function MeterTable({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<Asking | null>(null);
  const dispatch = useDispatchChange(({ meter }: GatewayDevice) => dispatchMeter(meter), (_, { name }) => void message.success(t("concentrator.dispatchDone", { name })));
  const uris = new Map(gateway.lines.map(({ id, uri }) => [id, uri]));
  const link = (device: GatewayDevice) => linkOf(uris.get(device.line), device.baud, device.format);
  const said = (own: boolean, text: string | number | undefined) => <span className={own ? "a-number" : "a-number a-muted"}>{text ?? "—"}</span>;
  const rows = gateway.device_states;
  const add = can("meter:create") && (
    <Button onClick={() => void navigate(entryLink(gateway.id))} data-testid="concentrator-enter">
      {t("concentrator.prepare")}
    </Button>
  );
  return (
    <section className="a-card a-stack" data-testid="concentrator-meters">
      <h2>
        {t("concentrator.meters")} <small className="a-muted a-number">{rows.length}</small>
      </h2>
      <p className="a-muted">{t("concentrator.metersHint")}</p>
      {dispatch.error && <ErrorNotice error={dispatch.error} what="save" />}
      {rows.length === 0 ? (
        <EmptyState small title={t("concentrator.empty")} hint={t("concentrator.emptyHint")} />
      ) : (
        <Table<GatewayDevice>
          size="small"
          rowKey="id"
          dataSource={rows}
          pagination={rows.length > MOST_ON_A_PAGE ? { pageSize: MOST_ON_A_PAGE, showSizeChanger: false } : false}
          scroll={{ x: "max-content" }}
          onRow={({ id }) => ({ "data-testid": "concentrator-meter", "data-device": id }) as React.HTMLAttributes<HTMLElement>}
          columns={[
            { key: "asset", title: t("concentrator.asset"), fixed: "left", width: 150, render: (_, { meter, address }) => <Link to={`/meters/${meter}`} className="a-strong-link a-number">{address}</Link> },
            { key: "room", title: t("concentrator.room"), width: 140, render: (_, { room, name }) => room || name },
            { key: "dialect", title: t("register.dialect"), width: 130, render: (_, device) => protocolText(t, device) },
            { key: "port", title: t("concentrator.port"), width: 90, dataIndex: "line" },
            { key: "baud", title: t("concentrator.baud"), width: 90, align: "right", render: (_, device) => said(link(device).ownBaud, link(device).baud) },
            {
              key: "parity",
              title: t("concentrator.parity"),
              width: 90,
              render: (_, device) => {
                const { characters, ownFormat } = link(device);
                return said(ownFormat, characters && t(`concentrator.parities.${characters.parity}`));
              },
            },
            { key: "data", title: t("concentrator.dataBits"), width: 80, align: "right", render: (_, device) => said(link(device).ownFormat, link(device).characters?.data) },
            { key: "stop", title: t("concentrator.stopBits"), width: 80, align: "right", render: (_, device) => said(link(device).ownFormat, link(device).characters?.stop) },
            { key: "dispatch", title: t("concentrator.dispatched"), width: 110, render: (_, { dispatch: state, refusal }) => <DispatchChip state={state} refusal={refusal} /> },
            {
              key: "setup",
              title: t("concentrator.setup"),
              width: 130,
              render: (_, device) => (
                <span className="a-row-actions">
                  {can("meter:create") && (
                    <Button
                      type="link"
                      size="small"
                      disabled={device.dispatch !== "prepared" && device.dispatch !== "refused" && device.dispatch !== "withdrawing"}
                      loading={dispatch.isPending && dispatch.variables.id === device.id}
                      onClick={() => dispatch.mutate(device)}
                      data-testid="row-dispatch"
                    >
                      {t("concentrator.dispatch")}
                    </Button>
                  )}
                  {can("meter:edit") && (
                    <Button
                      type="link"
                      size="small"
                      disabled={device.dispatch === "prepared" || device.dispatch === "withdrawing"}
                      onClick={() => setAsking({ what: "withdraw", device })}
                      data-testid="row-withdraw"
                    >
                      {t("concentrator.withdraw")}
                    </Button>
                  )}
                </span>
              ),
            },
            ...(can("meter:delete")
              ? [
                  {
                    key: "options",
                    title: t("concentrator.options"),
                    width: 80,
                    render: (_: unknown, device: GatewayDevice) => (
                      <Button type="link" size="small" danger onClick={() => setAsking({ what: "remove", device })} data-testid="row-remove">
                        {t("concentrator.remove")}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {add && <span>{add}</span>}
      {asking && <Ask asking={asking} onClose={() => setAsking(null)} />}
    </section>
  );
}

/** Withdrawing and deleting are asked about once; of a household's meter with what it means for its money. */
function Ask({ asking: { what, device }, onClose }: { asking: Asking; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { name, meter, opened } = device;
  const change = useDispatchChange(
    async () => {
      if (what === "withdraw") await withdrawMeter(meter, opened);
      else await removeMeter(meter);
    },
    () => {
      void message.success(t(what === "withdraw" ? "concentrator.withdrawDone" : "concentrator.removeDone", { name }));
      onClose();
    },
  );
  return (
    <Modal
      open
      title={t(what === "withdraw" ? "concentrator.withdrawTitle" : "concentrator.removeTitle", { name })}
      onCancel={onClose}
      okText={t(what === "withdraw" ? "concentrator.withdraw" : "concentrator.remove")}
      okButtonProps={{ danger: true, loading: change.isPending, "data-testid": "concentrator-confirm" }}
      cancelText={t("common.close")}
      onOk={() => change.mutate(undefined)}
    >
      <div className="a-stack">
        {change.error && <ErrorNotice error={change.error} what="save" />}
        <p>{t(what === "withdraw" ? "concentrator.withdrawWhat" : "concentrator.removeWhat")}</p>
        {what === "withdraw" && opened && (
          <p className="a-tone-text-warn" data-testid="withdraw-opened">
            {t("concentrator.withdrawOpened")}
          </p>
        )}
      </div>
    </Modal>
  );
}
