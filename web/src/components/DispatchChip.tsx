// 数据下发 of one meter: whether its gateway has it, by the gateway's own word.
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import { Chip, type Tone } from "./Chip";
import type { DispatchState } from "@/types/api";

const TONES: Record<DispatchState, Tone> = { prepared: "idle", dispatched: "brand", confirmed: "ok", refused: "bad", withdrawing: "brand" };

/** refusal: the gateway's reason, as it says it */
export function DispatchChip({ state, refusal }: { state: DispatchState; refusal?: string }) {
  const { t } = useTranslation();
  return (
    <Tooltip title={t(`concentrator.hints.${state}`, { reason: refusal ?? "" })}>
      <span data-testid="dispatch-state" data-state={state}>
        <Chip bare tone={TONES[state]}>
          {t(`concentrator.states.${state}`)}
        </Chip>
      </span>
    </Tooltip>
  );
}
