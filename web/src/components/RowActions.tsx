// What can be done with a row: two buttons and the rest under 更多; on a phone one button opens a sheet with large targets.
import { DownOutlined, MoreOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Drawer } from "./Dialog";
import { textWidth } from "@/lib/text-width";

/** name: also the test handle, as `row-NAME` */
export type RowAction = { name: string; label: string; danger?: boolean; run: () => void };

/** How many are buttons of their own. */
const DIRECT = 2;

/** The column that these fit in, whatever the language: px. all: the actions of every row */
export function widthOfActions(all: Pick<RowAction, "label">[][] | undefined, more: string): number {
  const button = (label: string) => textWidth(label) + 14;
  const needs = (actions: Pick<RowAction, "label">[]) =>
    actions.slice(0, DIRECT).reduce((sum, { label }) => sum + button(label), actions.length > DIRECT ? button(more) + 16 : 0);
  return Math.max(96, ...(all ?? []).map((actions) => Math.ceil(needs(actions)) + 16));
}

export function RowActions({ actions }: { actions: RowAction[] }) {
  const { t } = useTranslation();
  const rest = actions.slice(DIRECT);
  return (
    <span className="a-row-actions">
      {actions.slice(0, DIRECT).map(({ name, label, danger, run }) => (
        <Button key={name} type="link" size="small" danger={danger} data-testid={`row-${name}`} onClick={run}>
          {label}
        </Button>
      ))}
      {rest.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: rest.map(({ name, label, danger }) => ({
              key: name,
              label: <span data-testid={`row-${name}`}>{label}</span>,
              danger,
            })),
            onClick: ({ key, domEvent }) => {
              domEvent.stopPropagation();
              rest.find(({ name }) => name === key)?.run();
            },
          }}
        >
          <Button type="link" size="small" data-testid="row-more">
            {t("common.more")} <DownOutlined style={{ fontSize: 10 }} />
          </Button>
        </Dropdown>
      )}
    </span>
  );
}

export function ActionSheet({ title, actions }: { title: string; actions: RowAction[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (actions.length === 0) return null;
  return (
    <>
      <Button
        className="a-touch"
        icon={<MoreOutlined />}
        aria-label={t("common.actions")}
        data-testid="row-more"
        onClick={() => setOpen(true)}
      />
      <Drawer placement="bottom" size="auto" title={title} open={open} onClose={() => setOpen(false)} className="a-sheet" destroyOnHidden>
        {actions.map(({ name, label, danger, run }) => (
          <button
            key={name}
            type="button"
            className={`a-sheet-item${danger ? " a-tone-text-bad" : ""}`}
            data-testid={`row-${name}`}
            onClick={() => {
              setOpen(false);
              run();
            }}
          >
            {label}
          </button>
        ))}
      </Drawer>
    </>
  );
}
