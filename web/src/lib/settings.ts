// 参数设置: what a person likes, kept by the platform so that it is the same at every desk; this browser remembers a copy, which
// counts until the platform has answered.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useEffect } from "react";

import { request } from "./api/client";
import { keys } from "./api/keys";
import { DEFAULT_PAGE_SIZE, PAGE_SIZES, rememberPageSize } from "./page-size";
import { chooseScheme } from "./scheme";
import { remember, remembered } from "./storage";
import { changeLanguage, type Language } from "@/i18n";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
/** site: code of the community that new rows start with, in this browser only. All may be absent. */
export type Settings = { theme?: Theme; language?: Language; page_size?: number; site?: string };

/** Only what is known and makes sense; the platform keeps what a newer console may have written. */
export function settingsOf(answer: unknown): Settings {
  const given = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
  const settings: Settings = {};
  if (THEMES.includes(given.theme as Theme)) settings.theme = given.theme as Theme;
  if (given.language === "zh-CN" || given.language === "en") settings.language = given.language;
  if (PAGE_SIZES.includes(given.page_size as number)) settings.page_size = given.page_size as number;
  return settings;
}

export function applySettings({ theme, language, page_size, site }: Settings) {
  if (theme) chooseScheme(theme === "system" ? null : theme);
  if (language && language !== i18next.language) changeLanguage(language);
  if (page_size) rememberPageSize(page_size);
  if (site !== undefined) remember("site", site);
}

/** The community that new rows start with in this browser; undefined: none is preferred. */
export const preferredSite = (): string | undefined => remembered("site", "") || undefined;

export const useSettings = (enabled = true) =>
  useQuery({
    queryKey: keys.settings,
    queryFn: async ({ signal }) => settingsOf(await request("GET", "/session/settings", { signal })),
    staleTime: Infinity,
    retry: false,
    enabled,
  });

/** Once per session: the person's settings come to this desk. */
export function useFollowSettings(enabled: boolean) {
  const { data } = useSettings(enabled);
  useEffect(() => {
    if (data) applySettings(data);
  }, [data]);
}

export function useSaveSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (change: Settings) => {
      const { site, ...known } = { page_size: DEFAULT_PAGE_SIZE, ...queries.getQueryData<Settings>(keys.settings), ...change };
      // The community is this desk's: the platform keeps only what it knows.
      await request("PUT", "/session/settings", { body: known });
      return { ...known, site };
    },
    onSuccess: (settings) => queries.setQueryData(keys.settings, settings),
  });
}
