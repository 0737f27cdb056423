// Where a meter is registered from a concentrator's page: the address of the form, with what is known already. Pure; tested by table.
import type { FoundDevice } from "@/types/api";

/** What the form begins with (features/meters/register-start.ts reads it). */
type Start = Record<string, unknown>;

const address = (start: Start) => `/meters?register=${encodeURIComponent(JSON.stringify(start))}`;
const back = (gateway: string) => `/gateways/${encodeURIComponent(gateway)}`;

/** 表计录入: prepared only, because the office dispatches it by itself. */
export const entryLink = (gateway: string) => address({ back: back(gateway), gateway, dispatch: false });

/** 绑定: as it was found. The first candidate is the likeliest; a person looks at it before it is saved. */
export function bindLink(gateway: string, found: FoundDevice, uri: string | undefined): string {
  const serial = uri?.startsWith("serial:") ?? false;
  const said = new URLSearchParams(uri?.split("?")[1] ?? "");
  const { dialect } = found;
  const profile: Start = { dialect };
  if (serial && said.get("format") !== found.format) profile.format = found.format;
  if (dialect === "modbus" && found.models[0]) profile.model = found.models[0];
  if (dialect === "cjt188") Object.assign(profile, { meter_type: found.meter_type, low_byte_first: found.low_byte_first });
  return address({
    back: back(gateway),
    gateway,
    line: found.line,
    address: found.address,
    kind: dialect === "cjt188" ? "water" : "electricity",
    profile,
    ...(serial && said.get("baud") !== String(found.baud) ? { baud: found.baud } : {}),
    ...(found.total === null ? {} : { start_reading: { total: found.total } }),
  });
}
