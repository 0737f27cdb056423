// A report as the platform describes it: search by words, site, period and its choices; rows newest first, page by page; sums below.
// Knows none of them by name.
import { CloseOutlined, FileSearchOutlined, LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Form, Select, Tag } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";

import { askedOf, daysOf, MOST_DAYS, narrowed, parametersOf, queryOf, searchColumns, type Asked } from "./asked";
import { isNumber, ReportValue } from "./cells";
import { useReportPage, useReportTotals } from "./hooks";
import { DayInput } from "@/components/DayInput";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { FilterCard, FilterItem } from "@/components/FilterCard";
import { ExportButton } from "@/components/ExportButton";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { SinceNote } from "@/components/SinceNote";
import { TimeText } from "@/components/TimeText";
import { useLabel } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { useReports } from "@/lib/api/queries";
import { useCan, useNow, useOffset, useSites } from "@/lib/hooks";
import { useProject } from "@/lib/project";
import { textWidth } from "@/lib/text-width";
import { formatDay } from "@/lib/time";
import type { Report, ReportRow } from "@/types/api";

export function ReportPage() {
  const { t } = useTranslation();
  const { report: name } = useParams();
  const reports = useReports();
  const report = reports.data?.reports.find((each) => each.name === name);
  if (report) return <OneReport key={report.name} report={report} />;
  if (reports.error) return <ErrorNotice error={reports.error} what="load" onRetry={() => void reports.refetch()} />;
  if (!reports.data) return <PageSkeleton rows={10} />;
  return <EmptyState icon={<FileSearchOutlined />} title={t("report.none")} hint={t("report.noneHint")} />;
}

function OneReport({ report }: { report: Report }) {
  const can = useCan();
  const { t } = useTranslation();
  const label = useLabel();
  const [parameters, setParameters] = useSearchParams();
  const project = useProject();
  const asked = useMemo(() => {
    const query = askedOf(report, parameters);
    return { ...query, site: query.site ?? project };
  }, [report, parameters, project]);
  const offset = useOffset(asked.site);
  const today = formatDay(useNow(3_600_000), offset);
  const query = useMemo(() => queryOf(report, asked, today, offset), [report, asked, today, offset]);
  // Where each page begins, the first one nowhere; forgotten with the question.
  const question = JSON.stringify([query, asked.size]);
  const [place, setPlace] = useState<{ question: string; starts: string[] }>({ question, starts: [] });
  const starts = place.question === question ? place.starts : [];
  const turn = (to: string[]) => setPlace({ question, starts: to });
  const page = useReportPage(report.name, query, starts.at(-1), asked.size);
  const totals = useReportTotals(report.name, query, report.sums);
  const change = (next: Asked) => setParameters(parametersOf(next));
  const columns = report.columns.map(
    (column, index): Column<ReportRow> => ({
      key: column.name,
      title: label(column.label),
      width: widthOf(column, label(column.label)),
      align: isNumber(column) ? "right" : undefined,
      ellipsis: column.type === "text",
      always: index === 0,
      fixed: index === 0 ? "left" : undefined,
      onHeaderCell: () => ({ title: column.help && label(column.help) }),
      render: (_, row) => <ReportValue column={column} value={row[column.name]} row={row} />,
    }),
  );
  const [first, ...facts] = report.columns;
  return (
    <ResourcePage
      name={`report-${report.name}`}
      title={label(report.label)}
      subtitle={label(report.hint)}
      actions={can(`${report.right}:export`) && <ExportButton path={`/reports/${report.name}`} query={query} />}
      filters={<ReportFilters report={report} asked={asked} today={today} onChange={change} />}
      columns={columns}
      rows={page.data?.rows}
      rowKey={(row) => row.key}
      rowTestId="report-row"
      loading={page.isFetching}
      error={tooWide(page.error) ?? totals.error}
      onReload={() => {
        void page.refetch();
        if (report.sums) void totals.refetch();
      }}
      card={(row) => (
        <div className="a-row-card-body">
          <span className="a-row-card-head">
            <b>
              <ReportValue column={first!} value={row[first!.name]} row={row} />
            </b>
          </span>
          <span className="a-card-facts">
            {facts
              .filter(({ name }) => row[name] !== null && row[name] !== "")
              .map((column) => (
                <span key={column.name}>
                  <small>{label(column.label)}</small>
                  <ReportValue column={column} value={row[column.name]} row={row} />
                </span>
              ))}
          </span>
        </div>
      )}
      empty={
        page.data?.next ? (
          <EmptyState
            title={t("report.notYet")}
            hint={t("report.notYetHint")}
            action={<Button onClick={() => turn([...starts, page.data!.next!])}>{t("report.goOn")}</Button>}
          />
        ) : (
          <EmptyState
            title={t(starts.length > 0 ? "report.noMore" : "report.empty")}
            hint={t(report.period ? "report.emptyHint" : "report.emptyHintNow")}
            action={narrowed(asked) && <Button onClick={() => setParameters(new URLSearchParams())}>{t("common.reset")}</Button>}
          />
        )
      }
      below={
        <footer className="a-report-foot">
          {report.sums && totals.data && <Totals report={report} totals={totals.data} of={asked.choices} />}
          <span className="a-grow" />
          <SinceNote since={page.data?.since} />
          {page.data?.next && page.data.through !== null && (
            <small className="a-muted">
              {t("report.through")} <TimeText at={page.data.through} />
            </small>
          )}
          <Select
            value={asked.size}
            options={[20, 50, 100].map((value) => ({ value, label: t("report.size", { n: value }) }))}
            onChange={(size) => change({ ...asked, size })}
            aria-label={t("report.sizeLabel")}
          />
          <Button icon={<LeftOutlined />} disabled={starts.length === 0} onClick={() => turn(starts.slice(0, -1))} data-testid="report-newer">
            {t("report.newer")}
          </Button>
          <span className="a-number" data-testid="report-page">
            {t("report.page", { n: starts.length + 1 })}
          </span>
          <Button
            icon={<RightOutlined />}
            iconPlacement="end"
            disabled={!page.data?.next || page.isPlaceholderData}
            onClick={() => turn([...starts, page.data!.next!])}
            data-testid="report-older"
          >
            {t("report.older")}
          </Button>
        </footer>
      }
    />
  );
}

