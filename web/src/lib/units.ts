// Texts about a meter in the words of what it measures: a text that says otherwise of water (of hot water) stands under `water`
// (`hotWater`) at the same place as the one of electricity.
import { createContext, use, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { utilityOf, type Kind, type Utility } from "@/types/supply";

const UNITS = { electricity: "common.kwh", water: "common.m3" } as const satisfies Record<Utility, string>;

export type Texts = (key: string, values?: Record<string, unknown>) => string;

/** What the meter measures that a page or a dialog is about. */
export const KindContext = createContext<Kind | undefined>(undefined);

const placesOf = (kind: Kind | undefined, key: string): string | string[] =>
  kind === "hot_water" ? [`hotWater.${key}`, `water.${key}`, key] : kind === "water" ? [`water.${key}`, key] : key;

export function useUnitOf(): (kind: Kind | undefined) => string {
  const { t } = useTranslation();
  return useCallback((kind) => t(UNITS[utilityOf(kind)]), [t]);
}

export const useUnit = (kind: Kind | undefined): string => useUnitOf()(kind);

/** For lists, whose rows are of any kind. */
export function useTextsOfKinds(): (kind: Kind | undefined) => Texts {
  const { t } = useTranslation();
  return useCallback((kind) => (key, values) => t(placesOf(kind, key), values ?? {}), [t]);
}

/** As useTranslation. of: the meter that this is about, where that is not the page's */
export function useKindTexts(of?: { kind?: Kind }) {
  const { i18n } = useTranslation();
  const textsOf = useTextsOfKinds();
  const page = use(KindContext);
  const kind = of ? of.kind : page;
  const unit = useUnit(kind);
  return useMemo(() => ({ t: textsOf(kind), i18n, unit }), [i18n, kind, textsOf, unit]);
}
