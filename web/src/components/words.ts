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
export const useAuditAction = () => useCode("auditAction");

export function useErrorText() {
  const { t } = useTranslation();
  return (code: string) => t(`error.${code}`, { defaultValue: t("error.other", { code }) });
}
