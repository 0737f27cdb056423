// Changing the own password; on its page and at the first login.
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Progress } from "antd";
import { useTranslation } from "react-i18next";

import { passwordStrength } from "./password-strength";
import { ErrorNotice } from "@/components/feedback";
import { ApiError } from "@/lib/api/client";
import { changePassword } from "@/lib/api/requests";

const MIN = 10;
type Values = { old: string; fresh: string; again: string };

export function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const fresh = Form.useWatch("fresh", form) ?? "";
  const change = useMutation({
    mutationFn: ({ old, fresh }: Values) => changePassword({ old_password: old, new_password: fresh }),
    onSuccess: onDone,
    onError: (error) => {
      if (error instanceof ApiError && (error.field === "old_password" || error.code === "wrong_credentials")) {
        form.setFields([{ name: "old", errors: [t("password.wrongOld")] }]);
      }
    },
  });
  const strength = passwordStrength(fresh);
  return (
    <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => change.mutate(values)}>
      {change.error && <ErrorNotice error={change.error} what="save" />}
      <Form.Item name="old" label={t("password.old")} rules={[{ required: true, message: t("common.required") }]}>
        <Input.Password autoComplete="current-password" maxLength={256} data-testid="password-old" />
      </Form.Item>
      <Form.Item
        name="fresh"
        label={t("password.new")}
        extra={t("password.rule")}
        rules={[
          { required: true, message: t("common.required") },
          { min: MIN, message: t("password.tooShort") },
          ({ getFieldValue }) => ({
            validator: async (_, value) => {
              if (value && value === getFieldValue("old")) throw new Error(t("password.same"));
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} data-testid="password-new" />
      </Form.Item>
      {fresh && (
        <Progress
          className="a-strength"
          percent={{ weak: 30, fair: 65, good: 100 }[strength]}
          size="small"
          aria-label={t("password.new")}
          status={strength === "weak" ? "exception" : strength === "good" ? "success" : "normal"}
          format={() => t(`password.strength.${strength}`)}
        />
      )}
      <Form.Item
        name="again"
        label={t("password.again")}
        dependencies={["fresh"]}
        rules={[
          { required: true, message: t("common.required") },
          ({ getFieldValue }) => ({
            validator: async (_, value) => {
              if (value && value !== getFieldValue("fresh")) throw new Error(t("password.different"));
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} data-testid="password-again" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending} data-testid="password-submit">
        {t("password.submit")}
      </Button>
    </Form>
  );
}
