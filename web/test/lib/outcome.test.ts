import { afterEach, expect, it, vi } from "vitest";

import { ApiError, outcomeUnknown, request } from "@/lib/api/client";

afterEach(() => vi.unstubAllGlobals());

const answered = async (status: number, body: string): Promise<unknown> => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status })));
  return request("POST", "/meters/1/recharges", { body: {} }).catch((error: unknown) => error);
};

it("an answer of a proxy does not say that nothing was changed", async () => {
  const error = await answered(502, "<html>bad gateway</html>");
  expect(error).toBeInstanceOf(ApiError);
  expect(outcomeUnknown(error)).toBe(true);
});
it("nor does a page that somebody on the way gives with a 200", async () => {
  const error = await answered(200, "<html>Log in to the network</html>");
  expect(error).toBeInstanceOf(ApiError);
  expect(outcomeUnknown(error)).toBe(true);
});
it("a failure of the platform on the way leaves the outcome open", async () => {
  expect(outcomeUnknown(await answered(500, '{"code":"internal","message":""}'))).toBe(true);
});
it.each([
  [409, "key_reused"],
  [423, "locked"],
  [503, "busy"],
  [503, "audit_unavailable"],
])("a refusal (%i %s) changed nothing", async (status, code) => {
  expect(outcomeUnknown(await answered(status, JSON.stringify({ code, message: "" })))).toBe(false);
});
