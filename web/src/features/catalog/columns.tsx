// The columns of a list: what the description lists, the state, the last change and what can be done.
import { Switch } from "antd";
import { useTranslation } from "react-i18next";

import { CellOf, EntryState } from "./cells";
import { placeOf } from "./conditions";
import { usePlaces } from "./places";
import { kindOf } from "./values";
import type { ListQuery } from "./query";
import { nameField, titleWords } from "./titles";
import type { Column } from "@/components/ResourcePage";
import { RowActions, type RowAction } from "@/components/RowActions";
import { TimeText } from "@/components/TimeText";
import { useLabel } from "@/components/words";
import { useCatalog } from "@/lib/api/queries";
import type { Extension } from "@/lib/extensions";
import type { Field, Resource, Row } from "@/types/catalog";

/** Pixels of one character at 14 px, of the cell's sides, and of the arrows of a column that sorts. */
const LATIN = 7.4;
const HAN = 14;
const SIDES = 20;
const ARROWS = 20;

const pixels = (text: string) => [...text].reduce((sum, each) => sum + (each.charCodeAt(0) > 0x2e7f ? HAN : LATIN), 0);

/** Room for the head, and for what the type usually needs. */
function widthOf(field: Field, head: string, resources: Resource[]): number {
  const needs = (): number => {
    switch (field.type) {
      case "text":
        return kindOf(field.pattern) === "mobile" ? 118 : Math.min(field.personal ? 156 : 150, Math.max(90, (field.most ?? 40) * 6));
      case "reference": {
        const of = resources.find(({ name }) => name === field.resource);
        return of && titleWords(of).length > 1 ? 150 : 110;
      }
      case "date":
        return 110;
      case "choice":
        return Math.max(80, ...field.choices.map(({ label }) => SIDES + pixels(label.zh)));
      default:
        return 80;
    }
  };
  return Math.round(Math.max(needs(), pixels(head) + SIDES + (field.sort ? ARROWS : 0)));
}

/** Room for two buttons and the rest under a third, or for what there is. besides: actions other than the details. */
function actionsWidth(besides: number, english: boolean): number {
  if (besides >= 2) return english ? 190 : 168;
  if (besides === 1) return english ? 150 : 124;
  return english ? 96 : 80;
}

type Options = {
  resource: Resource;
  query: ListQuery;
  extension: Extension;
  /** undefined: the session may not switch */
  onSwitch?: (row: Row) => void;
  actionsOf: (row: Row) => RowAction[];
};

export function useColumns({ resource, query, extension, onSwitch, actionsOf }: Options): Column<Row>[] {
  const { t, i18n } = useTranslation();
  const label = useLabel();
  const places = usePlaces(resource);
  const names = nameField(resource);
  const resources = useCatalog().data?.resources ?? [];
  const listed = resource.fields.filter((field) => field.listed && field.type !== "permissions");
  const order = (name: string) => (query.sort === name ? "ascend" : query.sort === `-${name}` ? "descend" : null);
  const columns = listed.map((field, index): Column<Row> => {
    const title = label(field.label);
    return {
      key: field.name,
      title,
      width: widthOf(field, title, resources),
      ellipsis: field.type === "text" || field.type === "reference",
      align: field.type === "integer" || field.type === "decimal" ? "right" : undefined,
      always: index === 0 || field.name === names,
      fixed: index === 0 ? "left" : undefined,
      sorter: field.sort,
      sortOrder: field.sort ? order(field.name) : undefined,
      render: (_, row) => {
        const value = <CellOf field={field} row={row} cells={extension.cells} />;
        return field.name === names ? <b>{value}</b> : value;
      },
    };
  });
  return [
    ...columns,
    ...(places.several ? [{ key: placeOf(resource), title: places.label, width: 130, ellipsis: true, render: (_: unknown, row: Row) => places.nameOf(row) }] : []),
    {
      key: "enabled",
      title: t("catalog.state"),
      width: 120,
      render: (_, row) =>
        onSwitch ? (
          <label className="a-switch-word">
            <Switch size="small" checked={row.enabled} onChange={() => onSwitch(row)} data-testid="state-switch" />
            <span className={row.enabled ? undefined : "a-muted"}>{t(row.enabled ? "catalog.enabled" : "catalog.disabled")}</span>
          </label>
        ) : (
          <EntryState enabled={row.enabled} />
        ),
    },
    { key: "updated_at", title: t("catalog.updatedAt"), width: 172, render: (_, row) => <TimeText at={row.updated_at} site={row.site} /> },
    {
      key: "actions",
      title: t("common.actions"),
      always: true,
      fixed: "right",
      width: actionsWidth(resource.actions.filter((action) => action !== "create").length + (extension.rowActions?.length ?? 0), i18n.language === "en"),
      render: (_, row) => <RowActions actions={actionsOf(row)} />,
    },
  ];
}
