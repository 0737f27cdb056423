// Why nobody was let in, and what to do.
import { Alert } from "antd";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "@/components/feedback";
import { useDuration } from "@/components/TimeText";
import { ApiError } from "@/lib/api/client";
import { useNow } from "@/lib/hooks";

export function LoginFailure({ error, failedAt }: { error: unknown; failedAt: number }) {
  const { t } = useTranslation();
  const duration = useDuration();
  const now = useNow();
  if (!(error instanceof ApiError)) return <ErrorNotice error={error} what="load" />;
  const left = Math.max(1000, failedAt + (error.retryAfterS ?? 60) * 1000 - now);
  const texts: Record<string, [string, string]> = {
    unauthenticated: [t("login.wrong"), t("login.wrongHint")],
    wrong_credentials: [t("login.wrong"), t("login.wrongHint")],
    bad_credentials: [t("login.wrong"), t("login.wrongHint")],
    locked: [t("login.locked"), t("login.lockedHint", { age: duration(left) })],
    too_many: [t("login.tooMany"), t("login.tooManyHint", { age: duration(left) })],
  };
  const text = texts[error.code];
  if (!text) return <ErrorNotice error={error} what="load" />;
  return (
    <Alert
      type={error.code === "locked" || error.code === "too_many" ? "warning" : "error"}
      showIcon
      title={text[0]}
      description={text[1]}
      data-testid="login-error"
      className="a-error"
    />
  );
}
