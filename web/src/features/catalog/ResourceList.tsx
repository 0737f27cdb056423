// The list of one resource: search, table or cards, and the dialogs for its rows. Knows none of them by name.
import { ImportOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo, useState, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useSearchParams } from "react-router";

import { CatalogFilters } from "./CatalogFilters";
import { CellOf, EntryState } from "./cells";
import { useColumns } from "./columns";
import { ConfirmDialog, type Order } from "./ConfirmDialog";
import { placeOf, SITE } from "./conditions";
import { DetailDrawer } from "./DetailDrawer";
import { EntryForm as GenericForm } from "./EntryForm";
import { useNames } from "./hooks";
import { ImportDialog } from "./ImportDialog";
import { usePlaces } from "./places";
import { inTitle } from "./titles";
import { hasFilter, parametersOf, queryOf, requestOf, type ListQuery } from "./query";
import { ExportButton } from "@/components/ExportButton";
import { EmptyState } from "@/components/feedback";
import { ResourcePage } from "@/components/ResourcePage";
import { ActionSheet, type RowAction } from "@/components/RowActions";
import { ToolButton } from "@/components/ToolButton";
import { useLabel } from "@/components/words";
import { useEntries } from "@/lib/api/queries";
import { useExtension, type Extension, type ExtraRowAction, type ListDialogProps, type GenericFormProps } from "@/lib/extensions";
import { useCan, useOffset } from "@/lib/hooks";
import { pageOf } from "@/lib/row-pages";
import { useProject } from "@/lib/project";
import type { Resource, ResourceAction, Row } from "@/types/catalog";

/** What is open above the list. */
type Open =
  | { kind: "add" | "import" }
  | { kind: "edit" | "detail" | Order; row: Row }
  | { kind: "extra"; Dialog: ExtraRowAction["Dialog"]; row: Row }
  | { kind: "list"; Dialog: ComponentType<ListDialogProps> };

/** The list of a resource, or what a feature has instead. */
export function ResourceList({ resource }: { resource: Resource }) {
  const extension = useExtension(resource.name);
  return extension.List ? <extension.List resource={resource} extension={extension} Form={GenericForm} Confirm={ConfirmDialog} /> : <TableList resource={resource} extension={extension} />;
}

