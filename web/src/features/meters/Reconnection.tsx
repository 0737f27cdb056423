// What becomes of a home that was cut off for arrears after its recharge: the close command, live, until verified.
import { Alert } from "antd";

import { CommandTimeline } from "@/components/CommandTimeline";
import { useCommands } from "@/lib/api/queries";
import { isUnderWay } from "@/lib/command-steps";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";

/** The order may be written a moment before the posting's time. */
const SLACK_MS = 5_000;

export function Reconnection({ meter, since }: { meter: Meter; since: number }) {
  const { t } = useKindTexts();
  const commands = useCommands(meter.id, true);
  const close = commands.data?.pages
    .flatMap((page) => page.rows)
    .find((command) => command.kind === "close" && command.created_at >= since - SLACK_MS);
  if (!close) return <Alert type="info" showIcon title={t("recharge.waiting")} data-testid="reconnection" data-state="waiting" />;
  const state = close.state;
  return (
    <div className="a-stack" data-testid="reconnection" data-state={state}>
      <Alert
        type={state === "verified" ? "success" : isUnderWay(state) ? "info" : "error"}
        showIcon
        title={t(
          state === "verified"
            ? "recharge.reconnected"
            : isUnderWay(state)
              ? "recharge.reconnecting"
              : "recharge.reconnectFailed",
        )}
      />
      <CommandTimeline command={close} wide />
      {!meter.reachable && isUnderWay(state) && <Alert type="warning" showIcon title={t("header.deadHint")} />}
    </div>
  );
}
