// 清零记录 (em-clear, wm-clear, wc-clear), with the other changes of the register: 换表, 抄表录入.
import { SwapOutlined } from "@ant-design/icons";

import { RecordTable, type RecordColumn } from "./RecordTable";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { MoneyText, QuantityText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { useRegisterChanges } from "@/lib/api/supply";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";
import type { RegisterChange } from "@/types/supply";

const tones = { clear: "warn", replace: "brand", typed: "idle" } as const;

export function RegistersTab({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const query = useRegisterChanges(meter.id);
  const columns: RecordColumn<RegisterChange>[] = [
    { key: "at", title: t("ledger.at"), width: 168, render: (_, row) => <TimeText at={row.at} site={meter.site} /> },
    {
      key: "kind",
      title: t("registers.kind"),
      width: 110,
      render: (_, row) => (
        <Chip bare tone={tones[row.kind]}>
          {t(`registers.kinds.${row.kind}`)}
        </Chip>
      ),
    },
    { key: "from", title: t("registers.from"), width: 130, align: "right", render: (_, row) => <QuantityText value={row.from.total} digits={4} /> },
    { key: "to", title: t("registers.to"), width: 130, align: "right", render: (_, row) => <QuantityText value={row.to.total} digits={4} /> },
    { key: "kwh", title: t("registers.billed"), width: 120, align: "right", render: (_, row) => <QuantityText value={row.kwh} digits={4} /> },
    { key: "fee", title: t("registers.fee"), width: 110, align: "right", render: (_, row) => <MoneyText value={row.fee} digits={4} /> },
    { key: "by", title: t("ledger.by"), width: 100, render: (_, row) => row.by || t("common.system") },
    { key: "note", title: t("ledger.note"), width: 180, ellipsis: true, onlyFor: (row) => Boolean(row.note), render: (_, row) => row.note || "—" },
  ];
  return <RecordTable query={query} columns={columns} rowKey={(row) => row.id} testId="registers" empty={<EmptyState small icon={<SwapOutlined />} title={t("registers.empty")} hint={t("registers.emptyHint")} />} />;
}
