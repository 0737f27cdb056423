import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { PasswordForm } from "./PasswordForm";
import { keys } from "@/lib/api/keys";

export function PasswordPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const done = () => {
    void message.success(t("password.done"));
    void queries.refetchQueries({ queryKey: keys.session });
    void navigate("/");
  };
  return (
    <div className="a-scroll">
      <header className="a-page-head">
        <h1>{t("password.title")}</h1>
      </header>
      <div className="a-card a-narrow">
        <PasswordForm onDone={done} />
      </div>
    </div>
  );
}
