// Adds or changes a row. Short forms are a dialog, long ones a drawer. What was typed is not lost: closing asks first, and
// when somebody else changed the row meanwhile the latest is loaded below what was typed.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { dependents, isReference, ORGANISATION, placeOf, SITE } from "./conditions";
import { FieldItem } from "./FieldItem";
import { useAskBeforeUnload, useNames, usePresence, useProblemText, useValueText } from "./hooks";
import { bodyOf, differ, emptyValues, isAsked, isReferenceValue, sameValue, valuesOf, type FormValues } from "./values";
import { PlaceNote, usePlaces } from "./places";
import { Drawer, Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { OrganisationSelect } from "@/components/OrganisationSelect";
import { isStale, StaleNotice } from "@/components/StaleNotice";
import { useLabel } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { invalidateEntries } from "@/lib/api/keys";
import { changeEntry, createEntry, getEntry } from "@/lib/api/requests";
import { useIsPhone } from "@/lib/hooks";
import { useExtension, type FormPart, type GenericFormProps } from "@/lib/extensions";
import { merge } from "@/lib/merge";
import type { Field, Resource } from "@/types/catalog";

/** More fields than this are a drawer; up to SINGLE of them stand one below the other. */
const DIALOG_FIELDS = 8;
const SINGLE = 3;

export function EntryForm({ resource, row, place, start, extra, onClose }: GenericFormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const label = useLabel();
  const valueText = useValueText();
  const problemText = useProblemText();
  const { full } = useNames(resource);
  const places = usePlaces(resource);
  const phone = useIsPhone();
  const queries = useQueryClient();
  const [form] = Form.useForm<FormValues>();
  const { part } = useExtension(resource.name);
  /** the row that was opened or last loaded, and the form as it was then */
  const [base, setBase] = useState(() => ({ row, values: row ? valuesOf(resource, row) : { ...emptyValues(resource, place), ...part?.begin?.(), ...(start && pick(valuesOf(resource, start), resource)) } }));
  const [clashes, setClashes] = useState<string[] | null>(null);
  const [leaving, setLeaving] = useState(false);
  /** fields whose change is asked about before it is saved */
  const [asking, setAsking] = useState<NonNullable<FormPart["ask"]>>([]);
  const now = (): FormValues => ({ ...base.values, ...(form.getFieldsValue(true) as FormValues) });
  const typed = (Form.useWatch([], { form, preserve: true }) as FormValues | undefined) ?? {};
  const values = { ...base.values, ...typed };
  const presence = usePresence(resource, values);
  const unsaved = differ(resource, base.values, values) || Boolean(extra?.unsaved);
  useAskBeforeUnload(unsaved);
  // What was given and cannot change is shown even where it would no longer be asked.
  const kept = (field: Field) => row !== null && field.fixed && isReferenceValue(values[field.name]);
  const fields = resource.fields.filter(isAsked).filter((field) => presence(field) !== "hidden" || kept(field));
  const waiting = fields.some((field) => presence(field) === "loading");
  const asksPlace = row === null && places.several;
  const one = label(resource.one);

  const save = useMutation({
    mutationFn: (wanted: FormValues) => {
      const body = { ...bodyOf(resource, wanted, (field) => presence(field) !== "hidden", base.row === null), ...extra?.body(base.row === null) };
      return base.row ? changeEntry(resource.name, base.row.id, base.row.version, body) : createEntry(resource.name, body);
    },
    onSuccess: async (saved) => {
      // What else was asked is saved by whoever asked it; it may have more to say before the form closes.
      const stays = await extra?.onSaved?.(saved);
      invalidateEntries(queries, resource);
      void message.success(t(row ? "catalog.changed" : "catalog.created", { one, name: full(saved) }));
      if (!stays) onClose();
    },
    onError: (error) => {
      const field = error instanceof ApiError ? fields.find(({ name }) => name === error.field) : undefined;
      if (!field) return;
      const { code } = error as ApiError;
      const refused = code === "conflict" ? "taken" : code === "disabled" ? "disabled" : isReference(field) ? "gone" : "refused";
      const text = problemText(field, values[field.name]) ?? t(`catalog.problems.${refused}`);
      form.setFields([{ name: field.name, errors: [text] }]);
      form.scrollToField(field.name, { block: "center", focus: true });
    },
  });
  const refusal = save.error instanceof ApiError ? save.error : null;
  const stale = row !== null && isStale(save.error);
  const atField = fields.some(({ name }) => name === refusal?.field);

  const reload = useMutation({
    mutationFn: () => getEntry(resource.name, row!.id, {}),
    onSuccess: (found) => {
      const latest = valuesOf(resource, found);
      const merged = merge(base.values, latest, values, (name, a, b) => sameValue(resource, name, a, b));
      for (const [name, value] of Object.entries(merged.values)) form.setFieldValue(name, value);
      const quoted = (name: string, value: (typeof latest)[string]) => {
        const field = resource.fields.find((each) => each.name === name);
        return (field && valueText(field, value)) || t("catalog.nothing");
      };
      setClashes(
        merged.clashes.map((name) => {
          const field = resource.fields.find((each) => each.name === name);
          return t("catalog.clash", { field: field ? label(field.label) : name, value: quoted(name, latest[name]), mine: quoted(name, values[name]) });
        }),
      );
      setBase({ row: found, values: latest });
      save.reset();
    },
  });

  const submit = () => {
    if (save.isPending || reload.isPending || waiting || !(extra?.ready?.() ?? true)) return;
    const changed = row ? (part?.ask ?? []).filter(({ field }) => !sameValue(resource, field, base.values[field], now()[field])) : [];
    if (changed.length > 0) setAsking(changed);
    else save.mutate(now());
  };
  const busy = save.isPending || reload.isPending;
  // As the form is at this moment: what is typed is drawn a little later.
  const close = () => (differ(resource, base.values, now()) || extra?.unsaved ? setLeaving(true) : onClose());
  const title = row ? t("catalog.editTitle", { one, name: full(row) }) : t("catalog.addTitle", { one: label(resource.one, true) });
  const firstOpen = fields.find((field) => !(row && field.fixed));
  const item = (field: Field) => (
    <FieldItem
      key={field.name}
      field={field}
      resource={resource}
      values={values}
      fixed={row !== null && field.fixed}
      loading={presence(field) === "loading"}
      autoFocus={!(asksPlace && place === undefined) && field === firstOpen}
    />
  );
  const body = (
    <Form<FormValues>
      form={form}
      layout="vertical"
      initialValues={base.values}
      onFinish={submit}
      onValuesChange={(changed: FormValues) => {
        for (const name of Object.keys(changed)) for (const each of dependents(resource.fields, name)) form.setFieldValue(each, undefined);
      }}
    >
      {stale && <StaleNotice loading={reload.isPending} onReload={() => reload.mutate()} />}
      {reload.error && <ErrorNotice error={reload.error} what="load" />}
      {clashes && !save.error && (
        <Alert className="a-error" type="info" showIcon data-testid="entry-reloaded" title={t("catalog.reloaded")} description={clashes.join(" ") || undefined} />
      )}
      {save.error && !stale && !atField && <ErrorNotice error={save.error} what="save" />}
      <div className={fields.length > SINGLE ? "a-form-grid" : undefined}>
        {asksPlace && placeOf(resource) === ORGANISATION && (
          <Form.Item name={ORGANISATION} label={places.label} rules={[{ required: true, message: t("catalog.problems.choose") }]} className="a-form-wide">
            <OrganisationSelect accepts={places.accepts} autoFocus={place === undefined} data-testid="field-organisation" />
          </Form.Item>
        )}
        {asksPlace && placeOf(resource) === SITE && (
          <Form.Item name={SITE} label={t("catalog.site")} rules={[{ required: true, message: t("catalog.problems.choose") }]}>
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={places.sites.filter(({ enabled }) => enabled).map(({ id, name }) => ({ value: id, label: name }))}
              autoFocus={place === undefined}
              data-testid="field-site"
            />
          </Form.Item>
        )}
        {fields.map((field) => {
          if (!part?.fields.includes(field.name)) return item(field);
          if (field.name !== part.fields[0]) return null;
          return (
            <div key="part" className="a-form-wide">
              <part.Part row={row} items={Object.fromEntries(fields.filter(({ name }) => part.fields.includes(name)).map((each) => [each.name, item(each)]))} />
            </div>
          );
        })}
      </div>
      {extra?.content(isReferenceValue(values[ORGANISATION]) ? values[ORGANISATION] : row?.organisation, values)}
      {/* Enter saves: the visible button is outside of the form. */}
      <input type="submit" hidden />
    </Form>
  );
  const frame = { title, busy, disabled: waiting, onClose: close, onSave: () => form.submit() };
  const long = Boolean(extra) || resource.fields.filter(isAsked).length + (asksPlace ? 1 : 0) > DIALOG_FIELDS;
  return (
    <>
      {long ? (
        <LongForm {...frame} size={phone ? "100%" : 620}>
          {row && <PlaceNote resource={resource} row={row} />}
          {body}
        </LongForm>
      ) : (
        <ShortForm {...frame} size={fields.length > SINGLE ? 640 : 480}>
          {body}
        </ShortForm>
      )}
      {asking.length > 0 && (
        <Modal
          open
          width={460}
          title={t("catalog.askTitle")}
          onCancel={() => setAsking([])}
          okText={t("common.save")}
          okButtonProps={{ "data-testid": "entry-sure" }}
          onOk={() => {
            setAsking([]);
            save.mutate(now());
          }}
        >
          {asking.map(({ field, text }) => (
            <p key={field}>{t(text)}</p>
          ))}
        </Modal>
      )}
      {leaving && (
        <Modal
          open
          width={420}
          title={t("catalog.leaveTitle")}
          onCancel={() => setLeaving(false)}
          cancelText={t("catalog.stay")}
          okText={t("catalog.leave")}
          okButtonProps={{ danger: true, "data-testid": "entry-leave" }}
          onOk={onClose}
        >
          {t("catalog.leaveHint")}
        </Modal>
      )}
    </>
  );
}

/** Of a row that a new one starts with: what it may take over. */
const pick = (values: FormValues, resource: Resource): FormValues =>
  Object.fromEntries(resource.fields.filter(isAsked).filter(({ name }) => values[name] !== undefined && values[name] !== "").map(({ name }) => [name, values[name]]));

type FrameProps = {
  title: string;
  size: number | string;
  busy: boolean;
  disabled: boolean;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
};

function LongForm({ title, size, busy, disabled, onSave, onClose, children }: FrameProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      open
      title={title}
      size={size}
      onClose={onClose}
      mask={{ closable: false }}
      data-testid="entry-form"
      footer={
        <div className="a-drawer-end">
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="primary" loading={busy} disabled={disabled} onClick={onSave} data-testid="entry-save">
            {t("common.save")}
          </Button>
        </div>
      }
    >
      {children}
    </Drawer>
  );
}

function ShortForm({ title, size, busy, disabled, onSave, onClose, children }: FrameProps) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={title}
      width={size}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={t("common.save")}
      okButtonProps={{ loading: busy, disabled, "data-testid": "entry-save" }}
      onOk={onSave}
      data-testid="entry-form"
    >
      {children}
    </Modal>
  );
}
