// The schemas of protocols/wire against its golden examples, with ajv as an independent peer of the C++ codec, which is
// tested against the same files in tests/unit/protocols/wire/contract_test.cpp.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";

interface Example {
  message: string;
  file: string;
  error?: string; // the code of wire::Errc; absent: the example is good
  structural?: false; // bad for a reason that a schema cannot express
}

const wire = join(import.meta.dirname, "../../protocols/wire");
const read = (file: string): string => readFileSync(join(wire, file), "utf8");
const examples = JSON.parse(read("examples/manifest.json")) as Example[];
const schemas = readdirSync(join(wire, "schema")).filter((file) => file.endsWith(".schema.json"));

const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
for (const file of schemas) ajv.addSchema(JSON.parse(read(`schema/${file}`)) as object);

/** Why a text is refused; empty when it is accepted. */
function refusal(message: string, text: string): string {
  const validate = ajv.getSchema(`${message}.schema.json`);
  if (!validate) throw new Error(`no schema for ${message}`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return String(error);
  }
  return validate(body) ? "" : ajv.errorsText(validate.errors);
}

describe("examples", () => {
  test.each(examples)("$file", ({ message, file, error, structural }) => {
    const why = refusal(message, read(`examples/${file}`));
    if (error === undefined || structural === false) expect(why).toBe("");
    else expect(why).not.toBe("");
  });
});

describe("schemas", () => {
  const messages = schemas.map((file) => file.replace(".schema.json", "")).filter((name) => name !== "common");

  test.each(messages)("%s has good and bad examples", (message) => {
    const own = examples.filter((example) => example.message === message);
    expect(own.some((example) => example.error === undefined)).toBe(true);
    expect(own.some((example) => example.error !== undefined)).toBe(true);
  });

  // Unknown fields are ignored, so that a newer sender is understood; integers stay where JavaScript counts exactly.
  test.each(schemas)("%s is open and bounded", (file) => {
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return;
      const schema = node as Record<string, unknown>;
      expect(schema, path).not.toHaveProperty("additionalProperties");
      expect(schema["type"], path).not.toBe("number");
      if (schema["type"] === "integer") {
        expect(schema["maximum"], path).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
        expect(schema["minimum"], path).toBeGreaterThanOrEqual(-Number.MAX_SAFE_INTEGER);
      }
      for (const [key, value] of Object.entries(schema)) visit(value, `${path}/${key}`);
    };
    visit(JSON.parse(read(`schema/${file}`)), file);
  });
});
