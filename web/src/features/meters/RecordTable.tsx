// A record, newest first, loaded piece by piece: a table with room, rows of pairs on a phone.
import type { UseInfiniteQueryResult, InfiniteData } from "@tanstack/react-query";
import { Button, Table } from "antd";
import type { ColumnType } from "antd/es/table";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { useIsPhone } from "@/lib/hooks";

export type RecordColumn<Row> = ColumnType<Row> & {
  key: string;
  title: string;
  render: (value: unknown, row: Row) => ReactNode;
  /** a row of which this is false has nothing here, and on a phone no line for it */
  onlyFor?: (row: Row) => boolean;
};

type Props<Row> = {
  query: UseInfiniteQueryResult<InfiniteData<{ rows: Row[] }>>;
  columns: RecordColumn<Row>[];
  rowKey: (row: Row) => string | number;
  empty: ReactNode;
  testId: string;
  rowClassName?: (row: Row) => string;
};

export function RecordTable<Row extends object>({ query, columns, rowKey, empty, testId, rowClassName }: Props<Row>) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  if (!query.data) {
    return query.error ? (
      <ErrorNotice error={query.error} what="load" onRetry={() => void query.refetch()} />
    ) : (
      <PageSkeleton rows={6} />
    );
  }
  const rows = query.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0 && !query.hasNextPage) return empty;
  const width = columns.reduce((sum, column) => sum + (typeof column.width === "number" ? column.width : 120), 0);
  return (
    <div className="a-stack" data-testid={testId}>
      {query.error && <ErrorNotice error={query.error} what="load" onRetry={() => void query.refetch()} stale />}
      {phone ? (
        rows.map((row) => (
          <dl key={rowKey(row)} className={`a-record ${rowClassName?.(row) ?? ""}`}>
            {columns.filter(({ onlyFor }) => onlyFor?.(row) ?? true).map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd>{column.render(undefined, row)}</dd>
              </div>
            ))}
          </dl>
        ))
      ) : (
        <Table<Row>
          size="small"
          pagination={false}
          columns={columns}
          dataSource={rows}
          rowKey={rowKey}
          rowClassName={rowClassName}
          scroll={{ x: width }}
        />
      )}
      {query.hasNextPage ? (
        <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("common.loadMore")}
        </Button>
      ) : (
        <small className="a-muted a-centered">{t("common.noMore")}</small>
      )}
    </div>
  );
}
