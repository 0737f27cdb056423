// 开户记录, 结算记录, 退补记录 of a meter, each with its receipt.
import { AccountBookOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState, type ReactNode } from "react";

import { RecordTable, type RecordColumn } from "../RecordTable";
import { AdjustmentReceipt, OpeningReceipt, SettlementReceipt } from "./receipts";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { MoneyText, QuantityText } from "@/components/numbers";
import { ReceiptDialog } from "@/components/Receipt";
import { TimeText } from "@/components/TimeText";
import { useAdjustments, useOpenings, useSettlements } from "@/lib/api/accounts";
import { useOffset } from "@/lib/hooks";
import { formatDay } from "@/lib/time";
import { useKindTexts } from "@/lib/units";
import type { Adjustment, Opening, Settlement } from "@/types/account";
import type { Meter } from "@/types/api";

/** The last column, and what it opens. */
export function usePrint<Row>(receipt: (row: Row) => ReactNode) {
  const { t } = useKindTexts();
  const [row, setRow] = useState<Row | null>(null);
  const column: RecordColumn<Row> = {
    key: "print",
    title: t("common.actions"),
    width: 80,
    fixed: "end",
    render: (_, each) => (
      <Button type="link" size="small" className="a-row-link" onClick={() => setRow(each)} data-testid="record-print">
        {t("receipt.button")}
      </Button>
    ),
  };
  return { column, dialog: row && <ReceiptDialog receipt={receipt(row)} onClose={() => setRow(null)} /> };
}

const words = <Row,>(key: keyof Row & string, title: string, width: number): RecordColumn<Row> => ({
  key,
  title,
  width,
  ellipsis: true,
  onlyFor: (row) => Boolean(row[key]),
  render: (_, row) => String(row[key] || "—"),
});

export function OpeningsTab({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const offset = useOffset();
  const query = useOpenings(meter.id);
  const { column, dialog } = usePrint<Opening>((opening) => <OpeningReceipt meter={meter} opening={opening} />);
  const columns: RecordColumn<Opening>[] = [
    { key: "opened_on", title: t("account.openedOn"), width: 110, render: (_, row) => <span className="a-number">{formatDay(row.opened_on, offset)}</span> },
    { key: "customer", title: t("account.customer"), width: 110, render: (_, row) => <b>{row.customer}</b> },
    words<Opening>("mobile", t("account.mobile"), 130),
    {
      key: "state",
      title: t("account.state"),
      width: 96,
      render: (_, row) => (
        <Chip bare tone={row.closed_at ? "idle" : "ok"}>
          {t(row.closed_at ? "account.closed" : "account.isOpen")}
        </Chip>
      ),
    },
    { key: "closed_at", title: t("account.closedAt"), width: 168, onlyFor: (row) => Boolean(row.closed_at), render: (_, row) => <TimeText at={row.closed_at} /> },
    { key: "start", title: t("account.start"), width: 110, align: "right", render: (_, row) => <QuantityText value={row.start.total} /> },
    { key: "method", title: t("account.settlementMethod"), width: 96, render: (_, row) => t(`recharge.methods.${row.settlement_method}`) },
    words<Opening>("voltage", t("account.voltage"), 100),
    words<Opening>("unit", t("account.unit"), 140),
    words<Opening>("area", t("account.area"), 110),
    words<Opening>("address", t("account.address"), 160),
    words<Opening>("note", t("ledger.note"), 140),
    { key: "by", title: t("ledger.by"), width: 100, render: (_, row) => row.by || t("common.system") },
    column,
  ];
  return (
    <>
      <RecordTable query={query} columns={columns} rowKey={(row) => row.id} testId="openings" empty={<EmptyState small icon={<AccountBookOutlined />} title={t("open.empty")} hint={t("open.emptyHint")} />} />
      {dialog}
    </>
  );
}

export function SettlementsTab({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const query = useSettlements(meter.id);
  const { column, dialog } = usePrint<Settlement>((settlement) => <SettlementReceipt meter={meter} settlement={settlement} />);
  const columns: RecordColumn<Settlement>[] = [
    { key: "at", title: t("ledger.at"), width: 168, render: (_, row) => <TimeText at={row.at} /> },
    {
      key: "kind",
      title: t("settle.kind"),
      width: 90,
      render: (_, row) => (
        <Chip bare tone={row.closed ? "idle" : "ok"}>
          {t(row.closed ? "settle.kinds.close" : "settle.kinds.settle")}
        </Chip>
      ),
    },
    { key: "customer", title: t("account.customer"), width: 100, onlyFor: (row) => Boolean(row.customer), render: (_, row) => row.customer || "—" },
    { key: "from", title: t("account.start"), width: 110, align: "right", render: (_, row) => <QuantityText value={row.from.total} /> },
    { key: "to", title: t("account.stop"), width: 110, align: "right", render: (_, row) => <QuantityText value={row.to.total} /> },
    { key: "kwh", title: t("account.kwh"), width: 110, align: "right", render: (_, row) => <QuantityText value={row.kwh} /> },
    { key: "fee", title: t("account.fee"), width: 110, align: "right", render: (_, row) => <MoneyText value={row.fee} /> },
    { key: "recharged", title: t("account.recharged"), width: 110, align: "right", render: (_, row) => <MoneyText value={row.recharged} /> },
    { key: "balance", title: t("account.balanceBefore"), width: 120, align: "right", render: (_, row) => <MoneyText value={row.balance} /> },
    { key: "refund", title: t("settle.refund"), width: 130, align: "right", render: (_, row) => <MoneyText value={row.refund} signed /> },
    { key: "method", title: t("account.method"), width: 90, render: (_, row) => t(`recharge.methods.${row.method}`) },
    { key: "by", title: t("ledger.by"), width: 100, render: (_, row) => row.by || t("common.system") },
    words<Settlement>("note", t("ledger.note"), 140),
    column,
  ];
  return (
    <>
      <RecordTable query={query} columns={columns} rowKey={(row) => row.id} testId="settlements" empty={<EmptyState small icon={<AccountBookOutlined />} title={t("settle.empty")} hint={t("settle.emptyHint")} />} />
      {dialog}
    </>
  );
}

export function AdjustmentsTab({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const query = useAdjustments(meter.id);
  const { column, dialog } = usePrint<Adjustment>((adjustment) => <AdjustmentReceipt meter={meter} adjustment={adjustment} />);
  const columns: RecordColumn<Adjustment>[] = [
    { key: "at", title: t("ledger.at"), width: 168, render: (_, row) => <TimeText at={row.at} /> },
    { key: "amount", title: t("adjust.amount"), width: 140, align: "right", render: (_, row) => <MoneyText value={row.amount} digits={4} signed /> },
    { key: "balance", title: t("account.balanceAfter"), width: 140, align: "right", render: (_, row) => <MoneyText value={row.balance} digits={4} /> },
    words<Adjustment>("note", t("adjust.note"), 260),
    { key: "by", title: t("ledger.by"), width: 100, render: (_, row) => row.by || t("common.system") },
    column,
  ];
  return (
    <>
      <RecordTable query={query} columns={columns} rowKey={(row) => row.id} testId="adjustments" empty={<EmptyState small icon={<AccountBookOutlined />} title={t("adjust.empty")} hint={t("adjust.emptyHint")} />} />
      {dialog}
    </>
  );
}
