// What a resident used, by days or months.
import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { daysOf, monthsOf } from "./use";
import { BarsChart } from "@/components/BarsChart";
import { ChartSkeleton, EmptyState, ErrorNotice } from "@/components/feedback";
import { useMyUse } from "@/lib/api/my";
import { MONEY, QUANTITY } from "@/lib/decimal";
import { useNow } from "@/lib/hooks";
import { formatDay } from "@/lib/time";
import { useUnit } from "@/lib/units";
import type { MyMeter } from "@/types/bound";

const HEIGHT = 260;

export function MyUse({ meter }: { meter: MyMeter }) {
  const { t } = useTranslation();
  const unit = useUnit(meter.kind);
  const use = useMyUse(meter.binding);
  const [by, setBy] = useState<"days" | "months">("days");
  const now = useNow(60_000);
  const offset = meter.utc_offset_minutes;
  const shown = useMemo(() => use.data && (by === "days" ? daysOf : monthsOf)(use.data, now, offset), [use.data, by, now, offset]);
  const bars = useMemo(() => (shown ? [{ name: t("my.used", { unit }), values: shown.used, scale: QUANTITY }] : []), [shown, t, unit]);
  const lines = useMemo(() => (shown ? [{ name: t("my.money"), values: shown.money, scale: MONEY }] : []), [shown, t]);
  return (
    <section className="a-card a-stack" data-testid="my-use" data-by={by}>
      <span className="a-my-line">
        <h2>{t("my.use")}</h2>
        {use.data && <small className="a-muted">{t("my.useFrom", { from: formatDay(use.data.from, offset) })}</small>}
        <span className="a-grow" />
        <Segmented value={by} onChange={setBy} options={(["days", "months"] as const).map((value) => ({ value, label: t(`my.${value}`) }))} />
      </span>
      {!use.data || !shown ? (
        use.error ? <ErrorNotice error={use.error} what="load" onRetry={() => void use.refetch()} /> : <ChartSkeleton height={HEIGHT} />
      ) : use.data.days.length + use.data.months.length === 0 ? (
        <EmptyState small title={t("my.useNone")} hint={t("my.useNoneHint")} />
      ) : (
        <BarsChart title={t("my.use")} labels={shown.labels} bars={bars} lines={lines} height={HEIGHT} />
      )}
    </section>
  );
}
