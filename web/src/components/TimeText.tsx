// A moment in the site's time: "3 minutes ago" with the exact time on hover, or the exact time itself.
import { useTranslation } from "react-i18next";

import { useNow, useOffset } from "@/lib/hooks";
import { ageOf, formatTime } from "@/lib/time";

type Props = { at: number | null | undefined; ago?: boolean; site?: string };

export function TimeText({ at, ago, site }: Props) {
  const { t } = useTranslation();
  const offset = useOffset(site);
  if (!at) return <span className="a-muted">{ago ? t("time.never") : "—"}</span>;
  const exact = formatTime(at, offset);
  return (
    <time className="a-number" dateTime={new Date(at).toISOString()} title={exact}>
      {ago ? <Ago at={at} /> : exact}
    </time>
  );
}

function Ago({ at }: { at: number }) {
  const { t } = useTranslation();
  const { unit, n } = ageOf(at, useNow(5000));
  return t(`time.${unit}`, { n });
}

/** How long `ms` is, in words of the language: "3 minutes". */
export function useDuration(): (ms: number) => string {
  const { t } = useTranslation();
  return (ms) => {
    const { unit, n } = ageOf(0, ms);
    return t(`time.for.${unit}`, { n });
  };
}

/** "3 minutes ago" as text. */
export function useAgo(): (at: number) => string {
  const { t } = useTranslation();
  const now = useNow(5000);
  return (at) => {
    const { unit, n } = ageOf(at, now);
    return t(`time.${unit}`, { n });
  };
}
