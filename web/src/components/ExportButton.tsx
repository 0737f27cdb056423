// Takes the list as it is asked for away as a spreadsheet; what is long is written in the download centre.
import { DownloadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { ToolButton } from "./ToolButton";
import { useErrorText } from "./words";
import { ApiError, requestFile, type Query } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { saveFile } from "@/lib/save-file";
import type { Job } from "@/types/api";

type Props = {
  /** of the list */
  path: string;
  /** the list's own question; every page of it is taken */
  query: Query;
};

export function ExportButton({ path, query }: Props) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const errorText = useJobErrorText();
  const queries = useQueryClient();
  // Not a Link: messages are drawn outside of the router.
  const navigate = useNavigate();
  const take = useMutation({
    mutationFn: () => requestFile<Job>(`${path}/export`, { ...query, page: undefined, page_size: undefined, lang: i18n.language === "en" ? "en" : "zh" }),
    onSuccess: (got) => {
      if ("file" in got) return saveFile(got.file, got.name);
      void queries.invalidateQueries({ queryKey: keys.jobs });
      void message.info({
        duration: 8,
        content: (
          <span data-testid="export-job">
            {t("export.begun", { n: got.answer.total })}
            <Button type="link" size="small" onClick={() => void navigate("/downloads")}>
              {t("jobs.title")}
            </Button>
          </span>
        ),
      });
    },
    onError: (error) => void message.error(t("export.failed", { why: errorText(error) })),
  });
  return (
    <ToolButton label={t("export.button")} icon={<DownloadOutlined />} loading={take.isPending} onClick={() => take.mutate()} data-testid="list-export" />
  );
}

/** Limits of exports and imports have sentences of their own. */
export function useJobErrorText() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (error: unknown): string => {
    const { code, field } = error instanceof ApiError ? error : { code: "", field: undefined };
    return code === "limit_reached" && field ? t(`jobs.limits.${field}`, { defaultValue: errorText(code) }) : errorText(code);
  };
}
