// The token values for what cannot read CSS variables (charts). The app provides them.
import { createContext, useContext } from "react";

export type Colors = Record<"text" | "textSoft" | "line" | "lineSoft" | "raised" | "bad" | "chart1" | "chart2" | "chart3", string>;

export const ColorsContext = createContext<Colors | null>(null);

export function useColors(): Colors {
  const colors = useContext(ColorsContext);
  if (!colors) throw new Error("ColorsContext is not provided");
  return colors;
}
