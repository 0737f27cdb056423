// Details of alarms and audit rows: "reason=timeout; offset_s=-312" (protocols/wire/detail.hpp) as names and values.

export type Detail = { name: string; value: string };

/** null when the text is no list of named values; then it can only be shown as it is. */
export function parseDetail(text: string): Detail[] | null {
  if (text === "") return [];
  const parts = text.split("; ").map((part) => /^([a-z][a-z0-9_]*)=(.*)$/.exec(part));
  return parts.every((part) => part !== null) ? parts.map((part) => ({ name: part[1]!, value: part[2]! })) : null;
}
