// How far an export or import is, and what an import did.
import { Progress, Table } from "antd";
import { useTranslation } from "react-i18next";

import { Chip } from "./Chip";
import { isOpen, percentOf } from "@/lib/api/jobs";
import type { ImportResult, Job } from "@/types/api";

export function JobProgress({ job }: { job: Job }) {
  const { t } = useTranslation();
  const words = job.total > 0 ? t("jobs.rows", { done: job.done, total: job.total }) : t("jobs.rowsSoFar", { done: job.done });
  if (!isOpen(job)) return <span className="a-number">{job.done > 0 ? t("jobs.rowsSoFar", { done: job.done }) : "\u2014"}</span>;
  return (
    <span className="a-job-progress" data-testid="job-progress">
      <Progress percent={percentOf(job) ?? 0} size="small" status="active" showInfo={job.total > 0} aria-label={words} />
      <small className="a-number a-muted">{words}</small>
    </span>
  );
}

/** The counts, and the rows that were not taken with column and reason. */
export function JobResult({ result }: { result: ImportResult }) {
  const { t } = useTranslation();
  const { created, updated, unchanged, failed, errors } = result;
  return (
    <div className="a-stack" data-testid="import-result">
      <div className="a-import-counts">
        <Chip tone={created + updated > 0 ? "ok" : "idle"}>{t(result.dry_run ? "import.wouldCreate" : "import.created", { n: created })}</Chip>
        {updated > 0 && <Chip tone="ok">{t(result.dry_run ? "import.wouldUpdate" : "import.updated", { n: updated })}</Chip>}
        {unchanged > 0 && <Chip tone="idle">{t("import.unchanged", { n: unchanged })}</Chip>}
        <Chip tone={failed > 0 ? "bad" : "idle"}>{t("import.failed", { n: failed })}</Chip>
      </div>
      {errors.length > 0 && (
        <Table
          size="small"
          rowKey={(row) => `${row.row}-${row.column}`}
          dataSource={errors}
          pagination={false}
          scroll={{ y: 260, x: 420 }}
          columns={[
            { key: "row", title: t("import.row"), width: 70, render: (_, row) => <span className="a-number">{row.row}</span> },
            { key: "column", title: t("import.column"), width: 130, dataIndex: "column" },
            { key: "reason", title: t("import.reason"), dataIndex: "reason" },
          ]}
        />
      )}
      {failed > errors.length && <p className="a-muted">{t("import.moreErrors", { n: failed - errors.length })}</p>}
    </div>
  );
}
