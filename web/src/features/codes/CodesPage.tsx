// 二维码: the codes of a list's current query as a sheet to print, single pictures, and a workbook.
import { DownloadOutlined, FileExcelOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button, Input, Progress, Segmented, Tooltip } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";

import { codeUrl, isKind, MOST_CODES, pagesOf, TEMPLATES, type Code, type Kind, type Template } from "./codes";
import { fileName, pictureOf, pngOf, save } from "@/lib/qr-picture";
import { questionOf, useCodes } from "./useCodes";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { publicAddress } from "@/lib/public-address";
import { useRemembered } from "@/lib/storage";

export function CodesPage() {
  const { kind } = useParams();
  const { t } = useTranslation();
  if (!isKind(kind)) return <EmptyState title={t("notFound.title")} hint={t("notFound.hint")} />;
  return <Codes key={kind} kind={kind} />;
}

function Codes({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const codes = useCodes(kind, questionOf(parameters));
  const template = TEMPLATES.find(({ name }) => name === parameters.get("template")) ?? TEMPLATES[0]!;
  const [typed, setTyped] = useRemembered("codes.address", location.origin);
  const address = publicAddress(typed);
  const choose = (name: string) => {
    parameters.set("template", name);
    setParameters(parameters, { replace: true });
  };
  const rows = codes.data?.rows ?? [];
  return (
    <div className="a-codes" data-testid="page-codes">
      <header className="a-page-head a-no-print">
        <div>
          <h1>{t("codes.title", { what: t(`codes.kinds.${kind}`) })}</h1>
          {codes.data && <p>{t("codes.count", { n: rows.length, pages: Math.ceil(rows.length / (template.across * template.down)) })}</p>}
        </div>
        <div className="a-page-tools">
          <Segmented
            aria-label={t("codes.template")}
            value={template.name}
            options={TEMPLATES.map(({ name, across, down }) => ({ value: name, label: t(`codes.templates.${name}`, { n: across * down }) }))}
            onChange={choose}
          />
          <Workbook kind={kind} codes={rows} address={address} />
          <Button type="primary" icon={<PrinterOutlined />} disabled={!address || rows.length === 0} onClick={() => print()} data-testid="codes-print">
            {t("codes.print")}
          </Button>
        </div>
      </header>
      <label className="a-codes-address a-no-print">
        <span>{t("codes.address")}</span>
        <Input value={typed} status={address ? "" : "error"} onChange={({ target }) => setTyped(target.value)} data-testid="codes-address" />
        <small className={address ? "a-muted" : "a-tone-text-bad"}>{t(address ? "codes.addressHint" : "codes.addressWrong")}</small>
      </label>
      {codes.data && codes.data.total > MOST_CODES && <p className="a-tone-text-warn a-no-print">{t("codes.tooMany", { n: codes.data.total, most: MOST_CODES })}</p>}
      {codes.error && <ErrorNotice error={codes.error} what="load" onRetry={() => void codes.refetch()} />}
      {codes.isPending && <PageSkeleton />}
      {codes.data && rows.length === 0 && <EmptyState title={t("codes.none")} hint={t("codes.noneHint")} />}
      {address &&
        pagesOf(rows, template).map((page) => (
          <section key={page[0]!.id} className="a-codes-page" style={{ gridTemplateColumns: `repeat(${template.across}, 1fr)`, gridTemplateRows: `repeat(${template.down}, 1fr)` }}>
            {page.map((code) => (
              <Label key={code.id} code={code} template={template} url={codeUrl(address, kind, code.id)} />
            ))}
          </section>
        ))}
    </div>
  );
}

function Label({ code, template, url }: { code: Code; template: Template; url: string }) {
  const { t } = useTranslation();
  const [picture, setPicture] = useState<string>();
  useEffect(() => {
    let current = true;
    void pictureOf(url).then((canvas) => current && setPicture(canvas.toDataURL()));
    return () => {
      current = false;
    };
  }, [url]);
  const name = [code.site, code.title].filter(Boolean).join(" ");
  const download = async () => save(await pngOf(await pictureOf(url)), `${fileName(`${code.title}-${code.number}`)}.png`);
  const size = `${template.code_mm}mm`;
  return (
    <article className={`a-code a-code-${template.name}`} data-testid="code" data-url={url}>
      {picture ? <img src={picture} alt={t("codes.of", { name })} style={{ width: size, height: size }} /> : <span style={{ width: size, height: size }} />}
      <div className="a-code-text">
        <small>{code.site}</small>
        <strong>{code.title}</strong>
        {code.number && !code.title.includes(code.number) && <span className="a-number">{code.number}</span>}
        {template.withHint && <small>{t("codes.scan")}</small>}
        <Tooltip title={t("codes.download")}>
          <Button className="a-no-print" size="small" icon={<DownloadOutlined />} aria-label={`${t("codes.download")} ${name}`} onClick={() => void download()} data-testid="code-download" />
        </Tooltip>
      </div>
    </article>
  );
}

function Workbook({ kind, codes, address }: { kind: Kind; codes: Code[]; address: string | null }) {
  const { t } = useTranslation();
  const [done, setDone] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stopped = useRef(false);
  useEffect(() => () => void (stopped.current = true), []);
  const make = async () => {
    stopped.current = false;
    setError(null);
    setDone(0);
    try {
      const words = { site: t("codes.columns.site"), title: t("codes.columns.title"), number: t("codes.columns.number"), picture: t("codes.columns.picture"), url: t("codes.columns.url") };
      const { workbookOf } = await import("./workbook");
      const file = await workbookOf(codes, kind, address!, words, setDone, () => stopped.current);
      if (file) save(file, `${fileName(t("codes.title", { what: t(`codes.kinds.${kind}`) }))}.xlsx`);
    } catch (failure) {
      setError(failure);
    }
    setDone(null);
  };
  if (done !== null) {
    return (
      <span className="a-codes-progress">
        <Progress percent={Math.round((100 * done) / codes.length)} size="small" style={{ width: 140 }} aria-label={t("codes.excel")} />
        <Button size="small" onClick={() => (stopped.current = true)}>
          {t("common.cancel")}
        </Button>
      </span>
    );
  }
  return (
    <Tooltip title={error ? t("codes.excelFailed") : undefined} open={error ? true : undefined}>
      <Button icon={<FileExcelOutlined />} danger={Boolean(error)} disabled={!address || codes.length === 0} onClick={() => void make()} data-testid="codes-excel">
        {t("codes.excel")}
      </Button>
    </Tooltip>
  );
}
