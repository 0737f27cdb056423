// Whether the session ended under an open page. The page stays as it is, with what was typed, until the person is back.
import { useSyncExternalStore } from "react";

let ended = false;
const listeners = new Set<() => void>();

export function setSessionEnded(next: boolean) {
  if (ended === next) return;
  ended = next;
  listeners.forEach((listener) => listener());
}

export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ended,
  );
}
