// 部门管理: all departments in reach as one tree, which is shown whole: people look for a place in it, not for a page.
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Select, Table } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { departmentTree, openable, type DepartmentBranch } from "./departments";
import { Chip } from "@/components/Chip";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { FilterCard, FilterItem } from "@/components/FilterCard";
import { OrganisationFilter } from "@/components/OrganisationSelect";
import { ActionSheet, RowActions, type RowAction } from "@/components/RowActions";
import { useLabel } from "@/components/words";
import { keys } from "@/lib/api/keys";
import { useOrganisations } from "@/lib/api/queries";
import { listEntries } from "@/lib/api/requests";
import type { ListProps, RowDialogProps } from "@/lib/extensions";
import { useCan, useIsPhone } from "@/lib/hooks";
import type { ResourceAction, Row } from "@/types/catalog";

const PAGE = 100;
/** More than these are narrowed by a search. */
const MOST = 2000;

type Asked = { search?: string; organisation?: string; enabled?: string };
type Open =
  | { kind: "add"; start?: Row }
  | { kind: "edit" | "start" | "stop" | "remove"; row: Row }
  | { kind: "extra"; row: Row; Dialog: React.ComponentType<RowDialogProps> };

async function everyDepartment(asked: Asked, signal: AbortSignal): Promise<{ rows: Row[]; total: number }> {
  const rows: Row[] = [];
  for (let page = 1; page * PAGE <= MOST; page++) {
    const found = await listEntries("departments", { ...asked, page, page_size: PAGE }, { signal });
    rows.push(...found.rows);
    if (found.rows.length === 0 || rows.length >= found.total) return { rows, total: found.total };
  }
  return { rows, total: rows.length + 1 };
}

