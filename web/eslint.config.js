import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

// Imports go shared (lib, components, i18n, types) -> features -> app, and never across features.
const dialogs = { name: "antd", importNames: ["Modal", "Drawer"], message: "Use @/components/Dialog: the browser's Back closes those." };
const no = (group, message) => ({ "no-restricted-imports": ["error", { paths: [dialogs], patterns: group ? [{ group, message }] : [] }] });
const features = ["session", "home", "meters", "prices", "gateways", "alarms", "audit", "catalog", "codes", "organisations", "people", "desk", "houses", "prepaid", "messages", "my"];
const up = ["**/app/*", "@/app/*"];

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/types/*.gen.ts"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  { files: ["scripts/*.mjs"], languageOptions: { globals: { console: false, process: false, URL: false } } },
  { files: ["dev/*.mjs"], languageOptions: { globals: { console: false, process: false, globalThis: false, localStorage: false, document: false, innerWidth: false, fetch: false } } },
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      "no-restricted-globals": ["error", { name: "parseFloat", message: "Money and energy go through lib/decimal." }],
      "no-console": "error",
      ...no(),
    },
  },
  {
    files: ["src/{lib,components,i18n,types}/**/*.{ts,tsx}"],
    rules: no([...up, "**/features/*", "@/features/**"], "Shared code knows no feature and no page."),
  },
  ...features.map((name) => ({
    files: [`src/features/${name}/**/*.{ts,tsx}`],
    rules: no(
      [...up, ...features.filter((other) => other !== name).map((other) => `@/features/${other}/**`)],
      "A feature uses shared code only; the app puts features together.",
    ),
  })),
);
