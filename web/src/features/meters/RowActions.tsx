// Two buttons and the rest under 更多; on a phone one button opens a sheet with large targets.
import { DownOutlined, MoreOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { actionsFor } from "./actions";
import type { OpenDialog } from "./MeterDialogs";
import { Drawer } from "@/components/Dialog";
import { useCan } from "@/lib/hooks";
import type { MeterRow } from "@/types/api";

type Props = { meter: MeterRow; onDialog: OpenDialog };

export function RowActions({ meter, onDialog }: Props) {
  const { t } = useTranslation();
  const actions = actionsFor(meter, useCan());
  const first = actions.slice(0, 2);
  const rest = actions.slice(2);
  return (
    <span className="a-row-actions">
      {first.map(({ dialog, name }) => (
        <Button key={name} type="link" size="small" data-testid={`row-${name}`} onClick={() => onDialog(meter.id, dialog)}>
          {t(`meter.buttons.${name}`)}
        </Button>
      ))}
      {rest.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: rest.map(({ dialog, name, danger }) => ({
              key: dialog,
              label: <span data-testid={`row-${name}`}>{t(`meter.buttons.${name}`)}</span>,
              danger,
            })),
            onClick: ({ key, domEvent }) => {
              domEvent.stopPropagation();
              onDialog(meter.id, key as (typeof rest)[number]["dialog"]);
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

export function ActionSheet({ meter, onDialog }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const actions = actionsFor(meter, useCan());
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
      <Drawer
        placement="bottom"
        size="auto"
        title={meter.name}
        open={open}
        onClose={() => setOpen(false)}
        className="a-sheet"
        destroyOnHidden
      >
        {actions.map(({ dialog, name, danger }) => (
          <button
            key={name}
            type="button"
            className={`a-sheet-item${danger ? " a-tone-text-bad" : ""}`}
            data-testid={`row-${name}`}
            onClick={() => {
              setOpen(false);
              onDialog(meter.id, dialog);
            }}
          >
            {t(`meter.buttons.${name}`)}
          </button>
        ))}
      </Drawer>
    </>
  );
}
