// The texts. zh-CN unless this browser remembers English, which few load and therefore comes by itself.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { zhCN } from "./zh-CN";
import { remember, remembered } from "@/lib/storage";

export type Language = "zh-CN" | "en";

/** The newest that was asked for: what arrives late is not shown instead of it. */
let wanted: Language = "zh-CN";

/** Whoever cannot load English (a page of before an update) goes on in Chinese. */
async function show(language: Language) {
  wanted = language;
  if (language === "en" && !i18next.hasResourceBundle("en", "translation")) {
    const loaded = await import("./en").catch(() => undefined);
    if (!loaded) return;
    i18next.addResourceBundle("en", "translation", loaded.en);
  }
  if (wanted !== language) return;
  document.documentElement.lang = language;
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

/** Before anything is drawn, so that nobody sees another language first. */
export async function startTexts() {
  void i18next.use(initReactI18next).init({
    lng: "zh-CN",
    fallbackLng: "zh-CN",
    resources: { "zh-CN": { translation: zhCN } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = "zh-CN";
  await show(remembered<Language>("language", "zh-CN"));
}

export function changeLanguage(language: Language) {
  remember("language", language);
  void show(language);
}
