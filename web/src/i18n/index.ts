// The texts. zh-CN unless this browser remembers English; nothing is loaded from elsewhere.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { en } from "./en";
import { zhCN } from "./zh-CN";
import { remember, remembered } from "@/lib/storage";

export type Language = "zh-CN" | "en";

export function startTexts() {
  const language = remembered<Language>("language", "zh-CN");
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "zh-CN",
    resources: { "zh-CN": { translation: zhCN }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = language;
}

export function changeLanguage(language: Language) {
  remember("language", language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
