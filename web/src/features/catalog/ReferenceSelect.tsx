// Chooses a row of another resource: searched on the platform as one types, twenty at a time.
import { useQueryClient } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useNames, useResource, useSettled } from "./hooks";
import { useLabel } from "@/components/words";
import { keys } from "@/lib/api/keys";
import { useEntries, useEntry } from "@/lib/api/queries";
import type { Reference } from "@/types/catalog";

const OFFERED = 20;
const TYPING_MS = 250;

/** Narrows what is offered. name, id: only rows whose field of that name has this value. */
export type Within = { name: string; label: string; id: number | undefined };

/** What a form or a filter hands to its control. */
type Injected<T> = {
  id?: string;
  value?: T;
  onChange?: (value: T | undefined) => void;
  placeholder?: string;
  "aria-label"?: string;
  "data-testid"?: string;
};

type Props = Injected<Reference> & {
  resource: string;
  /** code of the site whose rows are offered; undefined: of all */
  site?: string;
  /** whose rows are offered; undefined: of all that the session reaches */
  organisation?: number;
  within?: Within;
  /** what has to be chosen before, in the reader's language */
  first?: string;
  /** rows that were disabled are no choice for something new */
  onlyEnabled?: boolean;
  clearable?: boolean;
  disabled?: boolean;
  loading?: boolean;
  autoFocus?: boolean;
};

export function ReferenceSelect(props: Props) {
  const { value, onChange, site, organisation, within, first, onlyEnabled, clearable, disabled, loading, ...rest } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { resource: name, ...control } = rest;
  const resource = useResource(name);
  const { title } = useNames(resource);
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState("");
  const search = useSettled(words.trim().slice(0, 60), TYPING_MS);
  const missing = first ?? (within && within.id === undefined ? within.label : undefined);
  const usable = Boolean(resource) && !disabled && (!missing || Boolean(value));
  const query = { search, site, organisation, enabled: onlyEnabled ? true : undefined, ...(within && { [within.name]: within.id }), page: 1, page_size: OFFERED };
  const found = useEntries(name, query, usable && open);
  // What was found for other words may lie in another building: it is no choice.
  const rows = found.isPlaceholderData ? [] : (found.data?.rows ?? []);
  const more = (found.data?.total ?? 0) - rows.length;
  const placeholder = !resource
    ? t("catalog.notReadable")
    : missing
      ? t("catalog.choosePlace", { field: missing })
      : (rest.placeholder ?? t("catalog.typeToFind"));
  return (
    <Select
      {...control}
      placeholder={placeholder}
      disabled={!usable}
      loading={loading || (open && found.isFetching)}
      allowClear={clearable}
      labelInValue
      value={value ? { value: value.id, label: value.title } : undefined}
      showSearch={{ filterOption: false, onSearch: setWords }}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) setWords("");
      }}
      options={rows.map((row) => ({ value: row.id, label: title(row) }))}
      onChange={(picked?: { value: number; label: string }) => {
        const row = rows.find(({ id }) => id === picked?.value);
        // What depends on the row need not be asked for.
        if (row) queries.setQueryData(keys.entry(name, row.id), row);
        onChange?.(row && { id: row.id, title: title(row) });
      }}
      notFoundContent={<Nothing name={name} searching={found.isFetching} error={Boolean(found.error)} words={search} />}
      popupRender={(menu) => (
        <>
          {menu}
          {more > 0 && rows.length > 0 && <small className="a-muted a-option-note">{t("catalog.more", { n: more })}</small>}
        </>
      )}
    />
  );
}

function Nothing({ name, searching, error, words }: { name: string; searching: boolean; error: boolean; words: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const resource = useResource(name);
  if (!resource) return null;
  if (searching) return <small className="a-muted">{t("catalog.searching")}</small>;
  if (error) return <small className="a-tone-text-bad">{t("catalog.optionsFailed")}</small>;
  if (words) return <small className="a-muted">{t("catalog.noOption", { name: label(resource.label, true) })}</small>;
  return (
    <small className="a-muted">
      {t("catalog.noOptionYet", { name: label(resource.label, true) })}{" "}
      {resource.actions.includes("create") && (
        // Beside this page: a form that is open keeps what was typed, and finds the new row when one comes back.
        <a href={`/${resource.group}/${resource.name}`} target="_blank" rel="noreferrer">
          {t("catalog.addFirst", { one: label(resource.one, true) })}
        </a>
      )}
    </small>
  );
}

type FilterProps = Injected<string> & { resource: string; site?: string; organisation?: number; within?: Within };

/** The same as a condition of a list: its value is the id as the address bar has it. */
export function ReferenceFilter({ value, onChange, resource: name, ...rest }: FilterProps) {
  const resource = useResource(name);
  const { title } = useNames(resource);
  const row = useEntry(name, value ? Number(value) : undefined).data;
  return (
    <ReferenceSelect
      {...rest}
      resource={name}
      clearable
      value={value ? { id: Number(value), title: row ? title(row) : "\u2026" } : undefined}
      onChange={(picked) => onChange?.(picked && String(picked.id))}
    />
  );
}
