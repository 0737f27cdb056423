// 个人设置: own data, password, and how the console looks and starts for this person.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";

import { PasswordForm } from "./PasswordForm";
import { ErrorNotice } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { changeProfile } from "@/lib/api/requests";
import { useSession, useSites } from "@/lib/hooks";
import { pageSize, PAGE_SIZES } from "@/lib/page-size";
import { useChosenScheme } from "@/lib/scheme";
import { applySettings, preferredSite, THEMES, useSaveSettings, useSettings, type Settings, type Theme } from "@/lib/settings";
import type { Language } from "@/i18n";

export function SettingsPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (
    <div className="a-scroll" data-testid="page-settings">
      <header className="a-page-head">
        <h1>{t("own.title")}</h1>
      </header>
      <div className="a-settings">
        <Profile />
        <Preferences />
        <section className="a-card">
          <h2>{t("password.title")}</h2>
          <PasswordForm onDone={() => void message.success(t("password.done"))} />
        </section>
      </div>
    </div>
  );
}

type Values = { name: string; phone?: string; email?: string };

function Profile() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { data: session } = useSession();
  const save = useMutation({
    mutationFn: (values: Values) => changeProfile({ name: values.name.trim(), phone: values.phone?.trim() ?? "", email: values.email?.trim() ?? "" }),
    onSuccess: async () => {
      void message.success(t("common.saved"));
      await queries.refetchQueries({ queryKey: keys.session });
    },
  });
  if (!session) return null;
  const facts = [
    { key: "user", name: t("login.user"), value: session.user },
    { key: "organisation", name: t("catalog.organisation"), value: session.organisation.name },
    ...(session.organisation.number ? [{ key: "number", name: t("login.merchant"), value: session.organisation.number }] : []),
    { key: "roles", name: t("people.roles.one"), value: session.roles.join(", ") || t("common.none") },
    { key: "scope", name: t("people.scope"), value: t(`people.scopes.${session.scope}`) },
  ];
  return (
    <section className="a-card">
      <h2>{t("own.profile")}</h2>
      <dl className="a-pairs a-form-note">
        {facts.map(({ key, name, value }) => (
          <div key={key} className="a-pair">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {save.error && <ErrorNotice error={save.error} what="save" />}
      {/* What is not told cannot be kept: saving would empty it. */}
      {session.phone !== undefined && (
        <Form<Values> layout="vertical" initialValues={{ name: session.name, phone: session.phone ?? "", email: session.email ?? "" }} onFinish={(values) => save.mutate(values)}>
          <Form.Item name="name" label={t("people.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
            <Input maxLength={40} autoComplete="name" data-testid="profile-name" />
          </Form.Item>
          <Form.Item name="phone" label={t("people.phone")} extra={t("people.phoneLogin")} rules={[{ pattern: /^1\d{10}$/, message: t("catalog.problems.mobile") }]}>
            <Input maxLength={11} inputMode="tel" autoComplete="tel" data-testid="profile-phone" />
          </Form.Item>
          <Form.Item name="email" label={t("people.email")} rules={[{ type: "email", message: t("catalog.problems.email") }]}>
            <Input maxLength={100} inputMode="email" autoComplete="email" data-testid="profile-email" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="profile-save">
            {t("common.save")}
          </Button>
        </Form>
      )}
    </section>
  );
}

function Preferences() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const { data: sites } = useSites();
  const stored = useSettings();
  const save = useSaveSettings();
  const scheme = useChosenScheme();
  // Each takes effect at once, and is kept for the next desk.
  const change = (settings: Settings) => {
    applySettings(settings);
    save.mutate(settings, { onSuccess: () => void message.success(t("common.saved")) });
  };
  const site = stored.data?.site ?? preferredSite();
  return (
    <section className="a-card a-stack">
      <h2>{t("own.preferences")}</h2>
      {save.error && <ErrorNotice error={save.error} what="save" />}
      <div className="a-field">
        <span id="settings-theme">{t("own.theme")}</span>
        <Segmented<Theme>
          aria-labelledby="settings-theme"
          value={scheme ?? "system"}
          options={THEMES.map((value) => ({ value, label: t(`own.themes.${value}`) }))}
          onChange={(theme) => change({ theme })}
          data-testid="settings-theme"
        />
      </div>
      <div className="a-field">
        <span id="settings-language">{t("own.language")}</span>
        <Segmented<Language>
          aria-labelledby="settings-language"
          value={i18n.language === "en" ? "en" : "zh-CN"}
          options={[
            { value: "zh-CN", label: t("own.languages.zh") },
            { value: "en", label: t("own.languages.en") },
          ]}
          onChange={(language) => change({ language })}
          data-testid="settings-language"
        />
      </div>
      <label className="a-field">
        <span>{t("own.pageSize")}</span>
        <Select
          value={stored.data?.page_size ?? pageSize()}
          options={PAGE_SIZES.map((value) => ({ value, label: t("own.rows", { n: value }) }))}
          onChange={(page_size) => change({ page_size })}
          data-testid="settings-page-size"
        />
      </label>
      {(sites?.length ?? 0) > 1 && (
        <label className="a-field">
          <span>{t("own.site")}</span>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("own.noSite")}
            value={sites?.some(({ id }) => id === site) ? site : undefined}
            options={sites?.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(value?: string) => change({ site: value ?? "" })}
            data-testid="settings-site"
          />
          <small className="a-muted">{t("own.siteHint")}</small>
        </label>
      )}
    </section>
  );
}
