// The hierarchy of the manual: housing source, concentrator (a gateway today), meter. Pure; tested by table.
import type { MeterRow } from "@/types/api";

export type Branch = { gateway: string; meters: MeterRow[] };

/** Gateways by their code, meters by the room they are in. entered: concentrators of the source, also without a meter yet. */
export function branchesOf(meters: MeterRow[], entered: string[] = []): Branch[] {
  const byGateway = new Map<string, MeterRow[]>(entered.map((gateway) => [gateway, []]));
  for (const meter of meters) byGateway.set(meter.gateway, [...(byGateway.get(meter.gateway) ?? []), meter]);
  const roomOf = (meter: MeterRow) => meter.linked_room?.name ?? "";
  return [...byGateway]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([gateway, all]) => ({ gateway, meters: all.sort((a, b) => roomOf(a).localeCompare(roomOf(b), "zh", { numeric: true })) }));
}
