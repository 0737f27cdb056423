// The one open dialog of a page. It holds its meter by id, so that it survives when a changed row leaves the list.
import { useCallback, useState } from "react";

import type { DialogKind } from "./actions";
import { AdjustDialog } from "./money/AdjustDialog";
import { OpenAccount } from "./money/OpenAccount";
import { SettleDialog } from "./money/SettleDialog";
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

type Props = { onClose: () => void; /** from one dialog to another of the same meter */ onOpen: OpenDialog };

export function MeterDialogs({ dialog, ...props }: Props & { dialog: Dialog | null }) {
  // A new dialog is a new component, hence a new idempotency key.
  return dialog && <OneDialog key={dialog.opened} {...dialog} {...props} />;
}

function OneDialog({ meter: id, kind, onClose, onOpen }: Dialog & Props) {
  const { data: meter } = useMeter(id);
  if (!meter) return null;
  switch (kind) {
    case "recharge":
      return <RechargeDialog meter={meter} onClose={onClose} />;
    case "price":
      return <PriceDialog meter={meter} onClose={onClose} />;
    case "settings":
      return <SettingsDialog meter={meter} onClose={onClose} />;
    case "open":
      return <OpenAccount meter={meter} onClose={onClose} onAdjust={() => onOpen(id, "adjust")} onSettle={() => onOpen(id, "settle")} />;
    case "settle":
      return <SettleDialog meter={meter} onClose={onClose} />;
    case "adjust":
      return <AdjustDialog meter={meter} onClose={onClose} />;
    default:
      return <OrderDialog meter={meter} kind={kind} onClose={onClose} />;
  }
}
