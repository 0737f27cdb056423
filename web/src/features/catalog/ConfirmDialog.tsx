// Disabling, enabling and deleting a row: says what will happen, asks, and when it is refused says why and what to do.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useNames } from "./hooks";
import { filterFields } from "./query";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { useLabel } from "@/components/words";
import { ApiError } from "@/lib/api/client";
import { invalidateEntries } from "@/lib/api/keys";
import type { ConfirmProps } from "@/lib/extensions";
import { useCatalog } from "@/lib/api/queries";
import { removeEntry, switchEntry } from "@/lib/api/requests";
import type { Resource, Row } from "@/types/catalog";

export type Order = "start" | "stop" | "remove";

const done = { start: "catalog.started", stop: "catalog.stopped", remove: "catalog.removed" } as const;
const verbs = { start: "catalog.enable", stop: "catalog.disable", remove: "catalog.delete" } as const;



export function ConfirmDialog({ resource, row, order, what, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const label = useLabel();
  const name = useNames(resource).full(row);
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: async () => {
      if (order === "remove") await removeEntry(resource.name, row.id);
      else await switchEntry(resource.name, row.id, order === "start");
    },
    onSuccess: () => {
      void message.success(t(done[order], { name }));
      onClose();
    },
    onSettled: () => invalidateEntries(queries, resource),
  });
  const code = act.error instanceof ApiError ? act.error.code : "";
  return (
    <Modal
      open
      width={480}
      title={t(`catalog.${order}Title`, { one: label(resource.one, true), name })}
      onCancel={onClose}
      okText={t(verbs[order])}
      okButtonProps={{
        danger: order !== "start",
        loading: act.isPending,
        disabled: code === "in_use" || code === "not_found",
        "data-testid": "entry-confirm",
      }}
      onOk={() => act.mutate()}
    >
      <div className="a-stack" data-testid={`entry-${order}`}>
        {act.error && (
          <ErrorNotice error={act.error} what={order === "remove" ? "remove" : "save"}>
            {code === "in_use" ? <InUse resource={resource} row={row} by={(act.error as ApiError).field} /> : code === "not_found" && t("catalog.gone")}
          </ErrorNotice>
        )}
        <p className="a-lines-kept">{t(what ?? `catalog.${order}What`)}</p>
      </div>
    </Modal>
  );
}

/** by: name of the resource whose rows still refer to this one. */
function InUse({ resource, row, by }: { resource: Resource; row: Row; by: string | undefined }) {
  const { t } = useTranslation();
  const label = useLabel();
  const user = useCatalog().data?.resources.find(({ name }) => name === by);
  const what = user ? label(user.label, true) : t("catalog.others");
  // A community is what its rows belong to: they are asked for by it.
  const place = !resource.of_site && by ? `${user ? `/${user.group}/${user.name}` : `/${by}`}?site=${encodeURIComponent(row.site ?? "")}` : undefined;
  const name = user ? what : t(`catalog.referrers.${by}`, { defaultValue: what });
  const field = user && filterFields(user).find((each) => each.type === "reference" && each.resource === resource.name);
  return (
    <>
      {t(`catalog.stays.${by}`, { defaultValue: t("catalog.inUse", { what: name }) })}
      {place && (user || by === "gateways") && (
        <Link className="a-block" to={place}>
          {t("catalog.inUseBy", { what: name })}
        </Link>
      )}
      {!place && user && field && (
        <Link className="a-block" to={`/${user.group}/${user.name}?${field.name}=${row.id}`}>
          {t("catalog.inUseBy", { what })}
        </Link>
      )}
    </>
  );
}
