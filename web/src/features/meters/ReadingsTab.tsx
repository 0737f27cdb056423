// 抄表记录, quarantined ones with their reason.
import { DashboardOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { RecordTable, type RecordColumn } from "./RecordTable";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { QuantityText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { useReason } from "@/components/words";
import { useReadings } from "@/lib/api/queries";
import type { Meter, ReadingRow } from "@/types/api";

const tones = { used: "ok", recorded: "idle", quarantined: "bad" } as const;
const tariffs = ["sharp", "peak", "flat", "valley"] as const;

export function ReadingsTab({ meter }: { meter: Meter }) {
  const { t } = useTranslation();
  const reason = useReason();
  const readings = useReadings(meter.id);
  const withTariffs = readings.data?.pages.some((page) => page.rows.some((row) => row.tariffs)) ?? false;
  const columns: RecordColumn<ReadingRow>[] = [
    { key: "at", title: t("readings.at"), width: 168, render: (_, row) => <TimeText at={row.at} site={meter.site} /> },
    { key: "kind", title: t("readings.kind"), width: 96, render: (_, row) => t(`readings.kinds.${row.kind}`) },
    { key: "total", title: t("readings.total"), width: 120, align: "right", render: (_, row) => <QuantityText value={row.total} /> },
    ...(withTariffs
      ? tariffs.map((tariff, index) => ({
          key: tariff,
          title: t(`readings.${tariff}`),
          width: 96,
          align: "right" as const,
          render: (_: unknown, row: ReadingRow) => <QuantityText value={row.tariffs?.[index]} />,
        }))
      : []),
    { key: "used", title: t("readings.used"), width: 120, align: "right", render: (_, row) => <QuantityText value={row.used} digits={4} /> },
    {
      key: "state",
      title: t("readings.state"),
      width: 220,
      render: (_, row) => (
        <span>
          <Chip
            bare
            tone={tones[row.state]}
            title={row.state === "quarantined" ? t("readings.quarantinedHint", { reason: reason(row.reason ?? "") }) : undefined}
          >
            {t(`readings.states.${row.state}`)}
          </Chip>
          {row.state === "quarantined" && row.reason && <small className="a-tone-text-bad"> {reason(row.reason)}</small>}
        </span>
      ),
    },
  ];
  return (
    <RecordTable
      query={readings}
      columns={columns}
      rowKey={(row) => `${row.id}-${row.state}`}
      testId="readings"
      rowClassName={(row) => (row.state === "quarantined" ? "a-row-bad" : "")}
      empty={<EmptyState small icon={<DashboardOutlined />} title={t("readings.empty")} hint={t("readings.emptyHint")} />}
    />
  );
}
