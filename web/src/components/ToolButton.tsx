// A button above a list. On a phone there is room for its picture only; what it does is then its name.
import { Button, type ButtonProps } from "antd";

import { useIsPhone } from "@/lib/hooks";

type Props = Omit<ButtonProps, "children" | "aria-label" | "title"> & { label: string; "data-testid"?: string };

export function ToolButton({ label, ...button }: Props) {
  const bare = useIsPhone() && Boolean(button.icon);
  return (
    <Button {...button} aria-label={bare ? label : undefined} title={bare ? label : undefined}>
      {bare ? null : label}
    </Button>
  );
}
