// What a calculation says: registers from and to, use, fee, recharges, balance; and today's registers.
import { Collapse } from "antd";

import "@/components/receipt.css";
import { MoneyText, QuantityText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { isZero } from "@/lib/account";
import { TARIFFS } from "@/lib/price-slots";
import { useKindTexts } from "@/lib/units";
import type { Calculation, Register } from "@/types/account";

export function CalculationView({ calculation }: { calculation: Calculation }) {
  const { t } = useKindTexts();
  const { from, to, kwh, fee, recharged, balance, opening, today } = calculation;
  return (
    <div className="a-stack" data-testid="calculation" data-reading={calculation.reading}>
      {opening && (
        <p>
          <b>{opening.customer}</b> <span className="a-muted a-number">{opening.mobile}</span>
        </p>
      )}
      <dl className="a-sums">
        <Sum label={t("account.kwh")}>
          <QuantityText value={kwh} />
        </Sum>
        <Sum label={t("account.fee")}>
          <MoneyText value={fee} />
        </Sum>
        <Sum label={t("account.recharged")}>
          <MoneyText value={recharged} />
        </Sum>
        {!isZero(calculation.adjusted) && (
          <Sum label={t("account.adjusted")}>
            <MoneyText value={calculation.adjusted} signed />
          </Sum>
        )}
        <Sum label={t("account.balance")}>
          <MoneyText value={balance} testId="calculation-balance" />
        </Sum>
      </dl>
      <div className="a-scroll-x" tabIndex={0} role="region" aria-label={t("account.registers")}>
        <Registers from={from} to={to} />
      </div>
      <Collapse
        size="small"
        items={[
          {
            key: "today",
            label: <span data-testid="calculation-today">{t("account.today", { n: today.length })}</span>,
            children: today.length === 0 ? <p className="a-muted">{t("account.todayNone")}</p> : <Today calculation={calculation} />,
          },
        ]}
      />
    </div>
  );
}

function Sum({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Start and stop per tariff; also on receipts. */
export function Registers({ from, to }: { from: Register; to: Register }) {
  const { t } = useKindTexts();
  const tariffs = from.tariffs || to.tariffs ? TARIFFS : [];
  return (
    <table className="a-registers">
      <thead>
        <tr>
          <th>{t("account.registers")}</th>
          <th>{t("account.total")}</th>
          {tariffs.map((tariff) => (
            <th key={tariff}>{t(`readings.${tariff}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {([["start", from], ["stop", to]] as const).map(([name, register]) => (
          <tr key={name}>
            <td>
              {t(`account.${name}`)}
              <small className="a-muted a-block">
                <TimeText at={register.at} />
              </small>
            </td>
            <td>
              <QuantityText value={register.total} />
            </td>
            {tariffs.map((tariff, index) => (
              <td key={tariff}>
                <QuantityText value={register.tariffs?.[index]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Tariffs = ({ values, of }: { values: string[] | undefined; of: readonly string[] }) =>
  of.map((tariff, index) => (
    <td key={tariff}>
      <QuantityText value={values?.[index]} />
    </td>
  ));

/** 房源当天测算记录: the columns in the order of the manual (3:424). */
function Today({ calculation }: { calculation: Calculation }) {
  const { t } = useKindTexts();
  const tariffs = calculation.today.some((row) => row.tariffs) ? TARIFFS : [];
  return (
    <div className="a-scroll-x a-today-scroll" tabIndex={0} role="region" aria-label={t("account.today", { n: calculation.today.length })}>
      <table className="a-registers">
        <thead>
          <tr>
            <th>{t("account.todayAt")}</th>
            <th>{t("account.todayKwh")}</th>
            <th>{t("account.todayFee")}</th>
            <th>{t("account.available")}</th>
            <th>{t("account.energyTotal")}</th>
            {tariffs.map((tariff) => (
              <th key={tariff}>{t("account.startOf", { tariff: t(`readings.${tariff}`) })}</th>
            ))}
            <th>{t("account.previous")}</th>
            {tariffs.map((tariff) => (
              <th key={tariff}>{t("account.stopOf", { tariff: t(`readings.${tariff}`) })}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calculation.today.map((row) => (
            <tr key={row.at}>
              <td>
                <TimeText at={row.at} />
              </td>
              <td>
                <QuantityText value={row.kwh} digits={4} />
              </td>
              <td>
                <MoneyText value={row.fee} digits={4} />
              </td>
              <td>
                <MoneyText value={row.balance} />
              </td>
              <td>
                <QuantityText value={row.total} />
              </td>
              <Tariffs values={row.previous_tariffs} of={tariffs} />
              <td>
                <QuantityText value={row.previous_total} />
              </td>
              <Tariffs values={row.tariffs} of={tariffs} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
