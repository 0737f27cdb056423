// Who uses most: a bar each, in proportion to the first.
import type { ReactNode } from "react";

import { MoneyText, QuantityText } from "./numbers";
import { parse, QUANTITY } from "@/lib/decimal";

type Row = { key: string; name: ReactNode; below?: ReactNode; kwh: string; money?: string };

/** columns: two beside each other where there is room. */
export function Ranking({ rows, columns }: { rows: Row[]; columns?: boolean }) {
  const most = rows.reduce((greatest, { kwh }) => {
    const value = parse(kwh, QUANTITY) ?? 0n;
    return value > greatest ? value : greatest;
  }, 0n);
  return (
    <ol className={`a-ranking${columns ? " a-ranking-columns" : ""}`} data-testid="ranking">
      {rows.map(({ key, name, below, kwh, money }, index) => (
        <li key={key}>
          <span className="a-rank a-number">{index + 1}</span>
          <span className="a-ranking-name">
            <b>{name}</b>
            {below && <small className="a-muted">{below}</small>}
          </span>
          <span className="a-ranking-value">
            <b>
              <QuantityText value={kwh} />
            </b>
            {money !== undefined && (
              <small className="a-muted">
                ¥ <MoneyText value={money} />
              </small>
            )}
          </span>
          <span className="a-ranking-bar" aria-hidden>
            <i style={{ width: `${most > 0n ? Number(((parse(kwh, QUANTITY) ?? 0n) * 100n) / most) : 0}%` }} />
          </span>
        </li>
      ))}
    </ol>
  );
}
