// The life of one order: queued -> sent -> acked -> verified, with times; where it broke off is said in words.
import { CheckOutlined, CloseOutlined, LoadingOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import { useDuration } from "./TimeText";
import { useReason } from "./words";
import { useOffset } from "@/lib/hooks";
import { commandSteps } from "@/lib/command-steps";
import { formatClock, formatTime } from "@/lib/time";
import type { CommandRow } from "@/types/api";

export function CommandTimeline({ command, wide }: { command: CommandRow; wide?: boolean }) {
  const { t } = useTranslation();
  const offset = useOffset();
  const duration = useDuration();
  const reason = useReason();
  const steps = commandSteps(command);
  const ended = command.ended_at ? duration(command.ended_at - command.created_at) : "";
  return (
    <div className={`a-timeline${wide ? " a-timeline-wide" : ""}`} data-testid="command-timeline" data-state={command.state}>
      <ol>
        {steps.map((step) => (
          <Tooltip key={step.state} title={step.at ? formatTime(step.at, offset) : t(`commands.stateHints.${step.state}`)}>
            <li className={`a-step a-step-${step.look}`}>
              <span className="a-step-mark" aria-hidden>
                {step.look === "done" && <CheckOutlined />}
                {step.look === "now" && <LoadingOutlined />}
                {step.look === "broken" && <CloseOutlined />}
              </span>
              <span className="a-step-name">{t(`commands.states.${step.state}`)}</span>
              {wide && <span className="a-step-time a-number">{step.at ? formatClock(step.at, offset) : ""}</span>}
            </li>
          </Tooltip>
        ))}
      </ol>
      <div className="a-timeline-note">
        {command.reason ? reason(command.reason) : t(`commands.stateHints.${command.state}`)}
        {ended && command.state === "verified" ? ` · ${t("commands.took", { age: ended })}` : ""}
        {command.attempts > 1 ? ` · ${t("commands.attempts", { n: command.attempts })}` : ""}
        {command.escalated ? <b className="a-tone-text-bad"> · {t("commands.escalated")}</b> : null}
      </div>
    </div>
  );
}
