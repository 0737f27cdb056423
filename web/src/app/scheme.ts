// Light or dark: what the person chose, else what the system says.
import { createContext, useCallback } from "react";

import { useMedia } from "@/lib/hooks";
import { chooseScheme, useChosenScheme, type Scheme } from "@/lib/scheme";

export function useScheme(): { scheme: Scheme; toggle: () => Scheme } {
  const chosen = useChosenScheme();
  const system: Scheme = useMedia("(prefers-color-scheme: dark)") ? "dark" : "light";
  const scheme = chosen ?? system;
  const toggle = useCallback(() => {
    const next = scheme === "dark" ? "light" : "dark";
    chooseScheme(next);
    return next;
  }, [scheme]);
  return { scheme, toggle };
}

export const SchemeContext = createContext<{ scheme: Scheme; toggle: () => Scheme }>({ scheme: "light", toggle: () => "light" });
