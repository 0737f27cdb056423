// What a job is called, and why it ended as it did.
import { useTranslation } from "react-i18next";

import type { Job } from "@/types/api";

export function useJobWords() {
  const { t } = useTranslation();
  return {
    name: (job: Job) => (job.kind === "export" && job.file) || `${job.title} ${t(`jobs.kinds.${job.kind}`)} #${job.id}`,
    /** empty: nothing went wrong */
    reason: (job: Job): string => {
      const missing = job.result?.missing?.join("\u3001");
      if (job.state === "interrupted") return t(job.kind === "import" ? "jobs.interruptedImport" : "jobs.interruptedExport");
      if (job.state !== "failed") return "";
      if (job.reason === "missing_column" && missing) return t("jobs.reasons.missing_column", { columns: missing });
      return t(`jobs.reasons.${job.reason}`, { defaultValue: t("jobs.reasons.other", { code: job.reason }) });
    },
    remark: (job: Job): string => {
      if (!job.result) return job.remark;
      return t(job.result.dry_run ? "jobs.checked" : "jobs.counts", { ...job.result }) + (job.remark ? ` \u00b7 ${job.remark}` : "");
    },
  };
}
