// What this browser remembers (never anything secret). A full or forbidden storage only means it is forgotten.
import { useCallback, useState } from "react";

export function remembered<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(`anju.${name}`);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function remember(name: string, value: unknown) {
  try {
    localStorage.setItem(`anju.${name}`, JSON.stringify(value));
  } catch {
    // see above
  }
}

export function useRemembered<T>(name: string, otherwise: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => remembered(name, otherwise));
  const change = useCallback(
    (next: T) => {
      setValue(next);
      remember(name, next);
    },
    [name],
  );
  return [value, change];
}
