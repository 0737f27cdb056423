// Brings a spreadsheet in: template, file, a check that writes nothing, then the import; what was refused comes back as a file.
import { DownloadOutlined, FileExcelOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { FileDrop } from "@/components/FileDrop";
import { Modal } from "@/components/Dialog";
import { useJobErrorText } from "@/components/ExportButton";
import { useJobWords } from "@/components/job-words";
import { JobProgress, JobResult } from "@/components/JobParts";
import { useLabel } from "@/components/words";
import { isOpen, useJob } from "@/lib/api/jobs";
import { keys } from "@/lib/api/keys";
import { fetchJobFile, fetchTemplate, importFile } from "@/lib/api/requests";
import { useCan, useSites } from "@/lib/hooks";
import { saveFile } from "@/lib/save-file";
import type { Job } from "@/types/api";
import type { Resource } from "@/types/catalog";

type Props = { resource: Resource; site: string | undefined; onClose: () => void };

/** What the platform takes at once. */
const MOST_BYTES = 20 * 1024 * 1024;

export function ImportDialog({ resource, site: first, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const label = useLabel();
  const can = useCan();
  const errorText = useJobErrorText();
  const words = useJobWords();
  const queries = useQueryClient();
  const sites = useSites().data ?? [];
  const [site, setSite] = useState(first);
  const [file, setFile] = useState<File | null>(null);
  const [update, setUpdate] = useState(false);
  const [begun, setBegun] = useState<Job | null>(null);
  const lang = i18n.language === "en" ? "en" : "zh";
  const into = site ?? (sites.length === 1 ? sites[0]!.id : undefined);
  const fail = (error: unknown) => void message.error(errorText(error));
  const job = useJob(begun?.id, ({ result }) => {
    if (result && !result.dry_run) void queries.invalidateQueries({ queryKey: keys.entries });
  });
  const current = begun && (job.data ?? begun);
  const working = current !== null && isOpen(current);
  const result = working ? null : current?.result;
  const checked = result?.dry_run ? result : null;
  const good = checked ? checked.created + checked.updated : 0;
  const run = useMutation({
    mutationFn: (dry_run: boolean) => importFile(resource.name, { site: into!, dry_run, update, name: file!.name, lang }, file!),
    onSuccess: (made) => {
      setBegun(made);
      void queries.invalidateQueries({ queryKey: keys.jobList({}).slice(0, 2) });
    },
    onError: fail,
  });
  const take = useMutation({
    mutationFn: (what: "template" | "errors") => (what === "template" ? fetchTemplate(resource.name, lang) : fetchJobFile(current!.id)),
    onSuccess: (got) => "file" in got && saveFile(got.file, got.name),
    onError: fail,
  });
  const choose = (chosen: File) => {
    if (chosen.size > MOST_BYTES) return void message.error(t("import.tooLarge"));
    setFile(chosen);
    setBegun(null);
  };
  const ready = file !== null && into !== undefined && !working && !run.isPending;
  const imported = result && !result.dry_run;
  return (
    <Modal
      open
      width={720}
      title={t("import.title", { name: label(resource.label, true) })}
      onCancel={onClose}
      footer={
        imported ? (
          <Button type="primary" onClick={onClose} data-testid="import-close">
            {t("common.close")}
          </Button>
        ) : (
          <>
            <Button onClick={() => run.mutate(true)} disabled={!ready} loading={run.isPending && run.variables} data-testid="import-check">
              {t(checked ? "import.checkAgain" : "import.check")}
            </Button>
            <Button type="primary" onClick={() => run.mutate(false)} disabled={!ready || !checked || good === 0} data-testid="import-run">
              {checked && good > 0 ? t("import.runGood", { n: good }) : t("import.run")}
            </Button>
          </>
        )
      }
      data-testid="import-dialog"
    >
      <div className="a-stack">
        <div className="a-import-template">
          <Button icon={<DownloadOutlined />} onClick={() => take.mutate("template")} loading={take.isPending && take.variables === "template"} data-testid="import-template">
            {t("import.template")}
          </Button>
          <span className="a-muted">{t("import.templateHint")}</span>
        </div>
        {sites.length > 1 && (
          <label className="a-import-site">
            <span>{t("import.site")}</span>
            <Select
              value={into}
              onChange={(next: string) => {
                setSite(next);
                setBegun(null);
              }}
              options={sites.map(({ id, name }) => ({ value: id, label: name }))}
              showSearch={{ optionFilterProp: "label" }}
            />
          </label>
        )}
        <FileDrop accept=".xlsx,.csv" onFile={choose} disabled={working} testId="import-file">
          <FileExcelOutlined className="a-drop-icon" />
          <b>{file ? file.name : t("import.drop")}</b>
          <small className="a-muted">{t("import.dropHint")}</small>
        </FileDrop>
        {can(`${resource.right}:edit`) && resource.actions.includes("edit") && (
          <Checkbox
            checked={update}
            disabled={working}
            onChange={(event) => {
              setUpdate(event.target.checked);
              setBegun(null);
            }}
          >
            {t("import.update")} <small className="a-muted">{t("import.updateHint")}</small>
          </Checkbox>
        )}
        {current && working && (
          <div role="status">
            <p>{t(current.result?.dry_run || run.variables ? "import.checking" : "import.running")}</p>
            <JobProgress job={current} />
            <p className="a-muted">{t("import.leave")}</p>
          </div>
        )}
        {current && !working && words.reason(current) && (
          <p className="a-import-failed" role="alert">
            {words.reason(current)}
          </p>
        )}
        {result && (result.created + result.updated + result.unchanged + result.failed > 0) && <JobResult result={result} />}
        {checked && good === 0 && current?.state === "done" && <p>{t("import.nothing")}</p>}
        {current?.file && (
          <Button icon={<DownloadOutlined />} onClick={() => take.mutate("errors")} loading={take.isPending && take.variables === "errors"} data-testid="import-errors">
            {t("jobs.errorFile")}
          </Button>
        )}
      </div>
    </Modal>
  );
}
