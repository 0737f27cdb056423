// When a change holds: from now on, or from a moment ahead in the site's time.
import { Button, Input, Radio } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import "./prices.css";
import { useNow, useOffset } from "@/lib/hooks";
import { momentProblem, momentText, nextMidnight, nextMonth, parseMoment, shortMoment } from "@/lib/moment";

/** null: from now on; else what stands in the field */
export type When = string | null;

type Props = { value: When; onChange: (value: When) => void; disabled?: boolean };

export function WhenField({ value, onChange, disabled }: Props) {
  const { t } = useTranslation();
  const label = useId();
  const offset = useOffset();
  const now = useNow(10_000);
  const problem = value === null || value === "" ? null : momentProblem(value, now, offset);
  const quick = [
    { name: "midnight", at: nextMidnight(now, offset) },
    { name: "month", at: nextMonth(now, offset) },
  ] as const;
  return (
    <div className="a-field">
      <span id={label}>{t("when.label")}</span>
      <div className="a-when">
        <Radio.Group
          aria-labelledby={label}
          value={value === null ? "now" : "then"}
          disabled={disabled}
          onChange={({ target }) => onChange(target.value === "now" ? null : momentText(nextMidnight(now, offset), offset))}
          options={[
            { value: "now", label: <span data-testid="when-now">{t("when.now")}</span> },
            { value: "then", label: <span data-testid="when-then">{t("when.then")}</span> },
          ]}
        />
        {value !== null && (
          <div className="a-when-then">
            <Input
              type="datetime-local"
              value={value}
              disabled={disabled}
              min={momentText(now, offset)}
              status={problem ? "error" : undefined}
              aria-label={t("when.moment")}
              onChange={({ target }) => onChange(target.value)}
              data-testid="when-moment"
            />
            {quick.map(({ name, at }) => (
              <Button key={name} size="small" disabled={disabled} onClick={() => onChange(momentText(at, offset))} data-testid={`when-${name}`}>
                {t(`when.quick.${name}`)}
              </Button>
            ))}
          </div>
        )}
        {problem && (
          <span className="a-field-error" role="alert">
            {t(`when.problem.${problem}`)}
          </span>
        )}
      </div>
    </div>
  );
}

/** Of what the field says: UTC milliseconds, undefined for now; ready: it can be sent. */
export function useMoment(value: When): { from: number | undefined; ready: boolean } {
  const offset = useOffset();
  const now = useNow(10_000);
  if (value === null) return { from: undefined, ready: true };
  return { from: parseMoment(value, offset) ?? undefined, ready: momentProblem(value, now, offset) === null };
}

/** "12-01 00:00" in the site's time. */
export function useShortMoment(site?: string): (ms: number) => string {
  const offset = useOffset(site);
  const now = useNow(60_000);
  return (ms) => shortMoment(ms, now, offset);
}