/** A period that the console let pass and the platform refuses reaches too many meters and days. */
const tooWide = (error: Error | null) =>
  error instanceof ApiError && error.code === "bad_field" && error.field === "from" ? new ApiError("too_wide", error.status, error.message) : error;

/** of: what was chosen: the kind of meter says what quantities are in */
type TotalsProps = { report: Report; totals: { over: boolean; rows?: number; sums?: Record<string, string | number> }; of: Asked["choices"] };

function Totals({ report, totals, of }: TotalsProps) {
  const { t } = useTranslation();
  const label = useLabel();
  if (totals.over) return <span className="a-muted">{t("report.over")}</span>;
  return (
    <span className="a-report-sums" data-testid="report-sums">
      <b>{t("report.total", { n: totals.rows ?? 0 })}</b>
      {report.columns
        .filter(({ sum }) => sum)
        .map((column) => (
          <span key={column.name}>
            <small>{label(column.label)}</small> <ReportValue column={column} value={totals.sums?.[column.name]} row={{ key: "", ...of }} />
          </span>
        ))}
    </span>
  );
}

type FilterProps = { report: Report; asked: Asked; today: string; onChange: (asked: Asked) => void };
type Values = { search?: string; site?: string; from?: string; to?: string } & Record<string, string | undefined>;

function ReportFilters({ report, asked, today, onChange }: FilterProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const sites = useSites().data ?? [];
  const [form] = Form.useForm<Values>();
  const columns = searchColumns(report);
  const days = daysOf(asked, today);
  useEffect(() => {
    form.setFieldsValue({
      search: asked.search ?? "",
      site: asked.site,
      from: report.period ? days.from : undefined,
      to: report.period ? days.to : undefined,
      ...Object.fromEntries(searchColumns(report).map(({ name }) => [name, asked.choices[name]])),
    });
  }, [form, report, asked, days.from, days.to]);
  return (
    <FilterCard<Values>
      form={form}
      placeholder={label(report.words)}
      narrowed={narrowed({ ...asked, search: undefined })}
      onSearch={({ search, site, from, to, ...choices }) =>
        onChange({
          search: search?.trim() || undefined,
          site,
          meter: asked.meter,
          // The usual week is not written into the address: tomorrow it is another one.
          from: from === days.from && !asked.from ? undefined : from,
          to: to === days.to && !asked.to ? undefined : to,
          choices: Object.fromEntries(Object.entries(choices).filter((each): each is [string, string] => Boolean(each[1]))),
          size: asked.size,
        })
      }
      onReset={() => onChange({ choices: {}, size: asked.size })}
      sheet={report.period && <small className="a-muted">{t("report.mostDays", { n: MOST_DAYS })}</small>}
    >
      {asked.meter !== undefined && (
        <Tag closable closeIcon={<CloseOutlined />} onClose={() => onChange({ ...asked, meter: undefined })}>
          {t("report.oneMeter")}
        </Tag>
      )}
      {sites.length > 1 && (
        <FilterItem name="site" label={t("catalog.site")}>
          <Select allowClear showSearch={{ optionFilterProp: "label" }} options={sites.map(({ id, name }) => ({ value: id, label: name }))} />
        </FilterItem>
      )}
      {report.period && (
        <>
          <FilterItem name="from" label={t("report.from")}>
            <DayInput />
          </FilterItem>
          <FilterItem name="to" label={t("report.to")}>
            <DayInput />
          </FilterItem>
        </>
      )}
      {columns.map((column) => (
        <FilterItem key={column.name} name={column.name} label={label(column.label)}>
          <Select allowClear options={column.choices!.map((choice) => ({ value: choice.value, label: label(choice.label) }))} />
        </FilterItem>
      ))}
    </FilterCard>
  );
}

/** Room for the head, and for what the type usually needs. */
function widthOf(column: Report["columns"][number], head: string): number {
  const needs = { time: 168, day: 104, meter: 128, text: 116, choice: 96, count: 80, money: 104, quantity: 104, price: 90 }[column.type];
  return Math.round(Math.max(needs, textWidth(head) + 24));
}
