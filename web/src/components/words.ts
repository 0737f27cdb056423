// Codes of the platform, gateway and devices in the reader's language; an unknown code is shown as it is.
import { useTranslation } from "react-i18next";

import { format, MONEY, parse } from "@/lib/decimal";
import { parseDetail, type Detail } from "@/lib/details";

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
/** Of use to whoever debugs, and to nobody who reads a list. */
const hidden = new Set(["id"]);

/** Named values in words: "reason: no answer · state: failed". Text that is no list of them is shown as it is. */
export function useDetail() {
  const { t } = useTranslation();
  return (text: string): string => {
    const details = parseDetail(text);
    if (!details) return text;
    const value = ({ name, value }: Detail) => {
      if (amounts.has(name)) return format(parse(value, MONEY) ?? 0n, MONEY, 2);
      const kinds = name === "kind" ? ["commands.kinds", "price.kinds", "meter.asks"] : (groups[name] ?? []);
      return kinds.map((group) => t(`${group}.${value}`, { defaultValue: "" })).find(Boolean) ?? value;
    };
    return details
      .filter(({ name }) => !hidden.has(name))
      .map((detail) => t("detail.pair", { name: t(`detail.${detail.name}`, { defaultValue: detail.name }), value: value(detail) }))
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
export const useAuditAction = () => useCode("auditAction");

export function useErrorText() {
  const { t } = useTranslation();
  return (code: string) => t(`error.${code}`, { defaultValue: t("error.other", { code }) });
}
