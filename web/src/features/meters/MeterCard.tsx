// One meter of the list on a phone.
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { OpenDialog } from "./MeterDialogs";
import { useRowActions } from "./row-actions";
import { MoneyText, QuantityText } from "@/components/numbers";
import { ActionSheet } from "@/components/RowActions";
import { KindIcon } from "@/components/KindIcon";
import { ReachBadge, StateBadge } from "@/components/StateBadge";
import { TimeText } from "@/components/TimeText";
import { useUnit } from "@/lib/units";
import type { MeterRow } from "@/types/api";

export function MeterCard({ meter, onDialog }: { meter: MeterRow; onDialog: OpenDialog }) {
  const { t } = useTranslation();
  const unit = useUnit(meter.kind);
  const actionsOf = useRowActions(onDialog);
  return (
    <>
      <Link to={`/meters/${meter.id}`} className="a-row-card-body" data-testid="meter-link">
        <span className="a-row-card-head">
          <b>
            <KindIcon kind={meter.kind} /> {meter.name}
          </b>
          <ReachBadge reachable={meter.reachable} />
        </span>
        <span className="a-row-card-line">
          <StateBadge meter={meter} />
          <span className="a-muted">
            <TimeText at={meter.last_reading?.at} ago site={meter.site} />
          </span>
        </span>
        <span className="a-row-card-numbers">
          <span>
            <small>{t("meter.balance")}</small>
            <MoneyText value={meter.balance} flash testId="row-balance" />
          </span>
          <span>
            <small>{t("supplying.balanceQuantity")}</small>
            <QuantityText value={meter.balance_kwh} unit={unit} flash />
          </span>
          <span>
            <small>{t("supplying.today")}</small>
            <QuantityText value={meter.today_kwh} unit={unit} flash />
          </span>
        </span>
      </Link>
      <ActionSheet title={meter.name} actions={actionsOf(meter)} />
    </>
  );
}
