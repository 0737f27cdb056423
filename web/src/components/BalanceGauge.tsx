// Balance, the two thresholds and the overdraft on one line. The picture is an aid; the exact amounts are in the text.
import { format, MONEY, parse, toPixels } from "@/lib/decimal";
import { gaugeScale } from "@/lib/meter-state";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";

type Props = { meter: Pick<Meter, "balance" | "alarm_1" | "alarm_2" | "overdraft" | "account_state"> };

const toneOf = { normal: "ok", low_1: "warn", low_2: "warn", arrears: "bad" } as const;

export function BalanceGauge({ meter }: Props) {
  const { t } = useKindTexts();
  const number = (text: string) => toPixels(text, MONEY);
  const { place } = gaugeScale({
    balance: number(meter.balance),
    one: number(meter.alarm_1),
    two: number(meter.alarm_2),
    overdraft: number(meter.overdraft),
  });
  const at = (text: string, negative = false) => `${(place(number(text) * (negative ? -1 : 1)) * 100).toFixed(2)}%`;
  const show = (text: string) => format(parse(text, MONEY) ?? 0n, MONEY, 2).replace(/\.00$/, "");
  const trip = show(meter.overdraft);
  const tripText = trip === "0" ? trip : `\u2212${trip}`;
  return (
    <div
      className="a-gauge"
      role="img"
      aria-label={t("gauge.title", {
        balance: show(meter.balance),
        one: show(meter.alarm_1),
        two: show(meter.alarm_2),
        overdraft: show(meter.overdraft),
      })}
    >
      <div className="a-gauge-line">
        <span className="a-gauge-zone a-gauge-bad" style={{ left: 0, width: at(meter.overdraft, true) }} />
        <span
          className="a-gauge-zone a-gauge-warn"
          style={{ left: at(meter.overdraft, true), width: `calc(${at(meter.alarm_1)} - ${at(meter.overdraft, true)})` }}
        />
        <span className="a-gauge-zone a-gauge-ok" style={{ left: at(meter.alarm_1), right: 0 }} />
        <span className={`a-gauge-pin a-tone-${toneOf[meter.account_state]}`} style={{ left: at(meter.balance) }} />
      </div>
      <div className="a-gauge-marks a-number">
        <Mark left={at(meter.overdraft, true)} name={t("gauge.trip")} value={tripText} />
        <Mark left={at(meter.alarm_2)} name={t("gauge.two")} value={show(meter.alarm_2)} lower />
        <Mark left={at(meter.alarm_1)} name={t("gauge.one")} value={show(meter.alarm_1)} />
      </div>
    </div>
  );
}

function Mark({ left, name, value, lower }: { left: string; name: string; value: string; lower?: boolean }) {
  return (
    <span className={`a-gauge-mark${lower ? " a-gauge-mark-lower" : ""}`} style={{ left }}>
      {name} {value}
    </span>
  );
}
