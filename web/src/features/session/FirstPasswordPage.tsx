import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate } from "react-router";

import { Entrance } from "./Entrance";
import { PasswordForm } from "./PasswordForm";
import { ApiError } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { useSession } from "@/lib/hooks";

export function FirstPasswordPage({ switches }: { switches: ReactNode }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const session = useSession();
  if (session.error instanceof ApiError && session.error.code === "unauthenticated") return <Navigate to="/login" replace />;
  const done = async () => {
    void message.success(t("password.done"));
    await queries.refetchQueries({ queryKey: keys.session });
    void navigate("/", { replace: true });
  };
  return (
    <Entrance switches={switches}>
      <h1>{t("password.firstTitle")}</h1>
      <p className="a-muted">{t("password.firstHint")}</p>
      <PasswordForm onDone={() => void done()} />
    </Entrance>
  );
}
