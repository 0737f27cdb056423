// Puts the features together: look, language, query cache, routes. Holds no rule of its own.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCNLocale from "antd/locale/zh_CN";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";

import { router } from "./router";
import { SchemeContext, useScheme } from "./scheme";
import { applyPalette, paletteOf, themeOf } from "./tokens";
import { ColorsContext } from "@/components/colors";
import { ApiError, setUnauthenticatedHandler } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { setSessionEnded } from "@/lib/session-end";

/** A refusal is an answer; only what may pass by itself is tried again. */
const mayPass = new Set(["network", "timeout", "unavailable", "unanswered", "busy"]);

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && error instanceof ApiError && mayPass.has(error.code),
    },
  },
});
setUnauthenticatedHandler((code) => {
  if (code === "unauthenticated" && queries.getQueryData(keys.session)) setSessionEnded(true);
  else void queries.resetQueries({ queryKey: keys.session });
});

export function App() {
  const scheme = useScheme();
  const { t, i18n } = useTranslation();
  useEffect(() => applyPalette(scheme.scheme), [scheme.scheme]);
  useEffect(() => {
    document.title = t("app.title");
  }, [t, i18n.language]);
  const theme = useMemo(() => themeOf(scheme.scheme), [scheme.scheme]);
  return (
    <SchemeContext value={scheme}>
      <ColorsContext value={paletteOf(scheme.scheme)}>
        <ConfigProvider theme={theme} locale={i18n.language === "en" ? enUS : zhCNLocale} button={{ autoInsertSpace: false }}>
          <AntApp className="a-app" notification={{ placement: "bottomRight" }} message={{ top: 64 }}>
            <QueryClientProvider client={queries}>
              <RouterProvider router={router} />
            </QueryClientProvider>
          </AntApp>
        </ConfigProvider>
      </ColorsContext>
    </SchemeContext>
  );
}
