import { afterEach, expect, it, vi } from "vitest";

import { ApiError, outcomeUnknown, sendFile } from "@/lib/api/client";

afterEach(() => vi.unstubAllGlobals());

/** As a browser does it: what a handler throws goes to the console and to nobody else. */
function platformAnswers(status: number, responseText: string) {
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      status = status;
      responseText = responseText;
      upload = {};
      onload = () => {};
      onloadend = () => {};
      open() {}
      setRequestHeader() {}
      send() {
        queueMicrotask(() => {
          try {
            this.onload();
          } catch {
            // To the console.
          }
          this.onloadend();
        });
      }
    },
  );
}

const sent = (): Promise<unknown> => {
  const never = new Promise((resolve) => setTimeout(resolve, 200, "never answered"));
  return Promise.race([sendFile("/releases", new Blob(["#"]), { progress: () => {} }).catch((error: unknown) => error), never]);
};

it.each([
  ["the page of a proxy", "<html>Log in to the network</html>"],
  ["an answer that was cut", '{"id":1,'],
])("a 200 that is not the platform's ends the upload with its outcome open: %s", async (_, text) => {
  platformAnswers(200, text);
  const error = await sent();
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: "unanswered", status: 200 });
  expect(outcomeUnknown(error)).toBe(true);
});
it("an answer of the platform is handed on, and a refusal keeps its code", async () => {
  platformAnswers(201, '{"id":7}');
  expect(await sent()).toEqual({ id: 7 });
  platformAnswers(409, '{"code":"conflict","message":"","field":"version"}');
  expect(await sent()).toMatchObject({ code: "conflict", field: "version" });
});