function TableList({ resource, extension }: { resource: Resource; extension: Extension }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { title, full } = useNames(resource);
  const [parameters, setParameters] = useSearchParams();
  const query = useMemo(() => queryOf(resource, parameters), [resource, parameters]);
  const change = (next: ListQuery) => setParameters(parametersOf(next));
  const offset = useOffset();
  const project = useProject();
  // What is shown, exported and put on sheets is of the chosen project.
  const question = { ...(placeOf(resource) === SITE && resource.of_site ? { site: project } : {}), ...requestOf(query, offset) };
  const entries = useEntries(resource.name, question);
  const places = usePlaces(resource);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const can = useCan();
  const may = (action: ResourceAction) => resource.actions.includes(action);
  const show = (kind: "edit" | "detail" | Order, row: Row) => setOpen({ kind, row });
  const navigate = useNavigate();
  const { search } = useLocation();
  const look = (row: Row) => {
    const page = pageOf(resource.name, row.id);
    if (page) void navigate(page);
    else show("detail", row);
  };
  const toggle = (row: Row) => show(row.enabled ? "stop" : "start", row);
  const extras = (row: Row, first: boolean): RowAction[] =>
    (extension.rowActions ?? [])
      .filter((each) => Boolean(each.first) === first && (!each.permission || can(each.permission)) && (each.when?.(row) ?? true))
      .map(({ name, label: key, danger, Dialog }) => ({ name, label: t(key), danger, run: () => setOpen({ kind: "extra", Dialog, row }) }));
  const actionsOf = (row: Row): RowAction[] => [
    ...extras(row, true),
    ...(may("edit") ? [{ name: "edit", label: t("catalog.edit"), run: () => show("edit", row) }] : []),
    { name: "detail", label: t("common.detail"), run: () => look(row) },
    ...extras(row, false),
    ...(may("enable") ? [{ name: "switch", label: t(row.enabled ? "catalog.disable" : "catalog.enable"), run: () => toggle(row) }] : []),
    ...(may("delete") ? [{ name: "delete", label: t("catalog.delete"), danger: true, run: () => show("remove", row) }] : []),
  ];
  const columns = useColumns({ resource, query, extension, onSwitch: may("enable") ? toggle : undefined, actionsOf });
  const add = may("create") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ kind: "add" })} data-testid="entry-add">
      {t("catalog.add")}
    </Button>
  );
  const listActions = (extension.listActions ?? []).filter(({ permission }) => !permission || can(permission));
  const name = label(resource.label);
  const facts = resource.fields.filter((field) => field.listed && !inTitle(resource, field.name));
  return (
    <>
      <ResourcePage
        name={`${resource.group}-${resource.name}`}
        title={name}
        actions={
          <>
            {may("create") && placeOf(resource) === SITE && resource.of_site && (
              <ToolButton label={t("import.button")} icon={<ImportOutlined />} onClick={() => setOpen({ kind: "import" })} data-testid="list-import" />
            )}
            {may("export") && <ExportButton path={`/${resource.name}`} query={question} />}
            {listActions.map((action) => (
              <ToolButton
                key={action.name}
                label={t(action.label)}
                icon={action.icon}
                onClick={() => ("page" in action ? void navigate(action.page(search)) : setOpen({ kind: "list", Dialog: action.Dialog }))}
                data-testid={`list-${action.name}`}
              />
            ))}
            {add}
          </>
        }
        filters={<CatalogFilters resource={resource} query={query} onChange={change} />}
        columns={columns}
        rows={entries.data?.rows}
        rowKey={(row) => row.id}
        rowTestId="entry-row"
        loading={entries.isFetching}
        error={entries.error}
        onReload={() => void entries.refetch()}
        onOpen={look}
        onSort={(column, order) => change({ ...query, sort: order ? (order === "descend" ? `-${column}` : column) : undefined, page: 1 })}
        card={(row) => (
          <>
            <button type="button" className="a-row-card-body a-card-button" onClick={() => look(row)}>
              <span className="a-row-card-head">
                <b>{title(row)}</b>
                <EntryState enabled={row.enabled} />
              </span>
              <span className="a-card-facts">
                {facts
                  .filter((field) => row[field.name] !== null && row[field.name] !== undefined && row[field.name] !== "")
                  .map((field) => (
                    <span key={field.name}>
                      <small>{label(field.label)}</small>
                      <CellOf field={field} row={row} cells={extension.cells} />
                    </span>
                  ))}
                {places.several && (
                  <span>
                    <small>{places.label}</small>
                    <span>{places.nameOf(row)}</span>
                  </span>
                )}
              </span>
            </button>
            <ActionSheet title={full(row)} actions={actionsOf(row)} />
          </>
        )}
        empty={
          hasFilter(query) ? (
            <EmptyState
              title={t("catalog.noMatch", { name: label(resource.label, true) })}
              hint={t("catalog.noMatchHint")}
              action={<Button onClick={() => change({ filters: {}, page: 1, size: query.size })}>{t("common.reset")}</Button>}
            />
          ) : (
            <EmptyState
              title={t("catalog.empty", { name: label(resource.label, true) })}
              hint={t(add ? "catalog.emptyHint" : "catalog.emptyReadOnly")}
              action={add}
            />
          )
        }
        paging={{
          page: query.page,
          size: query.size,
          total: entries.data?.total ?? 0,
          onChange: (page, size) => change({ ...query, page: size === query.size ? page : 1, size }),
        }}
      />
      {open?.kind === "import" && <ImportDialog resource={resource} site={query.filters[SITE]} onClose={close} />}
      {open?.kind === "add" && (
        <EntryForm extension={extension} resource={resource} row={null} place={places.forNew(query.filters)} onClose={close} />
      )}
      {open?.kind === "edit" && <EntryForm extension={extension} resource={resource} row={open.row} onClose={close} />}
      {open?.kind === "detail" && (
        <DetailDrawer resource={resource} row={open.row} onEdit={may("edit") ? (row) => show("edit", row) : undefined} onClose={close} />
      )}
      {(open?.kind === "start" || open?.kind === "stop" || open?.kind === "remove") && (
        <ConfirmDialog resource={resource} row={open.row} order={open.kind} what={extension.confirm?.[open.kind]} onClose={close} />
      )}
      {open?.kind === "extra" && <open.Dialog resource={resource} row={open.row} Generic={GenericForm} onClose={close} />}
      {open?.kind === "list" && <open.Dialog resource={resource} onClose={close} />}
    </>
  );
}

function EntryForm({ extension: { Form }, ...props }: GenericFormProps & { extension: Extension }) {
  return Form ? <Form {...props} Generic={GenericForm} /> : <GenericForm {...props} />;
}
