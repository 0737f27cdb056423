// What a resident reads about his meter in one line each: is it on, and how does the account stand.
import { useTranslation } from "react-i18next";

import { Chip, type Tone } from "@/components/Chip";
import { relayTone } from "@/lib/meter-state";
import type { MyMeterRow } from "@/types/bound";

export function Supply({ meter }: { meter: MyMeterRow }) {
  const { t } = useTranslation();
  if (!meter.valve) return null;
  const tone: Tone = relayTone(meter);
  const why = meter.reported !== "closed" && meter.wanted === "open" && meter.wanted_reason !== "none" ? t(`my.why.${meter.wanted_reason}`) : "";
  const coming = meter.reported === "open" && meter.wanted === "closed";
  return (
    <span className="a-my-line" data-testid="my-supply" data-reported={meter.reported} data-wanted={meter.wanted}>
      <Chip tone={tone}>{t(`my.supply.${meter.kind}.${meter.reported}`)}</Chip>
      {coming && <Chip tone="warn">{t("my.coming")}</Chip>}
      {why && <small className="a-muted">{why}</small>}
    </span>
  );
}

const tones = { normal: "ok", low_1: "warn", low_2: "warn", arrears: "bad" } as const satisfies Record<MyMeterRow["account_state"], Tone>;

export function Account({ meter }: { meter: MyMeterRow }) {
  const { t } = useTranslation();
  return (
    <Chip tone={tones[meter.account_state]} testId="my-account-state">
      {t(`meter.accounts.${meter.account_state}`)}
    </Chip>
  );
}
