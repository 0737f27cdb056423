// 年费记录: what was paid and until when, each with its receipt.
import { CalendarOutlined } from "@ant-design/icons";
import { Button } from "antd";

import type { OpenDialog } from "./MeterDialogs";
import { usePrint } from "./money/AccountTabs";
import { FeeReceipt } from "./money/receipts";
import { RecordTable, type RecordColumn } from "./RecordTable";
import { EmptyState } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { useFeePayments } from "@/lib/api/supply";
import { useCan } from "@/lib/hooks";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";
import type { FeePayment } from "@/types/supply";

export function FeesTab({ meter, onDialog }: { meter: Meter; onDialog: OpenDialog }) {
  const { t } = useKindTexts();
  const can = useCan();
  const query = useFeePayments(meter.id);
  const { column, dialog } = usePrint<FeePayment>((payment) => <FeeReceipt meter={meter} payment={payment} />);
  const fee = meter.annual_fee;
  const columns: RecordColumn<FeePayment>[] = [
    { key: "at", title: t("ledger.at"), width: 168, render: (_, row) => <TimeText at={row.at} /> },
    { key: "years", title: t("fee.years"), width: 80, align: "right", render: (_, row) => row.years },
    { key: "amount", title: t("fee.amount"), width: 120, align: "right", render: (_, row) => <MoneyText value={row.amount} /> },
    { key: "span", title: t("fee.span"), width: 210, render: (_, row) => <span className="a-number">{t("house.span", { since: row.paid_from, until: row.paid_until })}</span> },
    { key: "method", title: t("account.method"), width: 90, render: (_, row) => t(`recharge.methods.${row.method}`, { defaultValue: row.method }) },
    { key: "by", title: t("ledger.by"), width: 100, render: (_, row) => row.by || t("common.system") },
    { key: "note", title: t("ledger.note"), width: 160, ellipsis: true, onlyFor: (row) => Boolean(row.note), render: (_, row) => row.note || "—" },
    column,
  ];
  return (
    <div className="a-stack">
      <div className="a-tab-tools" data-testid="fee-standing">
        {fee ? (
          <span>
            {t("fee.yearly")} <MoneyText value={fee.yearly} /> · {t("fee.paidUntil")} <b className="a-number">{fee.paid_until}</b>
          </span>
        ) : (
          <span className="a-muted">{t("fee.none")}</span>
        )}
        <span className="a-grow" />
        {(can("meter:recharge") || can("meter:settle")) && (
          <Button onClick={() => onDialog(meter.id, "fee")} data-testid="fee-open">
            {t(fee ? "supplying.buttons.fee" : "fee.setUp")}
          </Button>
        )}
      </div>
      <RecordTable query={query} columns={columns} rowKey={(row) => row.id} testId="fees" empty={<EmptyState small icon={<CalendarOutlined />} title={t("fee.empty")} hint={t("fee.emptyHint")} />} />
      {dialog}
    </div>
  );
}
