// 余额提醒: one row per crossing of a preset downwards.
import { BellOutlined } from "@ant-design/icons";

import { RecordTable, type RecordColumn } from "./RecordTable";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { useNotices } from "@/lib/api/queries";
import { accountTone } from "@/lib/meter-state";
import { useKindTexts } from "@/lib/units";
import type { NoticeRow } from "@/types/api";

const states = { alarm_1: "low_1", alarm_2: "low_2" } as const;

export function NoticesTab({ meter }: { meter: number }) {
  const { t } = useKindTexts();
  const notices = useNotices(meter);
  const columns: RecordColumn<NoticeRow>[] = [
    { key: "at", title: t("notices.at"), width: 168, render: (_, row) => <TimeText at={row.at} /> },
    {
      key: "kind",
      title: t("notices.kind"),
      width: 110,
      render: (_, row) => (
        <Chip bare tone={accountTone(states[row.kind])}>
          {t(`notices.kinds.${row.kind}`)}
        </Chip>
      ),
    },
    {
      key: "threshold",
      title: t("notices.threshold"),
      width: 120,
      align: "right",
      render: (_, row) => <MoneyText value={row.threshold} digits={2} />,
    },
    {
      key: "balance",
      title: t("notices.balance"),
      width: 150,
      align: "right",
      render: (_, row) => <MoneyText value={row.balance} digits={4} />,
    },
  ];
  return (
    <RecordTable
      query={notices}
      columns={columns}
      rowKey={(row) => row.id}
      testId="notices"
      empty={<EmptyState small icon={<BellOutlined />} title={t("notices.empty")} hint={t("notices.emptyHint")} />}
    />
  );
}
