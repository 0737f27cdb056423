// 现在抄表: orders a reading and waits until its register has counted.
import { DashboardOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useState } from "react";

import { CommandTimeline } from "@/components/CommandTimeline";
import { ErrorNotice } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { keys } from "@/lib/api/keys";
import { useCommand } from "@/lib/api/queries";
import { orderCommand } from "@/lib/api/requests";
import { isUnderWay } from "@/lib/command-steps";
import { useNow } from "@/lib/hooks";
import { newId } from "@/lib/ids";
import { useKindTexts } from "@/lib/units";
import type { Register } from "@/types/account";
import type { Meter } from "@/types/api";

/** A register counts at once; a refused one never does. */
const PATIENCE_MS = 15_000;
/** An older register is worth reading again before money moves. */
const FRESH_MS = 15 * 60_000;

export function useReadNow(meter: number) {
  const queries = useQueryClient();
  const now = useNow(1000);
  /** when the register was read that is shown while the order is placed */
  const [since, setSince] = useState<number | null>(null);
  const order = useMutation({
    mutationFn: () => orderCommand(meter, { id: newId(), kind: "read" }),
    onSuccess: (command) => {
      queries.setQueryData(keys.command(command.id), command);
      void queries.invalidateQueries({ queryKey: keys.commands(meter) });
    },
  });
  const command = useCommand(order.data?.id ?? null).data;
  const ended = command !== undefined && !isUnderWay(command.state);
  const failed = order.isError || (ended && command.state !== "verified");
  const late = ended && !failed && now > (command.ended_at ?? command.created_at) + PATIENCE_MS;
  return {
    /** a register newer than this is waited for */
    newerThan: failed || late ? null : since,
    since,
    command,
    error: order.error,
    failed,
    late,
    place: (register: Register) => {
      setSince(register.at);
      order.mutate();
    },
  };
}

type Props = { meter: Meter; register: Register; reading: ReturnType<typeof useReadNow>; disabled?: boolean };

export function ReadNow({ meter, register, reading, disabled }: Props) {
  const { t } = useKindTexts();
  const now = useNow(10_000);
  const { since, command, failed, late, error } = reading;
  const arrived = since !== null && register.at > since;
  const waiting = since !== null && !arrived && !failed && !late;
  const old = now - register.at > FRESH_MS;
  return (
    <div className="a-read-now" data-testid="read-now" data-state={waiting ? "waiting" : arrived ? "arrived" : failed || late ? "failed" : "idle"}>
      <span className={old ? "a-tone-text-warn" : "a-muted"}>
        {t("account.registerFrom")} <TimeText at={register.at} ago site={meter.site} />
        {old && ` \u00b7 ${t("account.registerOld")}`}
      </span>
      <Button size="small" icon={<DashboardOutlined />} loading={waiting} disabled={disabled || waiting} onClick={() => reading.place(register)} data-testid="read-now-place">
        {t("account.readNow")}
      </Button>
      {error && <ErrorNotice error={error} what="order" />}
      {command && !arrived && <CommandTimeline command={command} />}
      {arrived && <Alert type="success" showIcon title={t("account.readArrived")} />}
      {waiting && !meter.reachable && <Alert type="warning" showIcon title={t("header.deadHint")} />}
      {(failed || late) && !arrived && <Alert type="warning" showIcon title={t(late ? "account.readRefused" : "account.readFailed")} />}
    </div>
  );
}