export function DepartmentTree({ resource, extension, Form: Generic, Confirm }: ListProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const can = useCan();
  const phone = useIsPhone();
  const [form] = Form.useForm<Asked>();
  const [asked, setAsked] = useState<Asked>({});
  const [open, setOpen] = useState<Open | null>(null);
  const [closed, setClosed] = useState<number[]>([]);
  const several = (useOrganisations().data?.length ?? 0) > 1;
  const found = useQuery({ queryKey: keys.entryList("departments", { ...asked, tree: true }), queryFn: ({ signal }) => everyDepartment(asked, signal) });
  const tree = useMemo(() => departmentTree(found.data?.rows ?? []), [found.data]);
  const all = useMemo(() => openable(tree), [tree]);
  const narrowed = Object.values(asked).some(Boolean);
  const close = () => setOpen(null);
  const may = (action: ResourceAction) => resource.actions.includes(action);
  const actionsOf = (row: Row): RowAction[] => [
    ...(may("create") && row.enabled
      ? [{ name: "below", label: t("people.addBelow"), run: () => setOpen({ kind: "add", start: { ...row, parent: { id: row.id, title: String(row.name) }, name: null, head: null, phone: null, email: null, position: null } }) }]
      : []),
    ...(may("edit") ? [{ name: "edit", label: t("catalog.edit"), run: () => setOpen({ kind: "edit", row }) }] : []),
    ...(extension.rowActions ?? [])
      .filter(({ permission }) => !permission || can(permission))
      .map(({ name, label: key, Dialog }) => ({ name, label: t(key), run: () => setOpen({ kind: "extra", row, Dialog }) })),
    ...(may("enable") ? [{ name: "switch", label: t(row.enabled ? "catalog.disable" : "catalog.enable"), run: () => setOpen({ kind: row.enabled ? "stop" : "start", row }) }] : []),
    ...(may("delete") ? [{ name: "delete", label: t("catalog.delete"), danger: true, run: () => setOpen({ kind: "remove", row }) }] : []),
  ];
  const add = may("create") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ kind: "add" })} data-testid="entry-add">
      {t("catalog.add")}
    </Button>
  );
  const search = (values: Asked) => setAsked({ search: values.search?.trim() || undefined, organisation: values.organisation, enabled: values.enabled });
  const names = Object.fromEntries(resource.fields.map((field) => [field.name, label(field.label)]));
  const text = (value: unknown) => (value === null || value === undefined || value === "" ? <span className="a-muted">—</span> : String(value));
  const state = (row: Row) => <Chip tone={row.enabled ? "ok" : "idle"}>{t(row.enabled ? "catalog.enabled" : "catalog.disabled")}</Chip>;
  return (
    <div className="a-resource" data-testid="page-organisation-departments">
      <header className="a-page-head">
        <div>
          <h1>{label(resource.label)}</h1>
        </div>
        <div className="a-page-tools">
          {all.length > 0 && (
            <Button onClick={() => setClosed(closed.length > 0 ? [] : all)} data-testid="departments-expand">
              {t(closed.length > 0 ? "people.expand" : "people.collapse")}
            </Button>
          )}
          {add}
        </div>
      </header>
      <FilterCard<Asked>
        form={form}
        placeholder={[names.name, names.head].filter(Boolean).join(" / ")}
        narrowed={Boolean(asked.organisation || asked.enabled)}
        onSearch={search}
        onReset={() => setAsked({})}
      >
        {several && (
          <FilterItem name="organisation" label={t("catalog.organisation")}>
            <OrganisationFilter />
          </FilterItem>
        )}
        <FilterItem name="enabled" label={t("catalog.state")}>
          <Select
            allowClear
            options={[
              { value: "true", label: t("catalog.enabled") },
              { value: "false", label: t("catalog.disabled") },
            ]}
          />
        </FilterItem>
      </FilterCard>
      {found.error && <ErrorNotice error={found.error} what="load" onRetry={() => void found.refetch()} stale={Boolean(found.data)} />}
      {!found.data && !found.error && <PageSkeleton />}
      {found.data && tree.length === 0 && (
        <div className="a-card a-grow">
          <EmptyState
            title={t(narrowed ? "catalog.noMatch" : "catalog.empty", { name: label(resource.label, true) })}
            hint={t(narrowed ? "catalog.noMatchHint" : add ? "people.departmentsHint" : "catalog.emptyReadOnly")}
            action={!narrowed && add}
          />
        </div>
      )}
      {tree.length > 0 && phone && (
        <div className="a-cards">
          {flat(tree, closed).map(({ row, depth }) => (
            <div key={row.id} className="a-card a-row-card" style={{ marginInlineStart: depth * 16 }} data-testid="entry-row" data-id={row.id}>
              <div className="a-row-card-body">
                <span className="a-row-card-head">
                  <b>{String(row.name)}</b>
                  {state(row)}
                </span>
                <span className="a-muted">{[several ? row.organisation?.title : null, row.head, row.phone].filter(Boolean).map(String).join(" \u00b7 ")}</span>
              </div>
              <ActionSheet title={String(row.name)} actions={actionsOf(row)} />
            </div>
          ))}
        </div>
      )}
      {tree.length > 0 && !phone && (
        <div className="a-card a-table-frame a-tree-frame">
          <Table<DepartmentBranch>
            size="small"
            dataSource={tree}
            rowKey="id"
            pagination={false}
            scroll={{ x: 860 }}
            expandable={{
              expandedRowKeys: all.filter((id) => !closed.includes(id)),
              onExpand: (on, { id }) => setClosed(on ? closed.filter((each) => each !== id) : [...closed, id]),
            }}
            onRow={(row) => ({ "data-testid": "entry-row", "data-id": row.id }) as object}
            columns={[
              { key: "name", title: names.name, width: 260, render: (_, row) => <b>{String(row.name)}</b> },
              ...(several ? [{ key: "organisation", title: t("catalog.organisation"), width: 140, ellipsis: true, render: (_: unknown, row: Row) => row.organisation?.title }] : []),
              { key: "position", title: names.position, width: 90, align: "right" as const, render: (_, row) => text(row.position) },
              { key: "head", title: names.head, width: 110, render: (_, row) => text(row.head) },
              { key: "phone", title: names.phone, width: 130, render: (_, row) => text(row.phone) },
              { key: "enabled", title: t("catalog.state"), width: 100, render: (_, row) => state(row) },
              { key: "actions", title: t("common.actions"), width: 220, fixed: "right", render: (_, row) => <RowActions actions={actionsOf(row)} /> },
            ]}
          />
        </div>
      )}
      {found.data && found.data.total > found.data.rows.length && <small className="a-muted">{t("people.manyDepartments", { n: MOST })}</small>}
      {open?.kind === "add" && <Generic resource={resource} row={null} start={open.start} place={open.start?.organisation} onClose={close} />}
      {open?.kind === "edit" && <Generic resource={resource} row={open.row} onClose={close} />}
      {(open?.kind === "start" || open?.kind === "stop" || open?.kind === "remove") && (
        <Confirm resource={resource} row={open.row} order={open.kind} what={extension.confirm?.[open.kind]} onClose={close} />
      )}
      {open?.kind === "extra" && <open.Dialog resource={resource} row={open.row} Generic={Generic} onClose={close} />}
    </div>
  );
}

/** As a phone shows them: one below the other, what is closed left out. */
const flat = (branches: DepartmentBranch[], closed: number[], depth = 0): { row: Row; depth: number }[] =>
  branches.flatMap((row) => [{ row, depth }, ...(row.children && !closed.includes(row.id) ? flat(row.children, closed, depth + 1) : [])]);
