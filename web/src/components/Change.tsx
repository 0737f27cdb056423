// How much more than before, in percent. More is amber, less is green: it is about use.
import { changeOf } from "@/lib/decimal";

export function Change({ now, before }: { now: string; before: string }) {
  const change = changeOf(now, before);
  if (change === null) return <span className="a-muted">—</span>;
  return (
    <span className={`a-number ${change > 0 ? "a-up" : change < 0 ? "a-down" : "a-muted"}`}>
      {change > 0 ? "▲ " : change < 0 ? "▼ " : ""}
      {Math.abs(change).toFixed(1)}%
    </span>
  );
}
