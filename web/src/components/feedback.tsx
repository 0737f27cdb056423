// Empty, loading and error, designed once: what would be here and the first step; shapes instead of spinners; what
// failed, what is unchanged and what to do.
import { InboxOutlined, ReloadOutlined } from "@ant-design/icons";
import { Alert, Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useDuration } from "./TimeText";
import { useErrorText, useFieldName } from "./words";
import { ApiError, outcomeUnknown } from "@/lib/api/client";

type EmptyProps = { title: string; hint: string; icon?: ReactNode; action?: ReactNode; small?: boolean };

export function EmptyState({ title, hint, icon, action, small }: EmptyProps) {
  return (
    <div className={`a-empty${small ? " a-empty-small" : ""}`} data-testid="empty-state">
      <span className="a-empty-icon" aria-hidden>
        {icon ?? <InboxOutlined />}
      </span>
      <strong>{title}</strong>
      <p>{hint}</p>
      {action}
    </div>
  );
}

type ErrorProps = {
  error: unknown;
  /** what was tried: load reads only, the others change something */
  what: "load" | "order" | "save" | "remove";
  onRetry?: () => void;
  /** older data are still shown below */
  stale?: boolean;
  /** instead of the sentence for the error's code */
  children?: ReactNode;
};

export function ErrorNotice({ error, what, onRetry, stale, children }: ErrorProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const fieldName = useFieldName();
  const duration = useDuration();
  if (!error) return null;
  const failure = error instanceof ApiError ? error : new ApiError("internal", 0, String(error));
  const field = failure.field ? fieldName(failure.field) : "";
  const unknown = outcomeUnknown(failure);
  return (
    <Alert
      className="a-error"
      data-testid="error-notice"
      type="error"
      showIcon
      title={t("failure.title", { what: t(`failure.${what}`) })}
      description={
        <>
          {children || (failure.code === "conflict" && field ? t("failure.taken", { field }) : errorText(failure.code))}
          {what !== "load" && !unknown ? " " + t("failure.unchanged") : ""}
          {failure.retryAfterS ? " " + t("failure.retryIn", { age: duration(failure.retryAfterS * 1000) }) : ""}
          {failure.code !== "conflict" && field ? " " + t("failure.field", { field }) : ""}
          {stale ? " " + t("failure.stale") : ""}
        </>
      }
      action={
        onRetry && (
          <Button size="small" icon={<ReloadOutlined />} onClick={onRetry}>
            {t("common.retry")}
          </Button>
        )
      }
    />
  );
}

export function PageSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className="a-skeleton" aria-busy="true">
      <Skeleton active title={{ width: "30%" }} paragraph={{ rows }} />
    </div>
  );
}

/** As high as the chart that comes, so that nothing jumps. Percents of that height; they mean nothing. */
const BARS = [38, 52, 46, 64, 58, 72, 49, 61, 80, 67, 55, 74, 43, 59, 69, 51];

export function ChartSkeleton({ height }: { height: number }) {
  return (
    <div className="a-chart-skeleton" style={{ height }} aria-busy="true" data-testid="chart-skeleton">
      {BARS.map((bar, index) => (
        <i key={index} style={{ height: `${bar}%` }} />
      ))}
    </div>
  );
}
