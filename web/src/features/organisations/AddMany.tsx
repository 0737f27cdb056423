// 批量添加: a sheet of rows, typed or pasted. All are added or none; what is wrong is said at its cell.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { cellOf, columnsOf, isEmpty, MOST_ROWS, paste, problemsOf, type Cells } from "./batch";
import { Drawer, Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { OrganisationSelect } from "@/components/OrganisationSelect";
import { useLabel } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { addBatch } from "@/lib/api/organisations";
import type { ListDialogProps } from "@/lib/extensions";
import { useSession } from "@/lib/hooks";
import { mayHave } from "@/lib/organisations";
import type { Reference } from "@/types/catalog";
import type { OrganisationKind, OrganisationNode } from "@/types/organisation";

const FIRST_ROWS = 5;
const blank = (): Cells => ({});

export function AddMany({ resource, onClose }: ListDialogProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const acting = useSession().data?.acting;
  const kind = resource.right as OrganisationKind;
  const accepts = (node: OrganisationNode) => node.enabled && node.review === "approved" && mayHave(node.kind, kind);
  const [above, setAbove] = useState<Reference | undefined>(acting && mayHave(acting.kind, kind) ? { id: acting.id, title: acting.name } : undefined);
  const [rows, setRows] = useState<Cells[]>(() => Array.from({ length: FIRST_ROWS }, blank));
  const [tried, setTried] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const columns = columnsOf(resource.fields);
  const problems = problemsOf(rows, columns);
  const given = rows.map((row, index) => ({ row, index })).filter(({ row }) => !isEmpty(row));
  const wrong = problems.filter((each) => Object.keys(each).length > 0).length;
  const add = useMutation({
    mutationFn: () =>
      addBatch(
        resource.name,
        given.map(({ row }) => ({
          ...Object.fromEntries(columns.map(({ name }) => [name, (row[name] ?? "").trim()]).filter(([, text]) => text)),
          ...(above ? { organisation: above.id } : {}),
        })),
      ),
    onSuccess: () => {
      void message.success(t("organisation.addedMany", { n: given.length, name: label(resource.label, true) }));
      onClose();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.entries }),
  });
  const refused = add.error instanceof ApiError ? cellOf(add.error.field) : null;
  const refusedAt = refused ? given[refused.row]?.index : undefined;
  const change = (next: Cells[]) => {
    add.reset();
    setRows(next);
  };
  const submit = () => {
    setTried(true);
    if (wrong === 0 && given.length > 0 && above && !add.isPending) add.mutate();
  };
  const cellText = (index: number, name: string, most: number | undefined): string | undefined => {
    if (refusedAt === index && refused?.name === name) {
      return t(add.error instanceof ApiError && add.error.code === "conflict" ? "catalog.problems.taken" : "catalog.problems.refused");
    }
    const problem = problems[index]?.[name];
    if (!problem || !(tried || (problem !== "required" && rows[index]?.[name]))) return undefined;
    return problem === "twice" ? t("organisation.twice") : t(`catalog.problems.${problem}`, { most });
  };
  return (
    <Drawer
      open
      size="min(1180px, 100%)"
      title={t("organisation.addManyTitle", { name: label(resource.label, true) })}
      onClose={() => (given.length > 0 ? setLeaving(true) : onClose())}
      mask={{ closable: false }}
      data-testid="add-many"
      footer={
        <div className="a-drawer-end">
          <span className="a-muted a-grow">{t("organisation.rowsGiven", { n: given.length, wrong })}</span>
          <Button onClick={() => (given.length > 0 ? setLeaving(true) : onClose())}>{t("common.cancel")}</Button>
          <Button type="primary" loading={add.isPending} disabled={given.length === 0} onClick={submit} data-testid="add-many-save">
            {t("organisation.addAll", { n: given.length })}
          </Button>
        </div>
      }
    >
      <div className="a-stack">
        {add.error && (
          <ErrorNotice error={add.error} what="save">
            {refusedAt !== undefined && t("organisation.rowRefused", { n: refusedAt + 1 })}
          </ErrorNotice>
        )}
        <p className="a-muted">{t("organisation.addManyHint", { n: MOST_ROWS })}</p>
        <label className="a-field a-narrow">
          <span>{t("catalog.above")}</span>
          <OrganisationSelect value={above} onChange={setAbove} accepts={accepts} data-testid="add-many-above" />
          {tried && !above && <span className="a-field-error">{t("catalog.problems.choose")}</span>}
        </label>
        <div className="a-sheet-grid">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("common.index")}</th>
                {columns.map((field) => (
                  <th key={field.name} scope="col">
                    {label(field.label)}
                    {field.required && <i aria-hidden>*</i>}
                  </th>
                ))}
                <th scope="col">{t("common.actions")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>
                  <td className="a-number">{index + 1}</td>
                  {columns.map((field, column) => {
                    const problem = cellText(index, field.name, field.most);
                    return (
                      <td key={field.name}>
                        <Input
                          value={row[field.name] ?? ""}
                          status={problem ? "error" : undefined}
                          aria-label={`${label(field.label)} ${index + 1}`}
                          aria-invalid={Boolean(problem)}
                          autoFocus={index === 0 && column === 0}
                          data-testid={`cell-${index}-${field.name}`}
                          onChange={({ target }) => change(rows.map((each, at) => (at === index ? { ...each, [field.name]: target.value } : each)))}
                          onPressEnter={submit}
                          onPaste={(event) => {
                            const text = event.clipboardData.getData("text/plain");
                            if (!/[\t\n]/.test(text.trim())) return;
                            event.preventDefault();
                            change(paste(rows, columns.map(({ name }) => name), { row: index, column }, text, columns.map((each) => label(each.label))));
                          }}
                        />
                        {problem && <small className="a-tone-text-bad">{problem}</small>}
                      </td>
                    );
                  })}
                  <td>
                    <Button
                      type="text"
                      icon={<DeleteOutlined />}
                      aria-label={t("organisation.dropRow", { n: index + 1 })}
                      disabled={rows.length === 1}
                      onClick={() => change(rows.filter((_, at) => at !== index))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <span>
          <Button icon={<PlusOutlined />} disabled={rows.length >= MOST_ROWS} onClick={() => setRows([...rows, blank()])} data-testid="add-many-row">
            {t("organisation.addRow")}
          </Button>
        </span>
      </div>
      {leaving && (
        <Modal
          open
          width={420}
          title={t("catalog.leaveTitle")}
          onCancel={() => setLeaving(false)}
          cancelText={t("catalog.stay")}
          okText={t("catalog.leave")}
          okButtonProps={{ danger: true }}
          onOk={onClose}
        >
          {t("catalog.leaveHint")}
        </Modal>
      )}
    </Drawer>
  );
}
