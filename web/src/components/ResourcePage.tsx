// The list page everybody knows: search card, button row, table, paging. The table scrolls, the page does not; on a
// phone rows are cards and the actions of a row come up from below.
import { ColumnHeightOutlined, ReloadOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Pagination, Popover, Skeleton, Table, Tooltip } from "antd";
import type { ColumnType } from "antd/es/table";
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "./feedback";
import { useIsPhone } from "@/lib/hooks";
import { useRemembered } from "@/lib/storage";

export type Column<Row> = ColumnType<Row> & {
  key: string;
  title: string;
  /** cannot be hidden: the first column and the actions */
  always?: boolean;
};

type Props<Row> = {
  /** also the name under which columns and density are remembered */
  name: string;
  title: string;
  subtitle?: string;
  actions?: ReactNode;
  filters?: ReactNode;
  columns: Column<Row>[];
  rows: Row[] | undefined;
  rowKey: (row: Row) => string | number;
  loading: boolean;
  error?: unknown;
  onReload: () => void;
  onOpen?: (row: Row) => void;
  /** for columns with `sorter`: the head of one was clicked; no order: none is wanted any more */
  onSort?: (column: string, order: "ascend" | "descend" | null | undefined) => void;
  card: (row: Row) => ReactNode;
  empty: ReactNode;
  paging?: { page: number; size: number; sizes?: number[]; total: number; onChange: (page: number, size: number) => void };
  below?: ReactNode;
  rowTestId?: string;
};

export function ResourcePage<Row extends object>(props: Props<Row>) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { name, title, subtitle, rows, loading, error, paging } = props;
  const [hidden, setHidden] = useRemembered<string[]>(`${name}.hidden`, []);
  const [dense, setDense] = useRemembered<boolean>(`${name}.dense`, true);
  // Rows went away, or the address names a page that never was: the last one is meant.
  const lost = !loading && paging && rows?.length === 0 && paging.total > 0 && paging.page > 1 ? paging : null;
  useEffect(() => {
    if (lost) lost.onChange(Math.ceil(lost.total / lost.size), lost.size);
  });
  return (
    <div className="a-resource" data-testid={`page-${name}`}>
      <header className="a-page-head">
        <div>
          <h1>{title}</h1>
          {subtitle && !phone && <p>{subtitle}</p>}
        </div>
        <div className="a-page-tools">
          {props.actions}
          <Tooltip title={t("common.refresh")}>
            <Button
              icon={<ReloadOutlined spin={loading} />}
              onClick={props.onReload}
              aria-label={t("common.refresh")}
              data-testid="list-refresh"
            />
          </Tooltip>
          {!phone && (
            <>
              <Tooltip title={`${t("common.density")}: ${t(dense ? "common.compact" : "common.comfortable")}`}>
                <Button icon={<ColumnHeightOutlined />} onClick={() => setDense(!dense)} aria-label={t("common.density")} />
              </Tooltip>
              <ColumnChoice columns={props.columns} hidden={hidden} onChange={setHidden} />
            </>
          )}
        </div>
      </header>
      {props.filters}
      {Boolean(error) && <ErrorNotice error={error} what="load" onRetry={props.onReload} stale={Boolean(rows)} />}
      {!rows ? (
        // Without an answer nobody knows whether there is anything.
        !error && <ListSkeleton />
      ) : rows.length === 0 ? (
        <div className="a-card a-grow">{props.empty}</div>
      ) : phone ? (
        <div className="a-cards">
          {rows.map((row) => (
            <div key={props.rowKey(row)} className="a-card a-row-card" data-testid={props.rowTestId} data-id={props.rowKey(row)}>
              {props.card(row)}
            </div>
          ))}
        </div>
      ) : (
        <FittedTable {...props} rows={rows} hidden={hidden} dense={dense} />
      )}
      {paging && paging.total > 0 && (
        <Pagination
          className="a-paging"
          current={paging.page}
          pageSize={paging.size}
          total={paging.total}
          showSizeChanger={!phone}
          pageSizeOptions={paging.sizes ?? [10, 20, 50, 100]}
          showQuickJumper={!phone}
          simple={phone}
          showTotal={(n) => t("common.total", { n })}
          onChange={paging.onChange}
        />
      )}
      {props.below}
    </div>
  );
}

/** The head of a small or middle table, which the scrolling body has to leave room for. */
const HEAD_PX = 40;

function FittedTable<Row extends object>({
  columns,
  rows,
  rowKey,
  onOpen,
  onSort,
  hidden,
  dense,
  rowTestId,
}: Props<Row> & { rows: Row[]; hidden: string[]; dense: boolean }) {
  const frame = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(400);
  useLayoutEffect(() => {
    const element = frame.current!;
    const measure = () => setHeight(Math.max(160, element.clientHeight - HEAD_PX - 2));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  // Whoever has no mouse scrolls a table without links with the arrow keys.
  useEffect(() => frame.current?.querySelector(".ant-table-body")?.setAttribute("tabindex", "0"));
  const shown = columns.filter((column) => column.always || !hidden.includes(column.key));
  const width = shown.reduce((sum, column) => sum + (typeof column.width === "number" ? column.width : 140), 0);
  return (
    <div className="a-card a-table-frame" ref={frame}>
      <Table<Row>
        size={dense ? "small" : "middle"}
        columns={shown}
        dataSource={rows}
        rowKey={rowKey}
        pagination={false}
        scroll={{ x: width, y: height }}
        showSorterTooltip={false}
        onChange={(_pages, _filters, sorter) => {
          const { columnKey, order } = Array.isArray(sorter) ? sorter[0]! : sorter;
          onSort?.(String(columnKey), order);
        }}
        onRow={(row) => ({
          onClick: onOpen
            ? (event) => {
                // Buttons, links and menus inside a row have their own meaning.
                if (!(event.target as HTMLElement).closest("button,a,input,label,.ant-dropdown,.ant-modal,.ant-drawer")) onOpen(row);
              }
            : undefined,
          className: onOpen ? "a-openable" : "",
          "data-testid": rowTestId,
          "data-id": rowKey(row),
        })}
      />
    </div>
  );
}

function ColumnChoice<Row>({
  columns,
  hidden,
  onChange,
}: {
  columns: Column<Row>[];
  hidden: string[];
  onChange: (hidden: string[]) => void;
}) {
  const { t } = useTranslation();
  const free = columns.filter((column) => !column.always);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t("common.columns")}
      content={
        <Checkbox.Group
          className="a-column-choice"
          value={free.filter((column) => !hidden.includes(column.key)).map((column) => column.key)}
          options={free.map((column) => ({ label: column.title, value: column.key }))}
          onChange={(shown) => onChange(free.map((column) => column.key).filter((key) => !shown.includes(key)))}
        />
      }
    >
      <Button icon={<SettingOutlined />} aria-label={t("common.columns")} />
    </Popover>
  );
}

function ListSkeleton() {
  return (
    <div className="a-card a-grow a-skeleton" aria-busy="true">
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} active title={false} paragraph={{ rows: 1, width: "100%" }} />
      ))}
    </div>
  );
}
