// Light or dark, as the person chose it in this browser; null: as the system says.
import { useSyncExternalStore } from "react";

import { remember, remembered } from "./storage";

export type Scheme = "light" | "dark";

let chosen: Scheme | null | undefined;
const listeners = new Set<() => void>();
const current = () => (chosen === undefined ? (chosen = remembered<Scheme | null>("scheme", null)) : chosen);

export function chooseScheme(scheme: Scheme | null) {
  if (current() === scheme) return;
  chosen = scheme;
  remember("scheme", scheme);
  listeners.forEach((listener) => listener());
}

export const useChosenScheme = (): Scheme | null =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
