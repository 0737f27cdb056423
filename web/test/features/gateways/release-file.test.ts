// dv-upgrade: what a chosen file says of itself before it is sent; made as protocols/wire/release.hpp describes it.
import { describe, expect, it } from "vitest";

import { HEAD_BYTES, readHead } from "@/features/gateways/firmware/release-file";

const good = { product: "anju-gateway", version: "0.2.0", architecture: "arm64", size: 5, sha256: "ab".repeat(32), minimum: "0.1.0", spool: 1 };

function fileOf(manifest: object | string, { magic = "ANJUREL1", length, program = 5 }: { magic?: string; length?: number; program?: number } = {}): Uint8Array {
  const body = new TextEncoder().encode(typeof manifest === "string" ? manifest : JSON.stringify(manifest));
  const bytes = new Uint8Array(76 + body.length + program);
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(8, length ?? body.length);
  bytes.set(body, 76);
  return bytes;
}
const read = (file: Uint8Array, size = file.length) => readHead(file.subarray(0, HEAD_BYTES), size);

describe("dv-upgrade: a chosen release file", () => {
  it("is known by its version, processor and what it follows from", () => {
    expect(read(fileOf(good))).toEqual({ version: "0.2.0", architecture: "arm64", minimum: "0.1.0" });
  });
  it("is known by its head alone, however large it is", () => {
    const large = fileOf({ ...good, size: 60_000_000 });
    expect(readHead(large.subarray(0, HEAD_BYTES), large.length - 5 + 60_000_000)).toMatchObject({ version: "0.2.0" });
  });
  it("may stand inside of another buffer", () => {
    const file = fileOf(good), shifted = new Uint8Array(file.length + 7);
    shifted.set(file, 7);
    expect(readHead(shifted.subarray(7), file.length)).toMatchObject({ version: "0.2.0" });
  });

  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(), "not_a_release"],
    ["another file", new TextEncoder().encode("\x7fELF and so on, long enough to be a head of something".padEnd(100)), "not_a_release"],
    ["another version of the form", fileOf(good, { magic: "ANJUREL2" }), "not_a_release"],
    ["the magic alone", new TextEncoder().encode("ANJUREL1"), "cut"],
    ["a head that breaks off inside the manifest", fileOf(good).subarray(0, 100), "cut"],
    ["a manifest of no length", fileOf(good, { length: 0 }), "bad_manifest"],
    ["a manifest that is too long", fileOf(good, { length: 4097 }), "bad_manifest"],
    ["a length beyond 31 bits", fileOf(good, { length: 0xffffffff }), "bad_manifest"],
    ["a manifest that is no JSON", fileOf("{version"), "bad_manifest"],
    ["a manifest that is no object", fileOf("null"), "bad_manifest"],
    ["a list for a manifest", fileOf("[1]"), "bad_manifest"],
    ["no version", fileOf({ ...good, version: undefined }), "bad_manifest"],
    ["a version of two parts", fileOf({ ...good, version: "0.2" }), "bad_manifest"],
    ["a version with leading zeros", fileOf({ ...good, version: "0.02.0" }), "bad_manifest"],
    ["a version with a line break behind it", fileOf({ ...good, version: "0.2.0\n" }), "bad_manifest"],
    ["no processor", fileOf({ ...good, architecture: "" }), "bad_manifest"],
    ["a size that is no whole number", fileOf({ ...good, size: 5.5 }), "bad_manifest"],
    ["a size of nothing", fileOf({ ...good, size: 0 }, { program: 0 }), "bad_manifest"],
    ["another product", fileOf({ ...good, product: "anju-platform" }), "wrong_product"],
    ["a program of more than 64 MiB", fileOf({ ...good, size: 64 * 1024 * 1024 + 1 }), "too_large"],
    ["a byte too few", fileOf(good, { program: 4 }), "cut"],
    ["a byte too many", fileOf(good, { program: 6 }), "cut"],
  ])("%s is refused (%#)", (_, file, problem) => {
    expect(read(file)).toEqual({ problem });
  });

  it("no bytes make it throw", () => {
    const file = fileOf(good);
    for (let at = 0; at < file.length; at++) {
      const damaged = file.slice();
      damaged[at]! ^= 0xff;
      expect(() => read(damaged)).not.toThrow();
      expect(() => read(file.subarray(0, at), file.length)).not.toThrow();
    }
  });
});
