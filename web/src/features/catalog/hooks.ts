// What pages and forms of the catalogue ask for: words for values and names, and which fields exist just now.
import { skipToken, useQueries } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { isReference, isShown, outerOf } from "./conditions";
import { inTitle, titleWords } from "./titles";
import { isReferenceValue, problemOf, type FormValue, type FormValues } from "./values";
import { useLabel } from "@/components/words";
import { keys } from "@/lib/api/keys";
import { useCatalog } from "@/lib/api/queries";
import { getEntry } from "@/lib/api/requests";
import { format, parse, typed } from "@/lib/decimal";
import type { Field, Resource, Row, Value } from "@/types/catalog";

/** A resource by name; undefined when the session may not read it. */
export function useResource(name: string): Resource | undefined {
  return useCatalog().data?.resources.find((each) => each.name === name);
}

/** A value as people read it, also one that is still being typed; empty when there is none. */
export function useValueText() {
  const { t } = useTranslation();
  const label = useLabel();
  return (field: Field, value: Value | FormValue): string => {
    if (value === null || value === undefined || value === "") return "";
    if (isReferenceValue(value)) return value.title;
    switch (field.type) {
      case "flag":
        return t(value === true ? "common.yes" : "common.no");
      case "choice": {
        const choice = field.choices.find((each) => each.value === value);
        return choice ? label(choice.label) : String(value);
      }
      case "decimal": {
        const number = parse(typed(String(value)), field.decimals);
        return number === null ? String(value) : format(number, field.decimals, field.decimals);
      }
      default:
        return String(value);
    }
  };
}

/** What a row is called: alone as others refer to it, and in full with what it lies in ("1号楼 · 0101"). */
export function useNames(resource: Resource | undefined) {
  const text = useValueText();
  const label = useLabel();
  const title = (row: Row) => {
    const given = (name: string) => {
      const field = resource?.fields.find((each) => each.name === name);
      return field && text(field, row[name]);
    };
    const words = resource ? titleWords(resource).map((word) => word.map(given).find(Boolean)) : [];
    return words.filter(Boolean).join(" ") || `${resource ? label(resource.one) : ""} ${row.id}`;
  };
  const full = (row: Row) => {
    const around = resource?.fields.filter((field) => isReference(field) && field.fixed && !inTitle(resource, field.name)) ?? [];
    return [...around.map((field) => text(field, row[field.name])), title(row)].filter(Boolean).join(" \u00b7 ");
  };
  return { title, full };
}

/** The sentence for what is wrong with a value; undefined when nothing is. */
export function useProblemText() {
  const { t } = useTranslation();
  return (field: Field, value: FormValue): string | undefined => {
    const problem = problemOf(field, value);
    return problem ? t(`catalog.problems.${problem.key}`, { ...problem }) : undefined;
  };
}

export type Presence = "shown" | "hidden" | "loading";

/** Which fields exist in a form with these values. One whose condition cannot be read stays: its value must not get lost. */
export function usePresence(resource: Resource, values: FormValues): (field: Field) => Presence {
  const conditional = resource.fields.flatMap((field) => {
    const outer = isReference(field) && field.shown_if ? outerOf(field, resource.fields) : undefined;
    const chosen = outer && values[outer.name];
    return outer ? [{ field, outer, id: isReferenceValue(chosen) ? chosen.id : undefined }] : [];
  });
  const rows = useQueries({
    queries: conditional.map(({ outer, id }) => ({
      queryKey: keys.entry(outer.resource, id ?? 0),
      queryFn: id === undefined ? skipToken : ({ signal }: { signal: AbortSignal }) => getEntry(outer.resource, id, { signal }),
    })),
  });
  return (field) => {
    const index = conditional.findIndex((each) => each.field === field);
    if (index < 0) return "shown";
    const { data, isPending } = rows[index]!;
    const shown = isShown(field, conditional[index]!.id === undefined ? null : data);
    return shown === null ? (isPending ? "loading" : "shown") : shown ? "shown" : "hidden";
  };
}

/** The value once it has not changed for a moment. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** The browser asks before it closes or reloads a page with something unsaved. */
export function useAskBeforeUnload(unsaved: boolean) {
  const ask = useCallback((event: BeforeUnloadEvent) => event.preventDefault(), []);
  useEffect(() => {
    if (!unsaved) return;
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved, ask]);
}
