// Language and light/dark, in the top bar and on the login page.
import { MoonOutlined, SunOutlined, TranslationOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { use } from "react";
import { useTranslation } from "react-i18next";

import { SchemeContext } from "./scheme";
import { changeLanguage, type Language } from "@/i18n";
import type { Scheme } from "@/lib/scheme";

/** onSwitch: to remember it elsewhere than in this browser. */
export function LanguageSwitch({ onSwitch }: { onSwitch?: (language: Language) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <Button
      type="text"
      icon={<TranslationOutlined />}
      title={t("menu.languageHint")}
      data-testid="switch-language"
      onClick={() => {
        const next = i18n.language === "en" ? "zh-CN" : "en";
        changeLanguage(next);
        onSwitch?.(next);
      }}
    >
      {t("menu.language")}
    </Button>
  );
}

export function SchemeSwitch({ onSwitch }: { onSwitch?: (scheme: Scheme) => void }) {
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
        onClick={() => {
          const next = toggle();
          onSwitch?.(next);
        }}
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
