import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { mockServer } from "./dev/mock-server";

// `--mode mock` serves the contract from dev/ (made-up data); any other mode asks the platform named by
// ANJU_PLATFORM. The build contains neither.
export default defineConfig(({ mode }) => ({
  plugins: [react(), ...(mode === "mock" ? [mockServer()] : [])],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    port: 5173,
    ...(mode === "mock"
      ? {}
      : { proxy: { "/api": { target: process.env.ANJU_PLATFORM ?? "http://127.0.0.1:8080", ws: true } } }),
  },
  build: { chunkSizeWarningLimit: 900 },
  test: { include: ["test/**/*.test.ts"], exclude: ["test/browser/**"] },
}));
