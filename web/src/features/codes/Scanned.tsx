// Where a scanned code leads: the page of the thing it hangs on.
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";

import { targetOf } from "./codes";
import { EmptyState } from "@/components/feedback";

export function Scanned() {
  const { t } = useTranslation();
  const { kind, id } = useParams();
  const target = targetOf(kind, id);
  return target ? <Navigate to={target} replace /> : <EmptyState title={t("codes.unknown")} hint={t("codes.unknownHint")} />;
}
