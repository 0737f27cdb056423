// Everything about one row.
import { EyeOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";

import { EntryState, ValueText } from "./cells";
import { useNames } from "./hooks";
import { usePlaces } from "./places";
import { Drawer } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { useErrorText, useLabel } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { useEntry } from "@/lib/api/queries";
import { revealEntry } from "@/lib/api/requests";
import { useCan, useIsPhone } from "@/lib/hooks";
import type { Resource, Row } from "@/types/catalog";

type Props = { resource: Resource; row: Row; onEdit?: (row: Row) => void; onClose: () => void };

export function DetailDrawer({ resource, row: listed, onEdit, onClose }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const { full } = useNames(resource);
  const places = usePlaces(resource);
  const phone = useIsPhone();
  const entry = useEntry(resource.name, listed.id, listed);
  const can = useCan();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const reveal = useMutation({
    mutationFn: () => revealEntry(resource.name, listed.id),
    onError: (error) => void message.error(errorText(error instanceof ApiError ? error.code : "")),
  });
  // What was shown in clear stays so until the drawer closes; it is in no cache.
  const row = reveal.data ?? entry.data ?? listed;
  const masked = resource.fields.some(({ personal }) => personal);
  const pairs = [
    ...resource.fields.filter(({ type }) => type !== "permissions").map((field) => ({ key: field.name, name: label(field.label), value: <ValueText field={field} value={row[field.name]} /> })),
    ...(resource.of_site ? [{ key: "place", name: places.label, value: places.nameOf(row) }] : []),
    { key: "enabled", name: t("catalog.state"), value: <EntryState enabled={row.enabled} /> },
    { key: "created_at", name: t("catalog.createdAt"), value: <TimeText at={row.created_at} site={row.site} /> },
    { key: "updated_at", name: t("catalog.updatedAt"), value: <TimeText at={row.updated_at} site={row.site} /> },
  ];
  return (
    <Drawer
      open
      title={`${label(resource.one)} \u00b7 ${full(row)}`}
      size={phone ? "100%" : 480}
      onClose={onClose}
      data-testid="entry-detail"
      extra={
        <>
          {masked && can("personal:read") && !reveal.data && (
            <Button icon={<EyeOutlined />} loading={reveal.isPending} onClick={() => reveal.mutate()} data-testid="detail-reveal">
              {t("catalog.reveal")}
            </Button>
          )}
          {onEdit && (
            <Button onClick={() => onEdit(row)} data-testid="detail-edit">
              {t("catalog.edit")}
            </Button>
          )}
        </>
      }
    >
      {entry.error && <ErrorNotice error={entry.error} what="load" onRetry={() => void entry.refetch()} stale />}
      <dl className="a-pairs">
        {pairs.map(({ key, name, value }) => (
          <Fragment key={key}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </Drawer>
  );
}
