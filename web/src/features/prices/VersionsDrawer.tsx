// All prices of a plan and when they hold, newest first; those that another took the place of are struck.
import { useTranslation } from "react-i18next";

import "@/components/prices.css";
import { standingOf, type Standing } from "./plan";
import { Chip, type Tone } from "@/components/Chip";
import { Drawer } from "@/components/Dialog";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { PlanPrices, useSlotsText } from "@/components/PlanPrices";
import { TimeText } from "@/components/TimeText";
import { usePriceVersions } from "@/lib/api/queries";
import { useIsPhone, useNow } from "@/lib/hooks";
import type { PricePlan, PriceVersion } from "@/types/api";

const tones: Record<Standing, Tone> = { inForce: "ok", coming: "warn", past: "idle", replaced: "idle" };

export function VersionsDrawer({ plan, onClose }: { plan: PricePlan; onClose: () => void }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const now = useNow(10_000);
  const versions = usePriceVersions(plan.id);
  const rows = versions.data?.rows;
  return (
    <Drawer open title={t("price.historyTitle", { name: plan.name })} size={phone ? "100%" : 560} onClose={onClose}>
      {versions.error && <ErrorNotice error={versions.error} what="load" onRetry={() => void versions.refetch()} stale={Boolean(rows)} />}
      {!rows && !versions.error && <PageSkeleton rows={6} />}
      {rows?.length === 0 && <EmptyState small title={t("price.noHistory")} hint={t("price.noHistoryHint")} />}
      <ol className="a-versions" data-testid="versions">
        {rows?.map((version) => (
          <Version key={version.version} version={version} utility={plan.utility} standing={standingOf(version, rows, now)} />
        ))}
      </ol>
    </Drawer>
  );
}

type VersionProps = { version: PriceVersion; utility: PricePlan["utility"]; standing: Standing };

function Version({ version, utility, standing }: VersionProps) {
  const { t } = useTranslation();
  const slots = useSlotsText(version);
  return (
    <li className="a-version" data-testid="version" data-standing={standing}>
      <div className="a-version-head">
        <b className={standing === "replaced" ? "a-struck" : undefined}>
          <TimeText at={version.from} />
        </b>
        <Chip tone={tones[standing]}>{t(`price.standings.${standing}`)}</Chip>
      </div>
      <span className={standing === "replaced" ? "a-struck" : undefined}>
        <PlanPrices plan={version} utility={utility} />
      </span>
      {slots && <small className="a-muted">{slots}</small>}
      {standing === "replaced" && <small className="a-muted">{t("price.replacedHint")}</small>}
      <small className="a-muted">
        {t("price.enteredBy", { by: version.by || t("common.system") })} <TimeText at={version.created_at} />
      </small>
    </li>
  );
}
