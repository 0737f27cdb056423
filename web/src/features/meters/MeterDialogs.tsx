// The one open dialog of a page. It holds its meter by id, so that it survives when a changed row leaves the list.
import { useCallback, useState } from "react";

import type { DialogKind } from "./actions";
import { OrderDialog } from "./OrderDialog";
import { PriceDialog } from "./PriceDialog";
import { RechargeDialog } from "./RechargeDialog";
import { SettingsDialog } from "./SettingsDialog";
import { useMeter } from "@/lib/api/queries";

export type OpenDialog = (meter: number, kind: DialogKind) => void;
type Dialog = { meter: number; kind: DialogKind; opened: number };

export function useMeterDialog() {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const open: OpenDialog = useCallback((meter, kind) => setDialog({ meter, kind, opened: Date.now() }), []);
  const close = useCallback(() => setDialog(null), []);
  return { dialog, open, close };
}

export function MeterDialogs({ dialog, onClose }: { dialog: Dialog | null; onClose: () => void }) {
  // A new dialog is a new component, hence a new idempotency key.
  return dialog && <OneDialog key={dialog.opened} {...dialog} onClose={onClose} />;
}

function OneDialog({ meter: id, kind, onClose }: Dialog & { onClose: () => void }) {
  const { data: meter } = useMeter(id);
  if (!meter) return null;
  switch (kind) {
    case "recharge":
      return <RechargeDialog meter={meter} onClose={onClose} />;
    case "price":
      return <PriceDialog meter={meter} onClose={onClose} />;
    case "settings":
      return <SettingsDialog meter={meter} onClose={onClose} />;
    default:
      return <OrderDialog meter={meter} kind={kind} onClose={onClose} />;
  }
}
