// Codes of the platform, gateway and devices in the reader's language; an unknown code is shown as it is.
import { useTranslation } from "react-i18next";

import { useCatalog } from "@/lib/api/queries";
import { catalogAction, catalogActions } from "@/lib/catalog-actions";
import { format, MONEY, parse } from "@/lib/decimal";
import { useOffset } from "@/lib/hooks";
import { formatTime } from "@/lib/time";
import { parseDetail, type Detail } from "@/lib/details";
import type { Field, Label } from "@/types/catalog";

const useResources = () => useCatalog().data?.resources ?? [];

function useCode(group: string) {
  const { t } = useTranslation();
  return (code: string): string => t(`${group}.${code}`, { defaultValue: code });
}

/** All codes of a group that have a name, for a choice. */
export function useCodes(group: "alarmCode" | "auditAction"): string[] {
  const { t } = useTranslation();
  return Object.keys(t(`${group}`, { returnObjects: true }));
}

export const useReason = () => useCode("reason");
export const useAlarmName = () => useCode("alarmCode");

/** Values of these names are codes of the given groups; of others they are numbers, ids or somebody's own words. */
const groups: Record<string, string[]> = {
  reason: ["reason", "alarmCode"],
  state: ["commands.states"],
  method: ["recharge.methods"],
  mode: ["meter.kinds"],
  auto_trip: ["common"],
};
const amounts = new Set(["amount", "alarm_1", "alarm_2", "overdraft"]);
/** UTC milliseconds */
const times = new Set(["from"]);
/** Of use to whoever debugs, and to nobody who reads a list. */
const hidden = new Set(["id"]);

/** Named values in words: "reason: no answer · state: failed". Text that is no list of them is shown as it is. */
export function useDetail() {
  const { t } = useTranslation();
  const label = useLabel();
  const resources = useResources();
  const offset = useOffset();
  /** A value of a row of the catalogue, as its audit rows have it: flags as 0 or 1, references by title. */
  const ofField = (field: Field, value: string) => {
    if (field.type === "flag") return t(value === "1" ? "common.yes" : "common.no");
    // The title of the row; its id where that would name a person.
    if (field.type === "reference") return value.startsWith("#") ? t("detail.row", { id: value.slice(1) }) : value;
    const choice = field.type === "choice" ? field.choices.find((each) => each.value === value) : undefined;
    return choice ? label(choice.label) : value;
  };
  /** action: of the audit row that the text belongs to */
  return (text: string, action = ""): string => {
    const details = parseDetail(text);
    if (!details) return text;
    const fields = catalogAction(resources, action)?.resource.fields ?? [];
    const value = ({ name, value }: Detail) => {
      if (times.has(name)) return /^\d+$/.test(value) ? formatTime(Number(value), offset) : value || t("when.now");
      if (amounts.has(name)) return format(parse(value, MONEY) ?? 0n, MONEY, 2);
      const kinds = name === "kind" ? ["commands.kinds", "price.kinds", "meter.asks"] : (groups[name] ?? []);
      return kinds.map((group) => t(`${group}.${value}`, { defaultValue: "" })).find(Boolean) ?? value;
    };
    return details
      .filter(({ name }) => !hidden.has(name))
      .map((detail) => {
        const field = fields.find(({ name }) => name === detail.name);
        const name = field ? label(field.label) : t(`detail.${detail.name}`, { defaultValue: detail.name });
        return t("detail.pair", { name, value: field ? ofField(field, detail.value) : value(detail) });
      })
      .join(" \u00b7 ");
  };
}

/** What an alarm means and what to do; beside it what its sender said. */
export function useAlarmText() {
  const { t } = useTranslation();
  const inWords = useDetail();
  return (alarm: { code: string; detail: string; line?: string }) => {
    const line = alarm.line ? t("detail.pair", { name: t("detail.line"), value: alarm.line }) : "";
    return {
      hint: t(`alarmHint.${alarm.code}`, { defaultValue: "" }),
      detail: [line, inWords(alarm.detail)].filter(Boolean).join(" \u00b7 "),
    };
  };
}

/** The platform names fields as the contract does ("start_reading.total", "lines[0].uri"); people know their labels. */
export function useFieldName() {
  const { t } = useTranslation();
  return (field: string) => {
    const parts = field.split(/[.[\]]+/).filter((part) => part && !/^\d+$/.test(part));
    const names = parts.map((part) => t(`field.${part}`, { defaultValue: "" })).filter(Boolean);
    return names.at(-1) ?? "";
  };
}
/** A word of the platform's own descriptions in the reader's language. inside: of a sentence, where English is in small letters. */
export function useLabel() {
  const { i18n } = useTranslation();
  return ({ zh, en }: Label, inside = false) => (i18n.language !== "en" ? zh : inside ? en.charAt(0).toLowerCase() + en.slice(1) : en);
}
/** Actions of the console's own pages by code, those on rows of the catalogue by its words. */
export function useAuditAction() {
  const { t } = useTranslation();
  const label = useLabel();
  const resources = useResources();
  const named = useCode("auditAction");
  return (code: string) => {
    const found = catalogAction(resources, code);
    return found ? t(`catalogAction.${found.verb}`, { one: label(found.resource.one, true) }) : named(code);
  };
}

/** Every action that the audit log can be searched for. */
export function useAuditActions(): string[] {
  return [...useCodes("auditAction"), ...catalogActions(useResources())];
}

/** The word for a kind of object of the audit log; empty when there is none. */
export function useObjectKind() {
  const { t } = useTranslation();
  const label = useLabel();
  const resources = useResources();
  return (kind: string) => {
    const resource = resources.find(({ right }) => right === kind);
    return resource ? label(resource.one) : t(`audit.objects.${kind}`, { defaultValue: "" });
  };
}

export function useErrorText() {
  const { t } = useTranslation();
  return (code: string) => t(`error.${code}`, { defaultValue: t("error.other", { code }) });
}
