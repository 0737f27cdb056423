// Characters on a serial line, such as 8E1: what a device says of its own and what its line's URI says. Pure; tested by table.

export const PARITIES = ["N", "E", "O"] as const;
export type Parity = (typeof PARITIES)[number];
export const DATA_BITS = ["8", "7"] as const;
export const STOP_BITS = ["1", "2"] as const;
export type Characters = { data: (typeof DATA_BITS)[number]; parity: Parity; stop: (typeof STOP_BITS)[number] };

const FORMAT = /^([78])([NEO])([12])$/;

export function charactersOf(format: string | undefined): Characters | undefined {
  const parts = FORMAT.exec(format ?? "");
  return parts ? { data: parts[1] as Characters["data"], parity: parts[2] as Parity, stop: parts[3] as Characters["stop"] } : undefined;
}

export const formatOf = ({ data, parity, stop }: Characters) => `${data}${parity}${stop}`;

/** What a device is asked with, as far as it or its line's URI says so; undefined: its model, or what is usual. own: the device says it itself. */
export function linkOf(uri: string | undefined, baud: number | null, format: string | undefined) {
  const query = new URLSearchParams(uri?.split("?")[1] ?? "");
  const said = Number(query.get("baud"));
  return {
    baud: baud ?? (Number.isInteger(said) && said > 0 ? said : undefined),
    characters: charactersOf(format) ?? charactersOf(query.get("format") ?? undefined),
    ownBaud: baud !== null,
    ownFormat: charactersOf(format) !== undefined,
  };
}
