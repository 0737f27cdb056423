// The prices of a plan on one line.
import { useTranslation } from "react-i18next";

import { PriceText } from "./numbers";
import type { PricePlanInput } from "@/types/api";

export function PlanPrices({ plan }: { plan: PricePlanInput }) {
  const { t } = useTranslation();
  if (plan.kind === "total") {
    return (
      <span className="a-plan-prices">
        {t("price.kinds.total")} <PriceText value={plan.total} />
      </span>
    );
  }
  return (
    <span className="a-plan-prices">
      {(["sharp", "peak", "flat", "valley"] as const).map((tariff) => (
        <span key={tariff}>
          {t(`readings.${tariff}`)} <PriceText value={plan[tariff]} />
        </span>
      ))}
    </span>
  );
}
