// How an upgrade is said, on its page and on the gateway's own.
import { App, Button, Popconfirm, Progress } from "antd";
import { useTranslation } from "react-i18next";

import { canWithdraw, groupOf, isForgotten, isOver, percentOf, type Group } from "./upgrade";
import { Chip, type Tone } from "@/components/Chip";
import { useErrorText, useFieldName, useReason } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { useReleaseChange, withdrawUpgrade } from "@/lib/api/releases";
import { sizeText } from "@/lib/file-size";
import { useNow } from "@/lib/hooks";
import type { Upgrade } from "@/types/api";

export const toneOf: Record<Group, Tone> = { waiting: "idle", under_way: "brand", installed: "ok", rolled_back: "warn", failed: "bad", withdrawn: "idle" };

/** Why an upgrade waits or ended so. Some codes mean another thing here than of a meter. */
function useUpgradeReason() {
  const { t } = useTranslation();
  const reason = useReason();
  return (code: string): string => t(`firmware.reasons.${code}`, { defaultValue: reason(code) });
}

/** A refusal in words: what this page knows of it, else what every page says. gateways: those in the way, in words */
export function useRefusal() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const fieldName = useFieldName();
  return (error: unknown, what: "upload" | "remove" | "order" | "withdraw", gateways = ""): string => {
    const { code, field } = error instanceof ApiError ? error : { code: "internal", field: undefined };
    const own = [`${code}_${field}`, code].map((key) => t(`firmware.refused.${what}.${key}`, { defaultValue: "", gateways })).find(Boolean);
    if (own) return own;
    return errorText(code) + (field && fieldName(field) ? " " + t("failure.field", { field: fieldName(field) }) : "");
  };
}

export function StepChip({ upgrade }: { upgrade: Upgrade }) {
  const { t } = useTranslation();
  return (
    <Chip tone={toneOf[groupOf(upgrade.step)]} testId="upgrade-step" title={t(`firmware.stepHints.${upgrade.step}`, { defaultValue: "" })}>
      <span data-step={upgrade.step}>{t(`firmware.steps.${upgrade.step}`, { defaultValue: upgrade.step })}</span>
    </Chip>
  );
}

/** The step with its bar while bytes arrive, and why it ended as it did. hint: with a sentence of what that means */
export function UpgradeState({ upgrade, hint }: { upgrade: Upgrade; hint?: boolean }) {
  const { t } = useTranslation();
  const reason = useUpgradeReason();
  const percent = percentOf(upgrade);
  const forgotten = isForgotten(upgrade, useNow(30_000));
  return (
    <span className="a-upgrade">
      <span className="a-upgrade-step">
        <StepChip upgrade={upgrade} />
        {upgrade.reason && <span className={isOver(upgrade.step) ? "a-tone-text-bad" : "a-muted"}>{reason(upgrade.reason)}</span>}
      </span>
      {percent !== null && !isOver(upgrade.step) && (
        <span className="a-upgrade-bar">
          <Progress percent={percent} size="small" status="normal" strokeColor="var(--a-chart1)" aria-label={t(`firmware.steps.${upgrade.step}`, { defaultValue: upgrade.step })} />
          <small className="a-number a-muted">{t("firmware.received", { done: sizeText(upgrade.step === "downloading" ? upgrade.bytes : upgrade.size), size: sizeText(upgrade.size) })}</small>
        </span>
      )}
      {forgotten ? (
        <small className="a-tone-text-warn" data-testid="upgrade-forgotten">
          {t("firmware.forgotten")}
        </small>
      ) : (
        hint && <small className="a-muted">{t(`firmware.stepHints.${upgrade.step}`, { defaultValue: "" })}</small>
      )}
    </span>
  );
}

type WithdrawProps = { gateway: { id: string; name: string; upgrade?: Upgrade | null }; link?: boolean };

export function Withdraw({ gateway, link }: WithdrawProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const refusal = useRefusal();
  const now = useNow(30_000);
  // The row may leave the list before the answer is there, such as when the gateway goes on meanwhile; the answer is said all the same.
  const withdraw = useReleaseChange(
    () => withdrawUpgrade(gateway.id),
    () => void message.success(t("firmware.withdrawDone", { name: gateway.name })),
    (error) => void message.error(refusal(error, "withdraw")),
  );
  if (!gateway.upgrade || !canWithdraw(gateway.upgrade, now)) return null;
  return (
    <Popconfirm
      title={t("firmware.withdrawTitle", { name: gateway.name })}
      description={<span className="a-upgrade-withdraw">{t(isForgotten(gateway.upgrade, now) ? "firmware.withdrawForgotten" : "firmware.withdrawWhat")}</span>}
      okText={t("firmware.withdraw")}
      okButtonProps={{ danger: true, "data-testid": "upgrade-withdraw-confirm" }}
      cancelText={t("common.cancel")}
      onConfirm={() => withdraw.mutate(undefined)}
    >
      <Button danger type={link ? "link" : "default"} size={link ? "small" : "middle"} loading={withdraw.isPending} data-testid="upgrade-withdraw">
        {t("firmware.withdraw")}
      </Button>
    </Popconfirm>
  );
}
