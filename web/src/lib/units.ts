// The unit of a meter's quantities, in the reader's language.
import { useTranslation } from "react-i18next";

import { utilityOf, type Kind, type Utility } from "@/types/supply";

const WORDS = { electricity: "common.kwh", water: "common.m3" } as const satisfies Record<Utility, string>;

export function useUnitOf(): (kind: Kind | undefined) => string {
  const { t } = useTranslation();
  return (kind) => t(WORDS[utilityOf(kind)]);
}

export const useUnit = (kind: Kind | undefined): string => useUnitOf()(kind);
