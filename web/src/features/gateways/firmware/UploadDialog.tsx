// A release into the platform: chosen or dropped, looked at here first, sent with its progress, judged by the platform.
import { FileZipOutlined } from "@ant-design/icons";
import { Alert, App, Button, Input, Progress } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useRefusal } from "./parts";
import { HEAD_BYTES, readHead, type FileHead, type FileProblem } from "./release-file";
import { Modal } from "@/components/Dialog";
import { FileDrop } from "@/components/FileDrop";
import { ErrorNotice } from "@/components/feedback";
import { uploadRelease, useReleaseChange } from "@/lib/api/releases";
import { sizeText } from "@/lib/file-size";

type Chosen = { file: File; head: FileHead } | { file: File; problem: FileProblem | "unreadable" };

async function look(file: File): Promise<Chosen> {
  try {
    const head = readHead(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()), file.size);
    return "problem" in head ? { file, problem: head.problem } : { file, head };
  } catch {
    return { file, problem: "unreadable" };
  }
}

export function UploadDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const refusal = useRefusal();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [note, setNote] = useState("");
  const [done, setDone] = useState(0);
  const stop = useRef<AbortController | null>(null);
  const newest = useRef<File | null>(null);
  const send = useReleaseChange(
    (file: File) => {
      stop.current = new AbortController();
      return uploadRelease(file, note.trim(), setDone, stop.current.signal);
    },
    ({ version, architecture }) => {
      void message.success(t("firmware.uploadDone", { version, architecture }));
      onClose();
    },
  );
  const head = chosen && "head" in chosen ? chosen.head : null;
  const take = (file: File) => {
    newest.current = file;
    send.reset();
    // Nothing is chosen until this one was looked at, and what comes late of an older one is not wanted any more.
    setChosen(null);
    void look(file).then((seen) => newest.current === file && setChosen(seen));
  };
  const submit = () => {
    if (!chosen || !head || send.isPending) return;
    setDone(0);
    send.mutate(chosen.file);
  };
  const stopped = send.error instanceof DOMException;
  return (
    <Modal
      open
      width={600}
      title={t("firmware.upload")}
      mask={{ closable: false }}
      onCancel={() => {
        stop.current?.abort();
        onClose();
      }}
      footer={
        send.isPending ? (
          <Button onClick={() => stop.current?.abort()} data-testid="release-stop">
            {t("firmware.stop")}
          </Button>
        ) : (
          <Button type="primary" disabled={!head} onClick={submit} data-testid="release-send">
            {t("firmware.send")}
          </Button>
        )
      }
      data-testid="release-dialog"
    >
      <div className="a-stack">
        <FileDrop accept=".anju" onFile={take} disabled={send.isPending} testId="release-file">
          <FileZipOutlined className="a-drop-icon" />
          <b className="a-file-name">{chosen ? chosen.file.name : t("firmware.drop")}</b>
          <small className="a-muted" data-testid="release-chosen">
            {chosen && head ? t("firmware.chosen", { ...head, size: sizeText(chosen.file.size) }) : t("firmware.dropHint")}
          </small>
        </FileDrop>
        {chosen && "problem" in chosen && <Alert type="error" showIcon title={t(`firmware.file.${chosen.problem}`)} data-testid="release-problem" />}
        {send.error && !stopped && (
          <ErrorNotice error={send.error} what="save">
            {refusal(send.error, "upload")}
          </ErrorNotice>
        )}
        <label className="a-field">
          <span>{t("firmware.note")}</span>
          <Input value={note} maxLength={200} disabled={send.isPending} placeholder={t("firmware.noteHint")} onChange={(event) => setNote(event.target.value)} onPressEnter={submit} data-testid="release-note" />
        </label>
        {send.isPending && (
          <div role="status">
            <p>{t(done < 1 ? "firmware.sending" : "firmware.checking")}</p>
            <Progress percent={Math.floor(done * 100)} status="active" aria-label={t("firmware.sending")} />
          </div>
        )}
      </div>
    </Modal>
  );
}
