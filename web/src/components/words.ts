// Codes of the platform, gateway and devices in the reader's language; an unknown code is shown as it is.
import { useTranslation } from "react-i18next";

function useCode(group: string) {
  const { t } = useTranslation();
  return (code: string): string => t(`${group}.${code}`, { defaultValue: code });
}

export const useReason = () => useCode("reason");
export const useAlarmName = () => useCode("alarmCode");
export const useAuditAction = () => useCode("auditAction");

export function useErrorText() {
  const { t } = useTranslation();
  return (code: string) => t(`error.${code}`, { defaultValue: t("error.other", { code }) });
}
