// A value in a table, a card or the details, by the type of its field.
import { useTranslation } from "react-i18next";

import { useValueText } from "./hooks";
import { Chip } from "@/components/Chip";
import type { Extension } from "@/lib/extensions";
import type { Field, Row, Value } from "@/types/catalog";

export function ValueText({ field, value }: { field: Field; value: Value | undefined }) {
  const text = useValueText()(field, value);
  if (text === "") return <span className="a-muted">—</span>;
  switch (field.type) {
    case "date":
    case "integer":
    case "decimal":
      return <span className="a-number">{text}</span>;
    case "flag":
      return (
        <Chip bare tone={value === true ? "ok" : "idle"}>
          {text}
        </Chip>
      );
    default:
      return <span title={text}>{text}</span>;
  }
}

/** The value of a row's field; as a feature wants it shown, where one does. */
export function CellOf({ field, row, cells }: { field: Field; row: Row; cells: Extension["cells"] }) {
  const Own = cells?.[field.name];
  return Own ? <Own row={row} /> : <ValueText field={field} value={row[field.name]} />;
}

export function EntryState({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation();
  return <Chip tone={enabled ? "ok" : "idle"}>{t(enabled ? "catalog.enabled" : "catalog.disabled")}</Chip>;
}
