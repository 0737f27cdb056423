// The page of any resource of the catalogue, found by the address.
import { CompassOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { ResourceList } from "./ResourceList";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { ApiError } from "@/lib/api/client";
import { useCatalog } from "@/lib/api/queries";
import { preloadExtension } from "@/lib/extensions";

export function CatalogPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { group, resource: name } = useParams();
  const catalog = useCatalog();
  useEffect(() => preloadExtension(name ?? ""), [name]);
  const resource = catalog.data?.resources.find((each) => each.group === group && each.name === name);
  if (resource) {
    return (
      <Suspense fallback={<PageSkeleton />}>
        <ResourceList key={resource.name} resource={resource} />
      </Suspense>
    );
  }
  if (!catalog.data && !catalog.error) return <PageSkeleton />;
  if (catalog.error && !(catalog.error instanceof ApiError && catalog.error.code === "not_found")) {
    return <ErrorNotice error={catalog.error} what="load" onRetry={() => void catalog.refetch()} />;
  }
  return (
    <EmptyState
      icon={<CompassOutlined />}
      title={t("notFound.title")}
      hint={t("catalog.noPage")}
      action={
        <Button type="primary" onClick={() => void navigate("/")}>
          {t("notFound.home")}
        </Button>
      }
    />
  );
}
