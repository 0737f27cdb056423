// Name, language, SMS, and the end of it on this phone.
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Popconfirm, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { changeMyAccount, endMySession, useMyChange } from "@/lib/api/my";
import type { MyAccount as Account, MyAccountInput } from "@/types/bound";

export function MyAccount({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const save = useMyChange(changeMyAccount, (saved) => {
    queries.setQueryData(keys.myAccount, saved);
    void message.success(t("my.saved"));
  });
  const end = useMyChange(endMySession, () => void queries.resetQueries({ queryKey: keys.my }));
  const { name, language, sms } = account;
  return (
    <section className="a-card a-stack" data-testid="my-account">
      <h2>{t("my.account")}</h2>
      {(save.error ?? end.error) && <ErrorNotice error={save.error ?? end.error} what="save" />}
      <Form<MyAccountInput> layout="vertical" requiredMark={false} initialValues={{ name, language, sms }} onFinish={(values) => save.mutate({ ...values, name: values.name.trim() })}>
        <Form.Item name="name" label={t("my.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
          <Input maxLength={40} autoComplete="name" data-testid="my-name" />
        </Form.Item>
        <Form.Item name="language" label={t("my.language")}>
          <Select options={(["zh-CN", "en"] as const).map((value) => ({ value, label: t(`notify.languages.${value}`) }))} />
        </Form.Item>
        <Form.Item name="sms" valuePropName="checked" label={t("my.sms", { mobile: account.mobile })}>
          <Switch data-testid="my-sms" />
        </Form.Item>
        <span className="a-my-line">
          <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="my-save">
            {t("common.save")}
          </Button>
          <span className="a-grow" />
          <Popconfirm title={t("my.end")} description={t("my.endSure")} okText={t("my.end")} onConfirm={() => end.mutate(undefined)}>
            <Button type="text" loading={end.isPending} data-testid="my-end">
              {t("my.end")}
            </Button>
          </Popconfirm>
        </span>
      </Form>
    </section>
  );
}
