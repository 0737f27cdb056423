// The prices of a plan, with its time slots and steps in few words.
import { useTranslation } from "react-i18next";

import "./prices.css";
import { PriceText } from "./numbers";
import { dayOf, clockOf, runsOf, TARIFFS } from "@/lib/price-slots";
import { formatShort, PRICE, QUANTITY } from "@/lib/decimal";
import type { PriceFields } from "@/types/api";

export function PlanPrices({ plan }: { plan: PriceFields }) {
  const { t } = useTranslation();
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
      <SlotsAndSteps plan={plan} />
    </span>
  );
}

/** Nothing for a plan that has neither. */
export function SlotsAndSteps({ plan }: { plan: PriceFields }) {
  const { t } = useTranslation();
  const slots = useSlotsText(plan);
  const steps = useStepsText(plan);
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

function useStepsText(plan: PriceFields): string {
  const { t } = useTranslation();
  if (!plan.steps?.length || !plan.step_period) return "";
  const steps = plan.steps.map(({ above, add }) =>
    t("steps.short", { above: formatShort(above, QUANTITY), add: formatShort(add, PRICE) }),
  );
  return t(`steps.shorts.${plan.step_period}`, { steps: steps.join(t("slots.and")) });
}
