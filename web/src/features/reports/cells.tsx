// One value of a report, by the type of its column.
import { Link } from "react-router";

import { Chip, type Tone } from "@/components/Chip";
import { CountText, MoneyText, PriceText, QuantityText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { useLabel, useReason } from "@/components/words";
import { useCan } from "@/lib/hooks";
import { useUnitOf } from "@/lib/units";
import type { ReportColumn, ReportRow } from "@/types/api";
import type { Kind } from "@/types/supply";

/** Words that say more than their name: good, on the way, bad. Others are plain text. */
const tones: Record<string, Tone> = {
  used: "ok", verified: "ok", paid: "ok", online: "ok", closed_relay: "ok",
  settled: "ok", collected: "ok", missing: "bad", due: "warn", queued: "warn", sent: "warn", acked: "warn", opening: "warn", awaiting_button: "warn",
  quarantined: "bad", failed: "bad", expired: "bad", offline: "bad", open: "bad",
  recorded: "idle", cancelled: "idle", unknown: "idle",
};
const toned = new Set(["state", "online", "relay"]);

export const isNumber = ({ type }: ReportColumn) => type === "count" || type === "money" || type === "quantity" || type === "price";

type Props = { column: ReportColumn; value: ReportRow[string] | undefined; row?: ReportRow };

/** row: where it stands in; of a list of electricity and water it says what the quantity is in */
export function ReportValue({ column, value, row }: Props) {
  const label = useLabel();
  const reason = useReason();
  const unitOf = useUnitOf();
  const can = useCan();
  if (value === null || value === undefined || value === "") return <span className="a-muted">—</span>;
  switch (column.type) {
    case "time":
      return <TimeText at={value as number} />;
    case "count":
      return <CountText value={value as number} />;
    case "money":
      return <MoneyText value={value as string} />;
    case "quantity": {
      const unit = typeof row?.utility === "string" ? unitOf(row.utility as Kind) : undefined;
      // Where the head says it already it is not said again.
      return <QuantityText value={value as string} unit={unit && !label(column.label).includes(unit) ? unit : undefined} />;
    }
    case "price":
      return <PriceText value={value as string} />;
    case "meter": {
      const { id, title } = value as { id: number; title: string };
      return can("meter:read") ? <Link to={`/meters/${id}`}>{title}</Link> : <span>{title}</span>;
    }
    case "choice": {
      const choice = column.choices?.find((each) => each.value === value);
      const words = choice ? label(choice.label) : String(value);
      const tone = toned.has(column.name) ? tones[column.name === "relay" && value === "closed" ? "closed_relay" : String(value)] : undefined;
      return tone ? <Chip bare tone={tone}>{words}</Chip> : <span>{words}</span>;
    }
    default:
      // What a gateway or we say of an order that failed is a code.
      if (column.name === "reason") return <span title={String(value)}>{reason(String(value))}</span>;
      return <span className={column.type === "day" ? "a-number" : undefined}>{String(value)}</span>;
  }
}
