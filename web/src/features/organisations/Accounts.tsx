// 查看账号: who can log in for an organisation.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Chip } from "@/components/Chip";
import { CopyButton } from "@/components/CopyButton";
import { Drawer } from "@/components/Dialog";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { keys } from "@/lib/api/keys";
import { listAccounts } from "@/lib/api/organisations";
import type { RowDialogProps } from "@/lib/extensions";
import { useIsPhone } from "@/lib/hooks";

export function Accounts({ resource, row, onClose }: RowDialogProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const accounts = useQuery({
    queryKey: [...keys.entry(resource.name, row.id), "accounts"],
    queryFn: ({ signal }) => listAccounts(resource.name, row.id, { signal }),
  });
  return (
    <Drawer open title={t("organisation.accountsTitle", { name: String(row.name) })} size={phone ? "100%" : 480} onClose={onClose} data-testid="accounts">
      {accounts.error && <ErrorNotice error={accounts.error} what="load" onRetry={() => void accounts.refetch()} />}
      {!accounts.data && !accounts.error && <PageSkeleton rows={3} />}
      {accounts.data?.length === 0 && <EmptyState small title={t("organisation.noAccount")} hint={t("organisation.noAccountHint")} />}
      <div className="a-stack">
        {accounts.data?.map((account) => (
          <dl key={account.id} className="a-record" data-testid="account">
            <div>
              <dt>{t("login.user")}</dt>
              <dd>
                <b>{account.login}</b> <CopyButton text={account.login} />
              </dd>
            </div>
            <div>
              <dt>{t("people.name")}</dt>
              <dd>{account.name}</dd>
            </div>
            {account.phone && (
              <div>
                <dt>{t("people.phone")}</dt>
                <dd className="a-number">{account.phone}</dd>
              </div>
            )}
            <div>
              <dt>{t("catalog.state")}</dt>
              <dd>
                <Chip tone={account.enabled ? "ok" : "idle"}>{t(account.enabled ? "catalog.enabled" : "catalog.disabled")}</Chip>
              </dd>
            </div>
            <div>
              <dt>{t("catalog.createdAt")}</dt>
              <dd>
                <TimeText at={account.created_at} />
              </dd>
            </div>
          </dl>
        ))}
      </div>
      <p className="a-muted a-form-note">{t("organisation.accountsHint")}</p>
    </Drawer>
  );
}
