// What a job is called, and why it ended as it did.
import { useTranslation } from "react-i18next";

import { useDetail, useLabel } from "./words";
import { useCatalog } from "@/lib/api/queries";
import { parseDetail } from "@/lib/details";
import { useSites } from "@/lib/hooks";
import type { Job } from "@/types/api";
import type { Field } from "@/types/catalog";

/** Conditions of lists that the catalogue does not describe: their word, and the words of their values. */
const CONDITIONS: Record<string, [string, string]> = {
  mode: ["meter.mode", "meter.kinds"],
  relay: ["meter.relay", "meter.relays"],
  account_state: ["meter.account", "meter.accounts"],
};

/** What an export was asked for ("enabled=true; search=A1"), with the words of its list. */
function useQuestion() {
  const { t } = useTranslation();
  const label = useLabel();
  const inWords = useDetail();
  const resources = useCatalog().data?.resources ?? [];
  const sites = useSites().data ?? [];
  const valueOf = (field: Field, value: string) => {
    if (field.type === "flag") return t(value === "true" ? "common.yes" : "common.no");
    const choice = field.type === "choice" ? field.choices.find((each) => each.value === value) : undefined;
    return choice ? label(choice.label) : field.type === "reference" ? t("detail.row", { id: value }) : value;
  };
  return ({ list, remark }: Job): string => {
    const fields = resources.find(({ name }) => name === list)?.fields ?? [];
    const one = ({ name, value }: { name: string; value: string }): string => {
      const pair = (word: string, text: string) => t("detail.pair", { name: word, value: text });
      if (name === "search") return pair(t("common.search"), value);
      if (name === "reachable") return pair(t("meter.online"), t(value === "true" ? "meter.reach.yes" : "meter.reach.no"));
      if (CONDITIONS[name]) return pair(t(CONDITIONS[name][0]), t(`${CONDITIONS[name][1]}.${value}`, { defaultValue: value }));
      if (name === "site") return pair(t("catalog.site"), sites.find(({ id }) => id === value)?.name ?? value);
      if (name === "enabled") return pair(t("catalog.state"), t(value === "true" ? "catalog.enabled" : "catalog.disabled"));
      const field = fields.find((each) => each.name === name.replace(/_(from|to)$/, ""));
      if (!field) return inWords(`${name}=${value}`);
      const word = label(field.label);
      return pair(field.type === "date" ? t(name.endsWith("_from") ? "catalog.from" : "catalog.to", { field: word }) : word, valueOf(field, value));
    };
    // The order of the rows is seen in the file.
    return (parseDetail(remark) ?? []).filter(({ name }) => name !== "sort").map(one).join(" \u00b7 ") || remark;
  };
}

export function useJobWords() {
  const { t } = useTranslation();
  const question = useQuestion();
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
      if (job.kind === "export") return question(job);
      if (!job.result) return job.remark;
      return t(job.result.dry_run ? "jobs.checked" : "jobs.counts", { ...job.result }) + (job.remark ? ` \u00b7 ${job.remark}` : "");
    },
  };
}
