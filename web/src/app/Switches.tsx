// Language and light/dark, in the top bar and on the login page.
import { MoonOutlined, SunOutlined, TranslationOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { use } from "react";
import { useTranslation } from "react-i18next";

import { SchemeContext } from "./scheme";
import { changeLanguage } from "@/i18n";

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <Button
      type="text"
      icon={<TranslationOutlined />}
      title={t("menu.languageHint")}
      data-testid="switch-language"
      onClick={() => changeLanguage(i18n.language === "en" ? "zh-CN" : "en")}
    >
      {t("menu.language")}
    </Button>
  );
}

export function SchemeSwitch() {
  const { t } = useTranslation();
  const { scheme, toggle } = use(SchemeContext);
  const label = t(scheme === "dark" ? "menu.themeLight" : "menu.themeDark");
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        icon={scheme === "dark" ? <SunOutlined /> : <MoonOutlined />}
        aria-label={label}
        data-testid="switch-theme"
        onClick={toggle}
      />
    </Tooltip>
  );
}

export function SwitchesRow() {
  return (
    <span className="a-switches">
      <LanguageSwitch />
      <SchemeSwitch />
    </span>
  );
}
