// Light or dark: what the person chose, else what the system says.
import { createContext, useCallback, useState } from "react";

import type { Scheme } from "./tokens";
import { useMedia } from "@/lib/hooks";
import { remember, remembered } from "@/lib/storage";

export function useScheme(): { scheme: Scheme; toggle: () => void } {
  const [chosen, setChosen] = useState<Scheme | null>(() => remembered<Scheme | null>("scheme", null));
  const system: Scheme = useMedia("(prefers-color-scheme: dark)") ? "dark" : "light";
  const scheme = chosen ?? system;
  const toggle = useCallback(() => {
    const next = scheme === "dark" ? "light" : "dark";
    setChosen(next);
    remember("scheme", next);
  }, [scheme]);
  return { scheme, toggle };
}

export const SchemeContext = createContext<{ scheme: Scheme; toggle: () => void }>({ scheme: "light", toggle: () => {} });
