// Raw readings are kept for a set time; sums stay. Says since when they are there.
import { useTranslation } from "react-i18next";

import { TimeText } from "./TimeText";

export function SinceNote({ since, site }: { since?: number | null; site?: string }) {
  const { t } = useTranslation();
  if (!since) return null;
  return (
    <small className="a-muted" data-testid="readings-since">
      {t("common.readingsSince")} <TimeText at={since} site={site} />
    </small>
  );
}
