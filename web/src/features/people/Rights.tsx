// What a user may do in the end: the union of the roles, and the communities that it reaches.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Chip } from "@/components/Chip";
import { Drawer } from "@/components/Dialog";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { useLabel } from "@/components/words";
import { keys } from "@/lib/api/keys";
import { getUserRights, listPermissions } from "@/lib/api/people";
import type { RowDialogProps } from "@/lib/extensions";
import { useCan, useIsPhone, useSites } from "@/lib/hooks";

export function Rights({ resource, row, onClose }: RowDialogProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const phone = useIsPhone();
  const can = useCan();
  const { data: sites } = useSites();
  const rights = useQuery({ queryKey: [...keys.entry(resource.name, row.id), "rights"], queryFn: ({ signal }) => getUserRights(row.id, { signal }) });
  const groups = useQuery({ queryKey: ["permissions"], queryFn: ({ signal }) => listPermissions({ signal }), staleTime: 300_000, enabled: can("role:read") });
  const held = new Set(rights.data?.permissions);
  const nameOf = (code: string) => sites?.find(({ id }) => id === code)?.name ?? code;
  return (
    <Drawer open title={t("people.rightsTitle", { name: String(row.name) })} size={phone ? "100%" : 520} onClose={onClose} data-testid="rights">
      {rights.error && <ErrorNotice error={rights.error} what="load" onRetry={() => void rights.refetch()} />}
      {!rights.data && !rights.error && <PageSkeleton />}
      {rights.data && (
        <dl className="a-pairs">
          <dt>{t("people.roles.one")}</dt>
          <dd>{rights.data.roles.map(({ name }) => name).join(", ") || (rights.data.administrator ? t("people.administrator") : t("common.none"))}</dd>
          <dt>{t("people.scope")}</dt>
          <dd>
            {t(`people.scopes.${rights.data.scope}`)}
            <small className="a-muted a-block">{t(`people.scopeHints.${rights.data.scope}`)}</small>
          </dd>
          <dt>{t("catalog.site")}</dt>
          <dd>{rights.data.sites === null ? t("common.all") : rights.data.sites.map(nameOf).join(", ") || t("common.none")}</dd>
          {groups.data?.map(({ group, label: name, things }) => {
            const shown = things.filter(({ verbs }) => verbs.some(({ code }) => held.has(code)));
            return (
              shown.length > 0 && (
                <div key={group} className="a-pair">
                  <dt>{label(name)}</dt>
                  <dd className="a-rights">
                    {shown.map(({ thing, label: what, verbs }) => (
                      <span key={thing}>
                        <Chip bare tone="ok">
                          {label(what)}
                        </Chip>{" "}
                        <small className="a-muted">
                          {verbs
                            .filter(({ code }) => held.has(code))
                            .map(({ label: verb }) => label(verb))
                            .join(", ")}
                        </small>
                      </span>
                    ))}
                  </dd>
                </div>
              )
            );
          })}
        </dl>
      )}
    </Drawer>
  );
}
