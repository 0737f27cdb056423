// The prices of a plan, with its time slots and steps in few words.
import { useTranslation } from "react-i18next";

import "./prices.css";
import { PriceText } from "./numbers";
import { dayOf, clockOf, runsOf, TARIFFS } from "@/lib/price-slots";
import { formatShort, PRICE, QUANTITY } from "@/lib/decimal";
import { useKindTexts, type Texts } from "@/lib/units";
import type { PriceFields } from "@/types/api";
import type { Utility } from "@/types/supply";

/** A plan or a version of one. utility: what a version is for, which does not say so itself. */
type Props = { plan: PriceFields & { utility?: Utility }; utility?: Utility };

export function PlanPrices({ plan, utility = plan.utility }: Props) {
  const { t } = useKindTexts(utility && { kind: utility });
  return (
    <span className="a-plan-prices">
      {plan.kind === "total" ? (
        <span>
          {t("price.kinds.total")} <PriceText value={plan.total} />
        </span>
      ) : (
        TARIFFS.map((tariff) => (
          <span key={tariff}>
            {t(`readings.${tariff}`)} <PriceText value={plan[tariff]} />
          </span>
        ))
      )}
      <SlotsAndSteps plan={plan} utility={utility} />
    </span>
  );
}

/** Nothing for a plan that has neither. */
export function SlotsAndSteps({ plan, utility = plan.utility }: Props) {
  const { t } = useKindTexts(utility && { kind: utility });
  const slots = useSlotsText(plan);
  const steps = stepsText(plan, t);
  return (
    <>
      {slots && (
        <span title={slots} data-testid="plan-slots">
          {t("slots.short", { n: plan.slots!.length })}
        </span>
      )}
      {steps && <span data-testid="plan-steps">{steps}</span>}
    </>
  );
}

/** "00:00-08:00 valley, 08:00-22:00 peak, …" */
export function useSlotsText(plan: PriceFields): string {
  const { t } = useTranslation();
  if (!plan.slots?.length) return "";
  return runsOf(dayOf(plan.slots))
    .map(({ from, to, tariff }) => `${clockOf(from)}\u2013${clockOf(to)} ${t(`readings.${tariff}`)}`)
    .join(t("slots.and"));
}

function stepsText(plan: PriceFields, t: Texts): string {
  if (!plan.steps?.length || !plan.step_period) return "";
  const steps = plan.steps.map(({ above, add }) =>
    t("steps.short", { above: formatShort(above, QUANTITY), add: formatShort(add, PRICE) }),
  );
  return t(`steps.shorts.${plan.step_period}`, { steps: steps.join(t("slots.and")) });
}
