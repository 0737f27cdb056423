// Where "/" leads: the home page, else the first thing of the menu that the session may see.
import { LockOutlined } from "@ant-design/icons";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";

import { firstPath } from "./menu";
import { EmptyState, PageSkeleton } from "@/components/feedback";
import { useCatalog } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";

const HomePage = lazy(async () => ({ default: (await import("@/features/home/HomePage")).HomePage }));

export function Start() {
  const { t } = useTranslation();
  const can = useCan();
  const catalog = useCatalog();
  if (can("home:read")) {
    return (
      <Suspense fallback={<PageSkeleton />}>
        <HomePage />
      </Suspense>
    );
  }
  const path = firstPath(catalog.data?.resources ?? [], can);
  if (path && path !== "/") return <Navigate to={path} replace />;
  if (!catalog.data && !catalog.error) return <PageSkeleton />;
  return <EmptyState icon={<LockOutlined />} title={t("organisation.nothing")} hint={t("organisation.nothingHint")} />;
}
