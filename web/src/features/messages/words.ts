// Kinds and states of messages in words.
import { useTranslation } from "react-i18next";

import type { Tone } from "@/components/Chip";
import type { DeliveryState, MessageKind } from "@/types/messages";

export function useKindName(): (kind: MessageKind) => string {
  const { t } = useTranslation();
  return (kind) => t(`messages.kinds.${kind}`, { defaultValue: kind });
}

export const toneOf: Record<DeliveryState, Tone> = { pending: "warn", sending: "warn", sent: "ok", failed: "bad", given_up: "bad", no_package: "bad", no_provider: "bad" };

const TONES: Partial<Record<MessageKind, Tone>> = {
  low_balance_1: "warn", low_balance_2: "warn", reading_quarantined: "warn", no_use: "warn", night_flow: "warn", use_jump: "warn", sms_low: "warn",
  cut_off: "bad", command_unanswered: "bad", gateway_offline: "bad", meter_unreachable: "bad", use_while_cut: "bad", sms_empty: "bad",
  reconnected: "ok",
};
/** How grave a message is. */
export const toneOfKind = (kind: MessageKind): Tone => TONES[kind] ?? "brand";

/** Why a message did not leave: a word of ours, or the number that a server answered. */
export function useReason(): (error: string) => string {
  const { t } = useTranslation();
  return (error) => {
    const [, by, n] = /^(http|smtp)_(\d+)$/.exec(error) ?? [];
    return by ? t(`messages.answered.${by}`, { n }) : t(`messages.reasons.${error}`, { defaultValue: error });
  };
}

/** A person may send it again. */
export const mayResend = (state: DeliveryState) => state === "failed" || state === "given_up" || state === "no_package" || state === "no_provider";
