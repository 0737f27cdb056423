// Codes of the platform, gateway and devices in the reader's language; an unknown code is shown as it is.
import { useTranslation } from "react-i18next";

function useCode(group: string) {
  const { t } = useTranslation();
  return (code: string): string => t(`${group}.${code}`, { defaultValue: code });
}

export const useReason = () => useCode("reason");
export const useAlarmName = () => useCode("alarmCode");

/** What an alarm means and what to do; beside it the sender's detail, in words where it is one of our reasons. */
export function useAlarmText() {
  const { t } = useTranslation();
  const reason = useReason();
  return (alarm: { code: string; detail: string }) => {
    const [first = "", ...rest] = alarm.detail.split(" ");
    const detail = [reason(first), ...rest].join(" ");
    return { hint: t(`alarmHint.${alarm.code}`, { defaultValue: "" }), detail };
  };
}
/** The platform names fields as the contract does ("start_reading.total", "lines[0].uri"); people know their labels. */
export function useFieldName() {
  const { t } = useTranslation();
  return (field: string) => {
    const parts = field.split(/[.[\]]+/).filter((part) => part && !/^\d+$/.test(part));
    const names = parts.map((part) => t(`field.${part}`, { defaultValue: "" })).filter(Boolean);
    return names.at(-1) ?? field;
  };
}
export const useAuditAction = () => useCode("auditAction");

export function useErrorText() {
  const { t } = useTranslation();
  return (code: string) => t(`error.${code}`, { defaultValue: t("error.other", { code }) });
}
