// 开户单, 结算单, 退补单, 购电单: what is handed to the household.

import { Registers } from "./CalculationView";
import { MoneyText, PriceText, QuantityText } from "@/components/numbers";
import { Receipt, type ReceiptLine } from "@/components/Receipt";
import { TimeText } from "@/components/TimeText";
import { isZero, payoutOf, toFen } from "@/lib/account";
import { compare, MONEY } from "@/lib/decimal";
import { useOffset } from "@/lib/hooks";
import { formatDay } from "@/lib/time";
import { useKindTexts } from "@/lib/units";
import type { Adjustment, Opening, Settlement } from "@/types/account";
import type { LedgerRow, Meter } from "@/types/api";
import type { FeePayment } from "@/types/supply";

type Of = Pick<Meter, "name" | "address" | "site" | "room" | "linked_room">;

function useWhich(meter: Of): ReceiptLine[] {
  const { t } = useKindTexts();
  return [
    { label: t("receipt.meter"), value: meter.name },
    { label: t("meter.address"), value: meter.address },
    { label: t("meter.room"), value: meter.linked_room?.name ?? (meter.room || "—") },
  ];
}

export function SettlementReceipt({ meter, settlement }: { meter: Of; settlement: Settlement }) {
  const { t } = useKindTexts();
  const which = useWhich(meter);
  const payout = payoutOf(settlement.refund)!;
  const paid = toFen(payout.amount)!;
  const exact = compare(paid, payout.amount, MONEY) !== 0;
  return (
    <Receipt
      title={t(settlement.closed ? "receipt.closing" : "receipt.settlement")}
      number={String(settlement.id)}
      by={settlement.by}
      note={settlement.note}
      site={meter.site}
      lines={[
        ...(settlement.customer ? [{ label: t("account.customer"), value: settlement.customer }] : []),
        ...which,
        { label: t("receipt.at"), value: <TimeText at={settlement.at} site={meter.site} /> },
        { label: t("account.kwh"), value: <QuantityText value={settlement.kwh} digits={4} /> },
        { label: t("account.fee"), value: <MoneyText value={settlement.fee} /> },
        { label: t("account.recharged"), value: <MoneyText value={settlement.recharged} /> },
        ...(isZero(settlement.adjusted) ? [] : [{ label: t("account.adjusted"), value: <MoneyText value={settlement.adjusted} signed /> }]),
        { label: t("account.balanceBefore"), value: <MoneyText value={settlement.balance} digits={exact ? 6 : 2} /> },
        { label: t(`account.payout.${payout.direction}`), value: <MoneyText value={paid} />, strong: true },
        { label: t("account.method"), value: t(`recharge.methods.${settlement.method}`) },
        { label: t("account.balanceAfter"), value: <MoneyText value="0" /> },
      ]}
    >
      <Registers from={settlement.from} to={settlement.to} />
    </Receipt>
  );
}

export function AdjustmentReceipt({ meter, adjustment, customer }: { meter: Of; adjustment: Adjustment; customer?: string }) {
  const { t } = useKindTexts();
  const which = useWhich(meter);
  return (
    <Receipt
      title={t("receipt.adjustment")}
      number={String(adjustment.id)}
      by={adjustment.by}
      note={adjustment.note}
      site={meter.site}
      lines={[
        ...(customer ? [{ label: t("account.customer"), value: customer }] : []),
        ...which,
        { label: t("receipt.at"), value: <TimeText at={adjustment.at} site={meter.site} /> },
        { label: t("adjust.amount"), value: <MoneyText value={adjustment.amount} digits={6} signed />, strong: true },
        { label: t("account.balanceAfter"), value: <MoneyText value={adjustment.balance} digits={6} /> },
      ]}
    />
  );
}

export function OpeningReceipt({ meter, opening }: { meter: Of; opening: Opening }) {
  const { t } = useKindTexts();
  const which = useWhich(meter);
  const offset = useOffset(meter.site);
  return (
    <Receipt
      title={t("receipt.opening")}
      number={String(opening.id)}
      by={opening.by}
      note={opening.note}
      site={meter.site}
      lines={[
        { label: t("account.customer"), value: opening.customer, strong: true },
        { label: t("account.mobile"), value: opening.mobile || "—" },
        { label: t("account.unit"), value: opening.unit || "—" },
        ...which,
        { label: t("account.address"), value: [opening.area, opening.address].filter(Boolean).join(" ") || "—" },
        { label: t("account.openedOn"), value: <span className="a-number">{formatDay(opening.opened_on, offset)}</span> },
        { label: t("account.settlementMethod"), value: t(`recharge.methods.${opening.settlement_method}`) },
        { label: t("account.voltage"), value: opening.voltage || "—" },
        ...(opening.price_plan ? [{ label: t("account.plan"), value: opening.price_plan.name }] : []),
        { label: t("account.start"), value: <QuantityText value={opening.start.total} /> },
      ]}
    />
  );
}

/** 年费: it is the company's, and not on the balance. */
export function FeeReceipt({ meter, payment }: { meter: Of; payment: FeePayment }) {
  const { t } = useKindTexts();
  const which = useWhich(meter);
  return (
    <Receipt
      title={t("fee.receipt")}
      number={String(payment.id)}
      by={payment.by}
      note={payment.note}
      site={meter.site}
      lines={[
        ...which,
        { label: t("receipt.at"), value: <TimeText at={payment.at} site={meter.site} /> },
        { label: t("fee.years"), value: payment.years },
        { label: t("fee.span"), value: <span className="a-number">{t("house.span", { since: payment.paid_from, until: payment.paid_until })}</span> },
        { label: t("fee.amount"), value: <MoneyText value={payment.amount} />, strong: true },
        { label: t("account.method"), value: t(`recharge.methods.${payment.method}`, { defaultValue: payment.method }) },
      ]}
    />
  );
}

/** What was sold then and to whom, as the ledger says it: neither price nor household of now stand on a slip of the past. */
export function RechargeReceipt({ meter, row }: { meter: Of; row: LedgerRow }) {
  const { t } = useKindTexts();
  const which = useWhich(meter);
  const { sale } = row;
  return (
    <Receipt
      title={t("receipt.recharge")}
      number={String(row.id)}
      by={row.by ?? ""}
      note={row.note}
      site={meter.site}
      lines={[
        ...(sale?.customer ? [{ label: t("account.customer"), value: sale.customer }] : []),
        ...which,
        { label: t("receipt.at"), value: <TimeText at={row.at} site={meter.site} /> },
        { label: t("recharge.amount"), value: <MoneyText value={row.amount} />, strong: true },
        ...(row.method ? [{ label: t("recharge.method"), value: t(`recharge.methods.${row.method}`, { defaultValue: row.method }) }] : []),
        ...(sale
          ? [
              { label: t("meter.plan"), value: sale.price_plan.name },
              { label: t("ledger.price"), value: <PriceText value={sale.price} /> },
              { label: t("ledger.bought"), value: <QuantityText value={sale.kwh} testId="slip-bought" /> },
              { label: t("ledger.before"), value: <QuantityText value={sale.kwh_before} testId="slip-before" /> },
              { label: t("ledger.after"), value: <QuantityText value={sale.kwh_after} testId="slip-after" /> },
            ]
          : []),
        { label: t("account.balanceAfter"), value: <MoneyText value={row.balance} /> },
      ]}
    >
      {sale?.estimate && <p>{t("receipt.estimate")}</p>}
    </Receipt>
  );
}
