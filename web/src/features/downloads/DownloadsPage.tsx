// The download centre: one's own exports and imports, how far they are, and their files.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Chip, type Tone } from "@/components/Chip";
import { Modal } from "@/components/Dialog";
import { EmptyState } from "@/components/feedback";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { ActionSheet, RowActions, type RowAction } from "@/components/RowActions";
import { useAsked } from "@/components/SearchBar";
import { TimeText } from "@/components/TimeText";
import { useJobWords } from "@/components/job-words";
import { JobProgress, JobResult } from "@/components/JobParts";
import { useErrorText } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { isOpen, useJobs } from "@/lib/api/jobs";
import { keys } from "@/lib/api/keys";
import { cancelJob, fetchJobFile, removeJob } from "@/lib/api/requests";
import { sizeText } from "@/lib/file-size";
import { saveFile } from "@/lib/save-file";
import type { Job } from "@/types/api";

const tones: Record<Job["state"], Tone> = { waiting: "idle", running: "brand", done: "ok", failed: "bad", cancelled: "idle", interrupted: "warn" };

export function DownloadsPage() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const errorText = useErrorText();
  const words = useJobWords();
  const { asked, paging } = useAsked("state");
  const jobs = useJobs(asked.page, asked.page_size);
  const [shown, setShown] = useState<Job | null>(null);
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (order: () => Promise<unknown>) => order(),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.jobs }),
    onError: (error) => void message.error(errorText(error instanceof ApiError ? error.code : "")),
  });
  const download = async (job: Job) => {
    const got = await fetchJobFile(job.id);
    if ("file" in got) saveFile(got.file, got.name);
  };
  const remove = (job: Job) =>
    modal.confirm({
      title: t("jobs.removeTitle", { name: words.name(job) }),
      content: t("jobs.removeWhat"),
      okText: t("catalog.delete"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      onOk: () => act.mutateAsync(() => removeJob(job.id)),
    });
  const actionsOf = (job: Job): RowAction[] => [
    ...(job.file ? [{ name: "download", label: t(job.kind === "import" ? "jobs.errorFile" : "jobs.download"), run: () => act.mutate(() => download(job)) }] : []),
    ...(job.result && !isOpen(job) ? [{ name: "result", label: t("jobs.result"), run: () => setShown(job) }] : []),
    ...(isOpen(job)
      ? [{ name: "cancel", label: t("jobs.cancel"), run: () => act.mutate(() => cancelJob(job.id)) }]
      : [{ name: "delete", label: t("catalog.delete"), danger: true, run: () => remove(job) }]),
  ];
  const state = (job: Job) => (
    <Chip bare tone={tones[job.state]} title={words.reason(job)} testId="job-state">
      {t(`jobs.states.${job.state}`)}
    </Chip>
  );
  const columns: Column<Job>[] = [
    { key: "name", title: t("jobs.name"), always: true, width: 200, ellipsis: true, render: (_, job) => words.name(job) },
    { key: "kind", title: t("jobs.kind"), width: 72, render: (_, job) => t(`jobs.kinds.${job.kind}`) },
    { key: "state", title: t("jobs.state"), width: 104, render: (_, job) => state(job) },
    { key: "progress", title: t("jobs.progress"), width: 140, render: (_, job) => <JobProgress job={job} /> },
    { key: "remark", title: t("jobs.remark"), width: 290, render: (_, job) => words.reason(job) || words.remark(job) || "\u2014" },
    { key: "size", title: t("jobs.size"), width: 84, align: "right", render: (_, job) => <span className="a-number">{job.bytes > 0 ? sizeText(job.bytes) : "\u2014"}</span> },
    { key: "at", title: t("jobs.at"), width: 170, render: (_, job) => <TimeText at={job.created_at} /> },
    { key: "who", title: t("jobs.who"), width: 90, ellipsis: true, dataIndex: "who" },
    {
      key: "actions",
      title: t("common.actions"),
      always: true,
      fixed: "right",
      width: 236,
      render: (_, job) => <RowActions actions={actionsOf(job)} />,
    },
  ];
  return (
    <>
      <ResourcePage
        name="downloads"
        title={t("jobs.title")}
        subtitle={t("jobs.subtitle")}
        columns={columns}
        rows={jobs.data?.rows}
        rowKey={(job) => job.id}
        rowTestId="job-row"
        loading={jobs.isFetching && !jobs.data?.rows.some(isOpen)}
        error={jobs.error}
        onReload={() => void jobs.refetch()}
        card={(job) => (
          <>
            <div className="a-row-card-body">
              <span className="a-row-card-head">
                <b>{words.name(job)}</b>
                {state(job)}
              </span>
              <JobProgress job={job} />
              <span className="a-muted">
                {t(`jobs.kinds.${job.kind}`)} · <TimeText at={job.created_at} />
              </span>
              {(words.reason(job) || words.remark(job)) && <span>{words.reason(job) || words.remark(job)}</span>}
            </div>
            <ActionSheet title={words.name(job)} actions={actionsOf(job)} />
          </>
        )}
        empty={<EmptyState title={t("jobs.empty")} hint={t("jobs.emptyHint")} />}
        paging={paging(jobs.data?.total ?? 0)}
      />
      {shown?.result && (
        <Modal open width={720} title={words.name(shown)} footer={null} onCancel={() => setShown(null)}>
          <JobResult result={shown.result} />
        </Modal>
      )}
    </>
  );
}
