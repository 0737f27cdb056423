// One value of a report, by the type of its column.
import { Link } from "react-router";

import { Chip, type Tone } from "@/components/Chip";
import { CountText, MoneyText, PriceText, QuantityText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { useLabel } from "@/components/words";
import { useCan } from "@/lib/hooks";
import type { ReportColumn, ReportRow } from "@/types/api";

/** Words that say more than their name: good, on the way, bad. Others are plain text. */
const tones: Record<string, Tone> = {
  used: "ok", verified: "ok", paid: "ok", online: "ok", closed_relay: "ok",
  queued: "warn", sent: "warn", acked: "warn", opening: "warn", awaiting_button: "warn",
  quarantined: "bad", failed: "bad", expired: "bad", offline: "bad", open: "bad",
  recorded: "idle", cancelled: "idle", unknown: "idle",
};
const toned = new Set(["state", "online", "relay"]);

export const isNumber = ({ type }: ReportColumn) => type === "count" || type === "money" || type === "quantity" || type === "price";

export function ReportValue({ column, value }: { column: ReportColumn; value: ReportRow[string] | undefined }) {
  const label = useLabel();
  const can = useCan();
  if (value === null || value === undefined || value === "") return <span className="a-muted">—</span>;
  switch (column.type) {
    case "time":
      return <TimeText at={value as number} />;
    case "count":
      return <CountText value={value as number} />;
    case "money":
      return <MoneyText value={value as string} />;
    case "quantity":
      return <QuantityText value={value as string} />;
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
      return <span className={column.type === "day" ? "a-number" : undefined}>{String(value)}</span>;
  }
}
