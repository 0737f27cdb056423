// The columns of the meter list.
import { SafetyCertificateOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { OpenDialog } from "./MeterDialogs";
import { useRowActions } from "./row-actions";
import { Chip } from "@/components/Chip";
import { MoneyText, QuantityText } from "@/components/numbers";
import type { Column } from "@/components/ResourcePage";
import { RowActions } from "@/components/RowActions";
import { KindIcon } from "@/components/KindIcon";
import { ReachBadge, StateBadge } from "@/components/StateBadge";
import { TimeText } from "@/components/TimeText";
import { accountTone } from "@/lib/meter-state";
import { protocolText } from "@/lib/protocol";
import { useUnitOf } from "@/lib/units";
import type { MeterRow } from "@/types/api";

/** sort: what the list is sorted by, as the address bar has it */
export function useMeterColumns(onDialog: OpenDialog, sort: string | undefined): Column<MeterRow>[] {
  const unitOf = useUnitOf();
  const { t, i18n } = useTranslation();
  const actionsOf = useRowActions(onDialog);
  return useMemo(() => {
    const sorted = (column: string) => ({
      sorter: true,
      sortOrder: sort === column ? ("ascend" as const) : sort === `-${column}` ? ("descend" as const) : null,
    });
    return [
      {
        key: "name",
        title: t("meter.name"),
        ...sorted("name"),
        always: true,
        fixed: "left",
        width: 160,
        ellipsis: true,
        render: (_, meter) => (
          <Link to={`/meters/${meter.id}`} className="a-strong-link" data-testid="meter-link">
            <KindIcon kind={meter.kind} /> {meter.name}
            {meter.keep_power && (
              <Tooltip title={t("header.keepPower")}>
                <SafetyCertificateOutlined className="a-keep" aria-label={t("meter.keepPower")} />
              </Tooltip>
            )}
          </Link>
        ),
      },
      { key: "room", title: t("meter.room"), width: 84, ellipsis: true, render: (_, { room, linked_room }) => linked_room?.name ?? room },
      {
        key: "address",
        title: t("meter.address"),
        ...sorted("address"),
        width: 140,
        render: (_, meter) => <span className="a-number a-muted">{meter.address}</span>,
      },
      { key: "state", title: t("meter.state"), width: i18n.language === "en" ? 188 : 164, render: (_, meter) => <StateBadge meter={meter} /> },
      { key: "online", title: t("meter.online"), width: 82, render: (_, meter) => <ReachBadge reachable={meter.reachable} /> },
      {
        key: "balance",
        title: t("meter.balance"),
        width: 110,
        align: "right",
        render: (_, meter) => <MoneyText value={meter.balance} flash testId="row-balance" />,
      },
      {
        key: "balanceKwh",
        title: t("supplying.balanceQuantity"),
        width: 118,
        align: "right",
        render: (_, meter) => <QuantityText value={meter.balance_kwh} unit={unitOf(meter.kind)} flash />,
      },
      {
        key: "account",
        title: t("meter.account"),
        width: 132,
        render: (_, meter) => (
          <Chip bare tone={accountTone(meter.account_state)}>
            {t(`meter.accounts.${meter.account_state}`)}
          </Chip>
        ),
      },
      {
        key: "today",
        title: t("supplying.today"),
        width: 118,
        align: "right",
        render: (_, meter) => <QuantityText value={meter.today_kwh} unit={unitOf(meter.kind)} flash />,
      },
      {
        key: "lastReading",
        title: t("supplying.lastReading"),
        width: 124,
        align: "right",
        render: (_, meter) => <QuantityText value={meter.last_reading?.total} unit={unitOf(meter.kind)} />,
      },
      {
        key: "lastReadingAt",
        title: t("meter.lastReadingAt"),
        width: 104,
        render: (_, meter) => <TimeText at={meter.last_reading?.at} ago site={meter.site} />,
      },
      { key: "kind", title: t("supplying.kind"), width: 84, render: (_, meter) => t(`supplying.kinds.${meter.kind}`) },
      { key: "dialect", title: t("register.dialect"), width: 150, ellipsis: true, render: (_, meter) => <span data-testid="row-dialect">{protocolText(t, meter)}</span> },
      { key: "mode", title: t("meter.mode"), width: 106, render: (_, meter) => t(`meter.kinds.${meter.mode}`) },
      { key: "plan", title: t("meter.plan"), width: 140, ellipsis: true, render: (_, meter) => meter.price_plan.name },
      { key: "gateway", title: t("meter.gateway"), width: 120, ellipsis: true, dataIndex: "gateway" },
      {
        key: "actions",
        title: t("common.actions"),
        always: true,
        fixed: "right",
        width: i18n.language === "en" ? 228 : 168,
        render: (_, meter) => <RowActions actions={actionsOf(meter)} />,
      },
    ];
  }, [t, i18n.language, actionsOf, sort, unitOf]);
}
