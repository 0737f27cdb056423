import { LockOutlined, UserOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, type InputRef } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

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
  const password = useRef<InputRef>(null);
  const [failedAt, setFailedAt] = useState(0);
  const login = useMutation({
    mutationFn: ({ user, password }: Values) => logIn({ user: user.trim(), password }),
    onSuccess: (session, values) => {
      remember("user", values.remember ? values.user.trim() : "");
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
        initialValues={{ user, password: "", remember: Boolean(user) }}
        onFinish={(values) => login.mutate(values)}
        size="large"
      >
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
    </Entrance>
  );
}
