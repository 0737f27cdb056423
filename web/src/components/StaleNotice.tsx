// Somebody else changed what this dialog was opened with: says so and loads the latest, on top of which stays what was changed here.
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/lib/api/client";

/** Refused because of that; a conflict with a field is something else. */
export const isStale = (error: unknown) => error instanceof ApiError && error.code === "conflict" && !error.field;

type Props = { loading: boolean; onReload: () => void };

export function StaleNotice({ loading, onReload }: Props) {
  const { t } = useTranslation();
  return (
    <Alert
      className="a-error"
      type="warning"
      showIcon
      data-testid="entry-stale"
      title={t("catalog.staleTitle")}
      description={
        <div className="a-stack">
          {t("catalog.staleHint")}
          <span>
            <Button loading={loading} onClick={onReload} data-testid="entry-reload">
              {t("catalog.reload")}
            </Button>
          </span>
        </div>
      }
    />
  );
}
