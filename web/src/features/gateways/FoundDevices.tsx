// 待绑定: what the gateway found on site and nobody has registered; one click opens the form with what is known of it.
import { Button, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { bindLink } from "./register-link";
import { EmptyState, ErrorNotice } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { dismissFound, useDispatchChange, useFound } from "@/lib/api/dispatch";
import { useCan } from "@/lib/hooks";
import { charactersOf } from "@/lib/line-format";
import type { FoundDevice, Gateway } from "@/types/api";

const MOST_ON_A_PAGE = 20;

export function FoundDevices({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const [dismissed, setDismissed] = useState(false);
  const found = useFound(gateway.id, dismissed);
  const dismiss = useDispatchChange(({ id }: FoundDevice) => dismissFound(gateway.id, id, !dismissed));
  const uris = new Map(gateway.lines.map(({ id, uri }) => [id, uri]));
  const rows = found.data ?? [];
  return (
    <section className="a-card a-stack" data-testid="found">
      <h2>
        {t("concentrator.found")} <small className="a-muted a-number">{rows.length}</small>
      </h2>
      <p className="a-muted">{t("concentrator.foundHint")}</p>
      {found.error && <ErrorNotice error={found.error} what="load" onRetry={() => void found.refetch()} />}
      {dismiss.error && <ErrorNotice error={dismiss.error} what="save" />}
      {found.data?.length === 0 && (
        <EmptyState small title={t(dismissed ? "concentrator.dismissedNone" : "concentrator.foundNone")} hint={t("concentrator.foundNoneHint")} />
      )}
      {rows.length > 0 && (
        <Table<FoundDevice>
          size="small"
          rowKey="id"
          dataSource={rows}
          pagination={rows.length > MOST_ON_A_PAGE ? { pageSize: MOST_ON_A_PAGE, showSizeChanger: false } : false}
          scroll={{ x: "max-content" }}
          onRow={({ address }) => ({ "data-testid": "found-row", "data-address": address }) as React.HTMLAttributes<HTMLElement>}
          columns={[
            { key: "address", title: t("concentrator.asset"), fixed: "left", width: 150, render: (_, { address }) => <span className="a-number">{address}</span> },
            { key: "dialect", title: t("register.dialect"), width: 120, render: (_, { dialect }) => t(`register.dialects.${dialect}`) },
            { key: "line", title: t("concentrator.port"), width: 90, dataIndex: "line" },
            { key: "baud", title: t("concentrator.baud"), width: 90, align: "right", render: (_, { baud }) => <span className="a-number">{baud}</span> },
            {
              key: "parity",
              title: t("concentrator.parity"),
              width: 90,
              render: (_, { format }) => {
                const characters = charactersOf(format);
                return characters ? t(`concentrator.parities.${characters.parity}`) : format;
              },
            },
            { key: "total", title: t("concentrator.total"), width: 110, align: "right", render: (_, { total }) => <span className="a-number">{total ?? "—"}</span> },
            {
              key: "models",
              title: t("concentrator.models"),
              width: 180,
              render: (_, { models, answers }) => (answers ? models.join(" / ") || "—" : <span className="a-tone-text-warn">{t("concentrator.mirage")}</span>),
            },
            { key: "seen", title: t("concentrator.seen"), width: 110, render: (_, { seen_at }) => <TimeText at={seen_at} ago site={gateway.site} /> },
            ...(can("meter:create")
              ? [
                  {
                    key: "actions",
                    width: 130,
                    render: (_: unknown, row: FoundDevice) => (
                      <span className="a-row-actions">
                        {!dismissed && (
                          <Button type="link" size="small" onClick={() => void navigate(bindLink(gateway.id, row, uris.get(row.line)))} data-testid="found-bind">
                            {t("concentrator.bind")}
                          </Button>
                        )}
                        <Button
                          type="link"
                          size="small"
                          loading={dismiss.isPending && dismiss.variables.id === row.id}
                          onClick={() => dismiss.mutate(row)}
                          data-testid="found-dismiss"
                        >
                          {t(dismissed ? "concentrator.restore" : "concentrator.dismiss")}
                        </Button>
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      <span>
        <Button type="link" size="small" onClick={() => setDismissed(!dismissed)} data-testid="found-toggle">
          {t(dismissed ? "concentrator.dismissedHide" : "concentrator.dismissedShow")}
        </Button>
      </span>
    </section>
  );
}
