// Pages and sums of a report.
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import type { Query } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { getReportPage, getReportTotals } from "@/lib/api/requests";
import type { ReportPage } from "@/types/api";

/** The platform looks through so much at a time; of a thin report it is asked again, at most so often for one page. */
const MOST_ASKED = 8;

export const useReportPage = (report: string, query: Query, before: string | undefined, limit: number) =>
  useQuery({
    queryKey: keys.reportPage(report, { ...query, before, limit }),
    queryFn: async ({ signal }): Promise<ReportPage> => {
      let page = await getReportPage(report, { ...query, before, limit }, { signal });
      for (let asked = 1; asked < MOST_ASKED && page.next && page.rows.length < limit; ++asked) {
        const more = await getReportPage(report, { ...query, before: page.next, limit: limit - page.rows.length }, { signal });
        page = { ...more, rows: [...page.rows, ...more.rows] };
      }
      return page;
    },
    placeholderData: keepPreviousData,
  });

export const useReportTotals = (report: string, query: Query, enabled: boolean) =>
  useQuery({
    queryKey: keys.reportTotals(report, query),
    queryFn: ({ signal }) => getReportTotals(report, query, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
