// Which price plans a meter had, has and will have, newest change first.

import "@/components/prices.css";
import { Chip } from "@/components/Chip";
import { Drawer } from "@/components/Dialog";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { useMeterPlans } from "@/lib/api/queries";
import { useIsPhone, useNow } from "@/lib/hooks";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";

export function PlanChanges({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useKindTexts();
  const phone = useIsPhone();
  const now = useNow(10_000);
  const changes = useMeterPlans(meter.id);
  const rows = changes.data?.rows;
  const current = rows?.filter((row) => !row.replaced && row.from <= now).sort((a, b) => b.from - a.from)[0];
  return (
    <Drawer open title={`${t("price.changes")} \u00b7 ${meter.name}`} size={phone ? "100%" : 480} onClose={onClose}>
      {changes.error && <ErrorNotice error={changes.error} what="load" onRetry={() => void changes.refetch()} stale={Boolean(rows)} />}
      {!rows && !changes.error && <PageSkeleton rows={4} />}
      {rows?.length === 0 && <EmptyState small title={t("price.noChanges")} hint={t("price.noChangesHint")} />}
      <ol className="a-versions" data-testid="plan-changes">
        {rows?.map((row) => {
          const standing = row.replaced ? "replaced" : row.from > now ? "coming" : row.id === current?.id ? "inForce" : "past";
          return (
            <li key={row.id} className="a-version" data-testid="plan-change" data-standing={standing}>
              <div className="a-version-head">
                <b className={row.replaced ? "a-struck" : undefined}>{row.price_plan.name}</b>
                <Chip tone={standing === "inForce" ? "ok" : standing === "coming" ? "warn" : "idle"}>{t(`price.standings.${standing}`)}</Chip>
              </div>
              <span className={row.replaced ? "a-struck" : undefined}>
                <TimeText at={row.from} site={meter.site} />
              </span>
              <small className="a-muted">
                {t("price.enteredBy", { by: row.by || t("common.system") })} <TimeText at={row.created_at} site={meter.site} />
              </small>
            </li>
          );
        })}
      </ol>
    </Drawer>
  );
}
