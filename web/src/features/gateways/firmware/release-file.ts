// What the first bytes of a chosen file say, before tens of megabytes travel: protocols/wire/release.hpp. The platform judges it again, with
// its signature and hash. Pure; tested by table.

export type FileHead = { version: string; architecture: string; minimum: string };
/** too_large: more than the platform takes. cut: bytes are missing, or some are too many. */
export type FileProblem = "not_a_release" | "bad_manifest" | "wrong_product" | "too_large" | "cut";

const MAGIC = "ANJUREL1";
/** Of the manifest's length, big-endian, and of the manifest itself. */
const LENGTH_AT = 8;
const MANIFEST_AT = 76;
const MOST_MANIFEST = 4096;
const MOST_PROGRAM = 64 * 1024 * 1024;
/** As much of a file as has to be read. */
export const HEAD_BYTES = MANIFEST_AT + MOST_MANIFEST;

const VERSION = /^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$/;
const isVersion = (value: unknown): value is string => typeof value === "string" && VERSION.test(value);

function manifestOf(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** start: the first HEAD_BYTES, or all of a shorter file; fileSize: bytes of the file. */
export function readHead(start: Uint8Array, fileSize: number): FileHead | { problem: FileProblem } {
  if (String.fromCharCode(...start.subarray(0, MAGIC.length)) !== MAGIC) return { problem: "not_a_release" };
  if (start.length < MANIFEST_AT) return { problem: "cut" };
  const length = new DataView(start.buffer, start.byteOffset).getUint32(LENGTH_AT);
  if (length < 2 || length > MOST_MANIFEST) return { problem: "bad_manifest" };
  if (start.length < MANIFEST_AT + length) return { problem: "cut" };
  const manifest = manifestOf(start.subarray(MANIFEST_AT, MANIFEST_AT + length));
  const { product, version, architecture, size, minimum } = manifest ?? {};
  if (typeof product !== "string" || !isVersion(version) || !isVersion(minimum) || typeof architecture !== "string" || architecture === "") return { problem: "bad_manifest" };
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 1) return { problem: "bad_manifest" };
  if (product !== "anju-gateway") return { problem: "wrong_product" };
  if (size > MOST_PROGRAM) return { problem: "too_large" };
  return fileSize === MANIFEST_AT + length + size ? { version, architecture, minimum } : { problem: "cut" };
}
