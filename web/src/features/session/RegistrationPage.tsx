// 注册账号: somebody asks for an account of a service provider; what happens next is said before and after.
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Result, Steps } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Entrance } from "./Entrance";
import { LoginFailure } from "./LoginFailure";
import { register } from "@/lib/api/organisations";

type Values = { name: string; contact: string; phone: string; email?: string };

export function RegistrationPage({ switches }: { switches: ReactNode }) {
  const { t } = useTranslation();
  const apply = useMutation({ mutationFn: (values: Values) => register({ name: values.name.trim(), contact: values.contact.trim(), phone: values.phone.trim(), email: values.email?.trim() ?? "" }) });
  const required = { required: true, whitespace: true, message: t("common.required") };
  const back = (
    <Link to="/login" data-testid="register-back">
      {t("application.back")}
    </Link>
  );
  if (apply.isSuccess) {
    return (
      <Entrance switches={switches}>
        <Result
          status="success"
          title={t("application.done")}
          subTitle={t("application.doneHint", { phone: apply.variables.phone })}
          extra={back}
          data-testid="register-done"
        />
      </Entrance>
    );
  }
  return (
    <Entrance switches={switches}>
      <h1>{t("application.title")}</h1>
      <p className="a-muted">{t("application.hint")}</p>
      <Steps
        className="a-register-steps"
        size="small"
        orientation="vertical"
        current={0}
        items={(["apply", "review", "account"] as const).map((step) => ({ title: t(`application.steps.${step}`), content: t(`application.stepHints.${step}`) }))}
      />
      {apply.error ? <LoginFailure error={apply.error} failedAt={apply.submittedAt} /> : null}
      <Form<Values> layout="vertical" requiredMark={false} onFinish={(values) => !apply.isPending && apply.mutate(values)}>
        <Form.Item name="name" label={t("application.name")} rules={[required]}>
          <Input maxLength={60} autoComplete="organization" autoFocus data-testid="register-name" />
        </Form.Item>
        <Form.Item name="contact" label={t("application.contact")} rules={[required]}>
          <Input maxLength={40} autoComplete="name" data-testid="register-contact" />
        </Form.Item>
        <Form.Item name="phone" label={t("people.phone")} extra={t("application.phoneHint")} rules={[{ required: true, pattern: /^1\d{10}$/, message: t("catalog.problems.mobile") }]}>
          <Input maxLength={11} inputMode="tel" autoComplete="tel" data-testid="register-phone" />
        </Form.Item>
        <Form.Item name="email" label={t("application.email")} rules={[{ type: "email", message: t("catalog.problems.email") }]}>
          <Input maxLength={100} inputMode="email" autoComplete="email" data-testid="register-email" />
        </Form.Item>
        <Button type="primary" size="large" htmlType="submit" block loading={apply.isPending} data-testid="register-submit">
          {t("application.submit")}
        </Button>
      </Form>
      <p className="a-entrance-link">{back}</p>
    </Entrance>
  );
}
