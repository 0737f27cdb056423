// The relay: what the meter reported, and beside it what we want where the two differ; greyed when the report is old.
import { DisconnectOutlined, PoweroffOutlined, QuestionOutlined, StopOutlined, SyncOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import { Chip, type Tone } from "./Chip";
import { SupplyIcon } from "./KindIcon";
import { useAgo } from "./TimeText";
import { relayTone } from "@/lib/meter-state";
import { useKindTexts } from "@/lib/units";
import type { MeterRow, Relay } from "@/types/api";
import { utilityOf } from "@/types/supply";

/** A bolt or a drop where there is supply; a switch, or a way that is barred, where there is none. */
function iconOf(reported: Relay, kind: MeterRow["kind"]) {
  switch (reported) {
    case "closed":
      return <SupplyIcon kind={kind} />;
    case "open":
      return utilityOf(kind) === "water" ? <StopOutlined /> : <PoweroffOutlined />;
    case "opening":
    case "awaiting_button":
      return <SyncOutlined />;
    case "unknown":
      return <QuestionOutlined />;
  }
}

type Props = {
  meter: Pick<
    MeterRow,
    "wanted" | "wanted_reason" | "reported" | "reported_at" | "reachable" | "pending_command" | "keep_power" | "kind" | "valve"
  >;
  testId?: string;
};

export function StateBadge({ meter, testId = "state-badge" }: Props) {
  const { t } = useKindTexts(meter);
  const ago = useAgo();
  const tone: Tone = relayTone(meter);
  if (!meter.valve) {
    return (
      <span className="a-state" data-testid={testId} data-reported="none">
        <Chip tone="idle">{t("supplying.noValve")}</Chip>
      </span>
    );
  }
  const differs = meter.reported !== meter.wanted;
  const reason = meter.wanted_reason === "none" ? "" : t(`meter.wantedReason.${meter.wanted_reason}`);
  const title = [
    t(`meter.relayHints.${meter.reported}`),
    meter.reported_at ? t("meter.stateFrom", { age: ago(meter.reported_at) }) : "",
    reason,
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <Tooltip title={title}>
      <span
        className={`a-state${meter.reachable ? "" : " a-stale"}`}
        data-testid={testId}
        data-reported={meter.reported}
        data-wanted={meter.wanted}
        data-reason={meter.wanted_reason}
      >
        <Chip tone={tone} icon={iconOf(meter.reported, meter.kind)}>
          {t(`meter.relays.${meter.reported}`)}
          {!differs && reason ? <span className="a-state-reason"> · {reason}</span> : null}
        </Chip>
        {differs && (
          <span className="a-state-wanted">
            <SyncOutlined spin={Boolean(meter.pending_command) && meter.reachable} aria-hidden />
            {t("meter.wantedBadge", { wanted: t(`meter.relays.${meter.wanted}`) })}
            {reason ? ` · ${reason}` : ""}
          </span>
        )}
      </span>
    </Tooltip>
  );
}

export function ReachBadge({ reachable, bare = true }: { reachable: boolean; bare?: boolean }) {
  const { t } = useTranslation();
  return (
    <Chip tone={reachable ? "ok" : "idle"} bare={bare} icon={reachable ? <span className="a-dot" /> : <DisconnectOutlined />}>
      {t(reachable ? "meter.reach.yes" : "meter.reach.no")}
    </Chip>
  );
}
