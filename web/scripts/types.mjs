// The contract as types: asks a built platform for its description, which has the catalogue's resources and the reports, too.
//   node scripts/types.mjs [--check] PROGRAM     writes src/types/api.gen.ts, or says whether it is what would be written (exit 1: it is not)
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapi, { astToString } from "openapi-typescript";

const file = fileURLToPath(new URL("../src/types/api.gen.ts", import.meta.url));
const check = process.argv[2] === "--check";
const program = process.argv[check ? 3 : 2];
const description = JSON.parse(execFileSync(program, ["describe"], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }));
const head = "// Made by `npm run types` from what `anju-platform describe` prints; not to be edited.\n\n";
const text = head + astToString(await openapi(description));
if (!check) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  console.error("src/types/api.gen.ts is not what the platform describes: build it, then `npm run types` in web/");
  process.exitCode = 1;
}
