// The actions of a meter as rows and cards offer them.
import { useCallback } from "react";

import { actionsFor, labelOf } from "./actions";
import type { OpenDialog } from "./MeterDialogs";
import type { RowAction } from "@/components/RowActions";
import { useCan } from "@/lib/hooks";
import { useTextsOfKinds } from "@/lib/units";
import type { MeterRow } from "@/types/api";

export function useRowActions(onDialog: OpenDialog): (meter: MeterRow) => RowAction[] {
  const textsOf = useTextsOfKinds();
  const can = useCan();
  return useCallback(
    (meter: MeterRow) =>
      actionsFor(meter, can).map(({ dialog, name, danger }) => ({
        name,
        label: textsOf(meter.kind)(labelOf({ name })),
        danger,
        run: () => onDialog(meter.id, dialog),
      })),
    [textsOf, can, onDialog],
  );
}
