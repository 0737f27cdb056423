// 命令记录: every order with its way, who asked and why.
import { ThunderboltOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Popconfirm } from "antd";

import { RecordTable, type RecordColumn } from "./RecordTable";
import { CommandTimeline } from "@/components/CommandTimeline";
import { EmptyState } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { useErrorText } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { useCommands } from "@/lib/api/queries";
import { cancelCommand } from "@/lib/api/requests";
import { useCan } from "@/lib/hooks";
import { useRemembered } from "@/lib/storage";
import { useKindTexts } from "@/lib/units";
import type { CommandRow } from "@/types/api";

export function CommandsTab({ meter }: { meter: number }) {
  const { t } = useKindTexts();
  const can = useCan();
  const [live, setLive] = useRemembered("commands.live", false);
  const commands = useCommands(meter, false, live);
  const cancellable = (row: CommandRow) => row.state === "queued" && can("meter:switch");
  const columns: RecordColumn<CommandRow>[] = [
    { key: "at", title: t("commands.at"), width: 168, render: (_, row) => <TimeText at={row.created_at} /> },
    { key: "kind", title: t("commands.kind"), width: 96, render: (_, row) => <b>{t(`commands.kinds.${row.kind}`)}</b> },
    { key: "state", title: t("commands.state"), width: 360, render: (_, row) => <CommandTimeline command={row} /> },
    {
      key: "cause",
      title: t("commands.cause"),
      width: 170,
      render: (_, row) => (
        <span>
          {t(`commands.causes.${row.cause}`)}
          {row.note && <small className="a-muted a-block">{row.note}</small>}
        </span>
      ),
    },
    { key: "by", title: t("commands.by"), width: 100, render: (_, row) => row.by || t("common.system") },
    {
      key: "actions",
      title: t("common.actions"),
      width: 80,
      onlyFor: cancellable,
      render: (_, row) => (cancellable(row) ? <Cancel command={row} meter={meter} /> : null),
    },
  ];
  return (
    <>
      <div className="a-tab-tools a-tab-tools-alone">
        <span className="a-grow" />
        <Checkbox checked={live} onChange={(event) => setLive(event.target.checked)}>
          {t("commands.showLive")}
        </Checkbox>
      </div>
      <RecordTable
        query={commands}
        columns={columns}
        rowKey={(row) => row.id}
        testId="commands"
        empty={<EmptyState small icon={<ThunderboltOutlined />} title={t("commands.empty")} hint={t("commands.emptyHint")} />}
      />
    </>
  );
}

function Cancel({ command, meter }: { command: CommandRow; meter: number }) {
  const { t } = useKindTexts();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelCommand(command.id),
    onSuccess: () => void message.success(t("commands.cancelled")),
    onError: (error) => void message.error(errorText(error instanceof ApiError ? error.code : "internal")),
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.meter(meter) }),
  });
  return (
    <Popconfirm title={t("commands.cancelTitle")} description={t("commands.cancelHint")} onConfirm={() => cancel.mutate()}>
      <Button type="link" size="small" loading={cancel.isPending}>
        {t("commands.cancel")}
      </Button>
    </Popconfirm>
  );
}
