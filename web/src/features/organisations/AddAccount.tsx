// 创建账号: the administrator of an organisation, with a drawn password unless one is given.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { DrawnLogin } from "@/components/DrawnLogin";
import { ErrorNotice } from "@/components/feedback";
import { ApiError } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { createAccount, type AccountInput } from "@/lib/api/organisations";
import type { RowDialogProps } from "@/lib/extensions";

const MIN_PASSWORD = 10;

export function AddAccount({ resource, row, onClose }: RowDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<AccountInput>();
  const add = useMutation({
    mutationFn: (values: AccountInput) => {
      const given = Object.entries(values).map(([name, text]) => [name, text?.trim()] as const);
      return createAccount(resource.name, row.id, Object.fromEntries(given.filter(([, text]) => text)) as AccountInput);
    },
    onError: (error) => {
      if (!(error instanceof ApiError) || !error.field) return;
      const text = t(error.code === "conflict" ? "organisation.loginTaken" : "catalog.problems.refused");
      form.setFields([{ name: error.field as keyof AccountInput, errors: [text] }]);
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.entries }),
  });
  const name = String(row.name);
  const phone = row.phone ? String(row.phone) : "";
  const title = t("organisation.addAccountTitle", { name });
  if (add.data) {
    return (
      <Modal
        open
        width={480}
        title={title}
        mask={{ closable: false }}
        onCancel={onClose}
        footer={
          <Button type="primary" onClick={onClose} data-testid="drawn-done">
            {t("drawn.done")}
          </Button>
        }
      >
        <DrawnLogin {...add.data} name={name} number={row.number ? String(row.number) : undefined} />
      </Modal>
    );
  }
  const refused = add.error instanceof ApiError && add.error.field;
  return (
    <Modal open width={520} title={title} onCancel={onClose} mask={{ closable: false }} okText={t("organisation.addAccount")} okButtonProps={{ loading: add.isPending, "data-testid": "account-save" }} onOk={() => form.submit()}>
      <Form<AccountInput> form={form} layout="vertical" initialValues={{ login: phone, name: row.contact ? String(row.contact) : "", phone }} onFinish={(values) => !add.isPending && add.mutate(values)} data-testid="account-form">
        {add.error && !refused && <ErrorNotice error={add.error} what="save" />}
        <p className="a-muted a-form-note">{t("organisation.addAccountHint")}</p>
        <div className="a-form-grid">
          <Form.Item name="login" label={t("login.user")} rules={[{ required: true, message: t("common.required") }, { min: 3, message: t("catalog.problems.short", { least: 3 }) }]}>
            <Input maxLength={40} autoComplete="off" data-testid="account-login" />
          </Form.Item>
          <Form.Item name="name" label={t("people.name")} rules={[{ required: true, message: t("common.required") }]}>
            <Input maxLength={40} autoComplete="off" autoFocus data-testid="account-name" />
          </Form.Item>
          <Form.Item name="phone" label={t("people.phone")} rules={[{ pattern: /^1\d{10}$/, message: t("catalog.problems.mobile") }]}>
            <Input maxLength={11} inputMode="tel" autoComplete="off" data-testid="account-phone" />
          </Form.Item>
          <Form.Item name="email" label={t("people.email")} rules={[{ type: "email", message: t("catalog.problems.email") }]}>
            <Input maxLength={100} inputMode="email" autoComplete="off" data-testid="account-email" />
          </Form.Item>
          <Form.Item name="password" label={t("login.password")} extra={t("people.passwordDrawn")} className="a-form-wide" rules={[{ min: MIN_PASSWORD, message: t("password.tooShort") }]}>
            <Input.Password maxLength={256} autoComplete="new-password" data-testid="account-password" />
          </Form.Item>
        </div>
        <input type="submit" hidden />
      </Form>
    </Modal>
  );
}
