// The actions of a meter as rows and cards offer them.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { actionsFor } from "./actions";
import type { OpenDialog } from "./MeterDialogs";
import type { RowAction } from "@/components/RowActions";
import { useCan } from "@/lib/hooks";
import type { MeterRow } from "@/types/api";

export function useRowActions(onDialog: OpenDialog): (meter: MeterRow) => RowAction[] {
  const { t } = useTranslation();
  const can = useCan();
  return useCallback(
    (meter: MeterRow) =>
      actionsFor(meter, can).map(({ dialog, name, danger }) => ({
        name,
        label: t(`meter.buttons.${name}`),
        danger,
        run: () => onDialog(meter.id, dialog),
      })),
    [t, can, onDialog],
  );
}
