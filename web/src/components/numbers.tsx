// Money and energy as they are shown everywhere: tabular figures, separators, a true minus, negative in red.
import { Flash } from "./Flash";
import { format, MONEY, parse, PRICE, QUANTITY } from "@/lib/decimal";

type Props = {
  value: string | null | undefined;
  /** digits behind the point; the exact value is the title */
  digits?: number;
  signed?: boolean;
  flash?: boolean;
  testId?: string;
  /** where the head of the column does not say it */
  unit?: string;
};

function Decimal({ value, scale, digits = 2, signed, flash, testId, unit }: Props & { scale: number }) {
  const parsed = parse(value, scale);
  if (parsed === null) return <span className="a-number a-muted">—</span>;
  const text = (signed && parsed > 0n ? "+" : "") + format(parsed, scale, digits);
  const content = (
    <span
      className={`a-number${parsed < 0n ? " a-negative" : ""}`}
      title={value ?? undefined}
      data-testid={testId}
      data-value={value ?? undefined}
    >
      {text}
      {unit && <small className="a-unit"> {unit}</small>}
    </span>
  );
  return flash ? <Flash on={value}>{content}</Flash> : content;
}

export const MoneyText = (props: Props) => <Decimal scale={MONEY} {...props} />;
export const QuantityText = (props: Props) => <Decimal scale={QUANTITY} {...props} />;
export const PriceText = (props: Props) => <Decimal scale={PRICE} digits={4} {...props} />;

/** Whole numbers: counters and statistics. */
export const CountText = ({ value }: { value: number }) => (
  <span className="a-number">{format(BigInt(Math.trunc(value)), 0, 0)}</span>
);
