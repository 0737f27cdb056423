// Parts of a whole as one bar with its legend; parts of nothing are left out.
import { format } from "@/lib/decimal";

type Part = { name: string; value: bigint };

export function ShareBar({ parts, scale }: { parts: Part[]; scale: number }) {
  const shown = parts.map((part, index) => ({ ...part, index })).filter(({ value }) => value > 0n);
  const whole = shown.reduce((sum, { value }) => sum + value, 0n);
  if (whole === 0n) return <span className="a-muted">—</span>;
  const share = (value: bigint) => Number((value * 1000n) / whole) / 10;
  return (
    <div className="a-share">
      <span className="a-share-bar" aria-hidden>
        {shown.map(({ name, value, index }) => (
          <i key={name} className={`a-part-${index}`} style={{ flexGrow: share(value) }} />
        ))}
      </span>
      <ul>
        {shown.map(({ name, value, index }) => (
          <li key={name}>
            <i className={`a-part-${index}`} aria-hidden /> {name} <b className="a-number">{format(value, scale, 2)}</b>
            <small className="a-muted a-number">{share(value).toFixed(1)}%</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
