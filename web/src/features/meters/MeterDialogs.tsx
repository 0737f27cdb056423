// The one open dialog of a page. It holds its meter by id, so that it survives when a changed row leaves the list.
import { useCallback, useState } from "react";

import type { DialogKind } from "./actions";
import { DeviceDialog } from "./DeviceDialog";
import { FeeDialog } from "./money/FeeDialog";
import { AdjustDialog } from "./money/AdjustDialog";
import { OpenAccount } from "./money/OpenAccount";
import { SettleDialog } from "./money/SettleDialog";
import { OrderDialog } from "./OrderDialog";
import { PriceDialog } from "./PriceDialog";
import { RegisterChangeDialog } from "./RegisterChangeDialog";
import { RechargeDialog } from "./RechargeDialog";
import { ScheduleDialog } from "./ScheduleDialog";
import { SettingsDialog } from "./SettingsDialog";
import { useMeter } from "@/lib/api/queries";
import { KindContext } from "@/lib/units";
import type { Meter } from "@/types/api";

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
  return dialog && <OfItsKind key={dialog.opened} {...dialog} {...props} />;
}

function OfItsKind(props: Dialog & Props) {
  const { data: meter } = useMeter(props.meter);
  return (
    meter && (
      <KindContext value={meter.kind}>
        <OneDialog {...props} of={meter} />
      </KindContext>
    )
  );
}

function OneDialog({ meter: id, of: meter, kind, onClose, onOpen }: Dialog & Props & { of: Meter }) {
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
    case "schedule":
      return <ScheduleDialog meter={meter} onClose={onClose} />;
    case "fee":
      return <FeeDialog meter={meter} onClose={onClose} />;
    case "device":
      return <DeviceDialog meter={meter} onClose={onClose} />;
    case "register":
      return <RegisterChangeDialog meter={meter} onClose={onClose} />;
    default:
      return <OrderDialog meter={meter} kind={kind} onClose={onClose} />;
  }
}
