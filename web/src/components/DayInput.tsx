// The browser's own field for a day; its words stand in front, because it has no room for them inside.
import { Input } from "antd";

import { useIsPhone } from "@/lib/hooks";

type Props = { id?: string; value?: string; onChange?: (day: string | undefined) => void; placeholder?: string; "aria-label"?: string };

export function DayInput({ placeholder, onChange, value, ...control }: Props) {
  const phone = useIsPhone();
  return (
    <Input
      {...control}
      type="date"
      className="a-day"
      allowClear
      value={value ?? ""}
      prefix={phone ? undefined : <span className="a-muted">{placeholder}</span>}
      onChange={({ target }) => onChange?.(target.value || undefined)}
    />
  );
}
