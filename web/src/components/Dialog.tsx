// Modal and Drawer as every page uses them: those of the library, and the browser's Back closes them.
// eslint-disable-next-line no-restricted-imports -- the one place that may
import { Drawer as AntDrawer, Modal as AntModal, type DrawerProps, type ModalProps } from "antd";
import { useEffect, useRef } from "react";

import { dialogHistory } from "@/lib/dialog-history";

/** onClose undefined: the dialog has to stay until its own buttons close it. */
function useBackCloses(open: boolean | undefined, onClose: (() => void) | undefined) {
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useEffect(() => {
    if (!open) return;
    return dialogHistory.add({ close: () => latest.current?.(), closable: () => latest.current !== undefined });
  }, [open]);
}

/** Whatever has a cross to close it is closed by Back as well. */
export function Modal(props: ModalProps) {
  const { open, closable, onCancel } = props;
  useBackCloses(open, onCancel && closable !== false ? () => onCancel(undefined as never) : undefined);
  return <AntModal {...props} />;
}

export function Drawer(props: DrawerProps) {
  const { open, closable, onClose } = props;
  useBackCloses(open, onClose && closable !== false ? () => onClose(undefined as never) : undefined);
  return <AntDrawer {...props} />;
}
