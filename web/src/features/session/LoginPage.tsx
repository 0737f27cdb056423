import { LockOutlined, ShopOutlined, UserOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, type InputRef } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";

import { Entrance } from "./Entrance";
import { LoginFailure } from "./LoginFailure";
import { keys } from "@/lib/api/keys";
import { logIn } from "@/lib/api/requests";
import { setSessionEnded } from "@/lib/session-end";
import { remember, remembered } from "@/lib/storage";
import type { Credentials } from "@/types/api";

type Values = Credentials & { remember: boolean };

export function LoginPage({ switches }: { switches: ReactNode }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const state = useLocation().state as { from?: string } | null;
  const user = remembered("user", "");
  const merchant = remembered("merchant", "");
  const password = useRef<InputRef>(null);
  const [failedAt, setFailedAt] = useState(0);
  const login = useMutation({
    // A merchant number that nobody gave is not sent: it would have to be the right one.
    mutationFn: ({ merchant, user, password }: Values) => logIn({ user: user.trim(), password, ...(merchant?.trim() ? { merchant: merchant.trim() } : {}) }),
    onSuccess: (session, values) => {
      remember("user", values.remember ? values.user.trim() : "");
      remember("merchant", values.remember ? (values.merchant?.trim() ?? "") : "");
      setSessionEnded(false);
      queries.clear();
      queries.setQueryData(keys.session, session);
      void navigate(session.must_change_password ? "/first-password" : (state?.from ?? "/"), { replace: true });
    },
    onError: () => {
      setFailedAt(Date.now());
      password.current?.focus({ cursor: "all" });
    },
  });
  useEffect(() => {
    if (user) password.current?.focus();
  }, [user]);
  return (
    <Entrance switches={switches}>
      <h1>{t("login.welcome")}</h1>
      {login.error ? <LoginFailure error={login.error} failedAt={failedAt} /> : null}
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        initialValues={{ merchant, user, password: "", remember: Boolean(user) }}
        onFinish={(values) => login.mutate(values)}
        size="large"
      >
        <Form.Item name="merchant" label={t("login.merchantOptional")} rules={[{ pattern: /^\s*\d{6}\s*$/, message: t("login.merchantWrong") }]}>
          <Input prefix={<ShopOutlined />} placeholder={t("login.merchantPlaceholder")} autoComplete="organization" inputMode="numeric" maxLength={12} data-testid="login-merchant" />
        </Form.Item>
        <Form.Item name="user" label={t("login.user")} rules={[{ required: true, message: t("login.userPlaceholder") }]}>
          <Input
            prefix={<UserOutlined />}
            placeholder={t("login.userPlaceholder")}
            autoComplete="username"
            autoFocus={!user}
            maxLength={64}
            data-testid="login-user"
          />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("login.password")}
          rules={[{ required: true, message: t("login.passwordPlaceholder") }]}
        >
          <Input.Password
            ref={password}
            prefix={<LockOutlined />}
            placeholder={t("login.passwordPlaceholder")}
            autoComplete="current-password"
            maxLength={256}
            data-testid="login-password"
          />
        </Form.Item>
        <Form.Item name="remember" valuePropName="checked">
          <Checkbox data-testid="login-remember">
            {t("login.remember")} <small className="a-muted">{t("login.rememberHint")}</small>
          </Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={login.isPending} data-testid="login-submit">
          {t("login.submit")}
        </Button>
      </Form>
      <p className="a-entrance-link">
        {t("login.noAccount")}{" "}
        <Link to="/register" data-testid="login-register">
          {t("login.register")}
        </Link>
      </p>
    </Entrance>
  );
}
