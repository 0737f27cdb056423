// 抄表记录, refused ones with their reason and, while nothing newer has counted, with the way to accept them.
import { DashboardOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { standingOf, type Standing } from "./acceptance";
import { AcceptReading } from "./AcceptReading";
import { RecordTable, type RecordColumn } from "./RecordTable";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { QuantityText } from "@/components/numbers";
import { SinceNote } from "@/components/SinceNote";
import { TimeText } from "@/components/TimeText";
import { useReason } from "@/components/words";
import { useReadings } from "@/lib/api/queries";
import { useCan, useNow } from "@/lib/hooks";
import { useKindTexts } from "@/lib/units";
import type { Meter, ReadingRow } from "@/types/api";

const tones = { used: "ok", recorded: "idle", quarantined: "bad" } as const;
const tariffs = ["sharp", "peak", "flat", "valley"] as const;

export function ReadingsTab({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const can = useCan();
  const now = useNow(60_000);
  const readings = useReadings(meter.id);
  const [accepting, setAccepting] = useState<ReadingRow | null>(null);
  const rows = readings.data?.pages.flatMap((page) => page.rows) ?? [];
  const withTariffs = rows.some((row) => row.tariffs);
  const deciding = can("meter:settle") && rows.some((row) => standingOf(row, meter, now) === "waiting");
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
          onlyFor: (row: ReadingRow) => Boolean(row.tariffs),
          render: (_: unknown, row: ReadingRow) => <QuantityText value={row.tariffs?.[index]} />,
        }))
      : []),
    { key: "used", title: t("readings.used"), width: 120, align: "right", render: (_, row) => <QuantityText value={row.used} digits={4} /> },
    {
      key: "state",
      title: t("readings.state"),
      width: 220,
      render: (_, row) => <Result row={row} standing={standingOf(row, meter, now)} />,
    },
    ...(deciding
      ? [
          {
            key: "actions",
            title: t("common.actions"),
            width: 80,
            fixed: "end" as const,
            onlyFor: (row: ReadingRow) => standingOf(row, meter, now) === "waiting",
            render: (_: unknown, row: ReadingRow) =>
              standingOf(row, meter, now) === "waiting" && (
                <Button type="link" size="small" className="a-row-link" data-testid="reading-accept" onClick={() => setAccepting(row)}>
                  {t("accept.button")}
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <RecordTable
        query={readings}
        columns={columns}
        rowKey={(row) => `${row.id}-${row.state}`}
        testId="readings"
        rowClassName={(row) => (row.state === "quarantined" ? "a-row-bad" : "")}
        empty={<EmptyState small icon={<DashboardOutlined />} title={t("readings.empty")} hint={t("readings.emptyHint")} />}
      />
      <SinceNote since={readings.data?.pages[0]?.since} site={meter.site} />
      {accepting && <AcceptReading key={accepting.id} meter={meter} reading={accepting} onClose={() => setAccepting(null)} />}
    </>
  );
}

function Result({ row, standing }: { row: ReadingRow; standing: Standing | null }) {
  const { t } = useKindTexts();
  const reason = useReason()(row.reason ?? "");
  return (
    <span>
      <Chip
        bare
        tone={standing === "accepted" ? "ok" : tones[row.state]}
        title={standing ? t("readings.quarantinedHint", { reason }) : undefined}
      >
        {t(standing === "accepted" ? "readings.standings.accepted" : `readings.states.${row.state}`)}
      </Chip>
      {standing && (
        <small className={standing === "waiting" ? "a-tone-text-bad" : "a-muted"}>
          {" "}
          {[reason, standing === "accepted" ? "" : t(`readings.standings.${standing}`)].filter(Boolean).join(" \u00b7 ")}
        </small>
      )}
    </span>
  );
}
