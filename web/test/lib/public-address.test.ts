import { afterEach, describe, expect, it, vi } from "vitest";

import { consoleAddress, publicAddress } from "@/lib/public-address";

const ORIGIN = "http://127.0.0.1:8080";
const typed = (text: string | null) => {
  vi.stubGlobal("location", { origin: ORIGIN });
  vi.stubGlobal("localStorage", { getItem: () => (text === null ? null : JSON.stringify(text)) });
};
afterEach(() => void vi.unstubAllGlobals());

describe("the address that codes lead to", () => {
  it.each([
    ["https://wuye.example.com/", "https://wuye.example.com"],
    [" http://10.0.0.5:8080/anju/ ", "http://10.0.0.5:8080/anju"],
    ["wuye.example.com", null],
    ["javascript:alert(1)", null],
    ["https://user:secret@wuye.example.com", null],
    ["https://wuye.example.com/?a=1", null],
    ["", null],
  ])("the address %s is taken as %s", (typed, address) => expect(publicAddress(typed)).toBe(address));

  it.each([
    ["https://wuye.example.com/", "https://wuye.example.com"],
    ["wuye.example.com", ORIGIN],
    ["javascript:alert(1)//", ORIGIN],
    ["", ORIGIN],
    [null, ORIGIN],
  ])("em-share-qr: where %s was typed a shared code leads to %s", (text, address) => {
    typed(text);
    expect(consoleAddress()).toBe(address);
  });
});
