// 账户明细, and 充值记录 when narrowed to recharges.
import { AccountBookOutlined } from "@ant-design/icons";
import { useMemo } from "react";

import { usePrint } from "./money/AccountTabs";
import { RechargeReceipt } from "./money/receipts";
import { RecordTable, type RecordColumn } from "./RecordTable";
import { BALANCE_CHART_PX, BalanceChart } from "@/components/BalanceChart";
import { Chip } from "@/components/Chip";
import { ChartSkeleton, EmptyState } from "@/components/feedback";
import { MoneyText, QuantityText } from "@/components/numbers";
import { SinceNote } from "@/components/SinceNote";
import { TimeText } from "@/components/TimeText";
import { useLedger } from "@/lib/api/queries";
import { useKindTexts } from "@/lib/units";
import type { LedgerRow, Meter } from "@/types/api";

const tones = { deduction: "idle", recharge: "ok", correction: "warn" } as const;
/** What a recharge sold, by its name in the ledger. */
const SOLD = { bought: "kwh", before: "kwh_before", after: "kwh_after" } as const;

/** Fewer postings make no curve. */
const LEAST_POINTS = 3;

export function LedgerTab({ meter, kind }: { meter: Meter; kind?: "recharge" }) {
  const { t } = useKindTexts();
  const ledger = useLedger(meter.id, kind);
  const rows = useMemo(() => ledger.data?.pages.flatMap((page) => page.rows) ?? [], [ledger.data]);
  const print = usePrint<LedgerRow>((row) => <RechargeReceipt meter={meter} row={row} />);
  const only = (show: boolean, column: RecordColumn<LedgerRow>) => (show ? [column] : []);
  const sold = (name: keyof typeof SOLD): RecordColumn<LedgerRow> => ({
    key: name,
    title: t(`ledger.${name}`),
    width: 126,
    align: "right",
    onlyFor: (row) => Boolean(row.sale),
    render: (_, row) => <QuantityText value={row.sale?.[SOLD[name]]} />,
  });
  const columns: RecordColumn<LedgerRow>[] = [
    { key: "at", title: t("ledger.at"), width: 168, render: (_, row) => <TimeText at={row.at} /> },
    ...only(!kind, {
      key: "kind",
      title: t("ledger.kind"),
      width: 92,
      render: (_, row) => (
        <Chip bare tone={tones[row.kind]}>
          {t(`ledger.kinds.${row.document ?? row.kind}`)}
        </Chip>
      ),
    }),
    {
      key: "amount",
      title: t("ledger.amount"),
      width: 120,
      align: "right",
      render: (_, row) => <MoneyText value={row.amount} digits={kind ? 2 : 4} signed />,
    },
    ...(kind ? (["bought", "before", "after"] as const).map(sold) : []),
    ...only(!kind, {
      key: "quantity",
      title: t("ledger.quantity"),
      width: 110,
      align: "right",
      render: (_, row) => <QuantityText value={row.quantity} digits={4} />,
    }),
    {
      key: "balance",
      title: t("ledger.balance"),
      width: 130,
      align: "right",
      render: (_, row) => <MoneyText value={row.balance} digits={kind ? 2 : 4} />,
    },
    {
      key: "method",
      title: t(kind ? "ledger.method" : "account.method"),
      width: 100,
      onlyFor: (row) => Boolean(row.method),
      render: (_, row) => (row.method ? t(`recharge.methods.${row.method}`, { defaultValue: row.method }) : "—"),
    },
    { key: "by", title: t("ledger.by"), width: 110, render: (_, row) => row.by || t("common.system") },
    { key: "note", title: t("ledger.note"), width: 180, ellipsis: true, onlyFor: (row) => Boolean(row.note), render: (_, row) => row.note || "—" },
    ...only(kind === "recharge", print.column),
  ];
  return (
    <div className="a-stack">
      {!kind && rows.length >= LEAST_POINTS && <BalanceChart rows={rows} meter={meter} />}
      {!kind && ledger.isPending && <ChartSkeleton height={BALANCE_CHART_PX} />}
      <RecordTable
        query={ledger}
        columns={columns}
        rowKey={(row) => row.id}
        testId={kind ? "recharges" : "ledger"}
        empty={
          <EmptyState
            small
            icon={<AccountBookOutlined />}
            title={t(kind ? "ledger.emptyRecharges" : "ledger.empty")}
            hint={t(kind ? "ledger.emptyRechargesHint" : "ledger.emptyHint")}
          />
        }
      />
      {!kind && <SinceNote since={ledger.data?.pages[0]?.since} site={meter.site} />}
      {print.dialog}
    </div>
  );
}
