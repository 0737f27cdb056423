// 分配用户: who has a role, as two lists between which people move.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Transfer } from "antd";
import { useTranslation } from "react-i18next";

import { Modal } from "@/components/Dialog";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { isStale, StaleNotice } from "@/components/StaleNotice";
import { keys } from "@/lib/api/keys";
import { listRoleUsers, setRoleUsers } from "@/lib/api/people";
import { listEntries } from "@/lib/api/requests";
import type { RowDialogProps } from "@/lib/extensions";
import { useIsPhone } from "@/lib/hooks";
import { useListEdit, type Edit } from "@/lib/list-edit";

const PAGE = 100;
/** So many are offered; a role of a larger organisation is given from the user's form. */
const MOST = 1000;

async function everybody(organisation: number | undefined, signal: AbortSignal) {
  const found = [];
  for (let page = 1; page * PAGE <= MOST; page++) {
    const { rows, total } = await listEntries("users", { organisation, enabled: true, page, page_size: PAGE }, { signal });
    found.push(...rows);
    if (rows.length === 0 || found.length >= total) break;
  }
  return found;
}

export function AssignUsers({ resource, row, onClose }: RowDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const phone = useIsPhone();
  const organisation = row.organisation?.id;
  const have = useQuery({ queryKey: [...keys.entry(resource.name, row.id), "users"], queryFn: ({ signal }) => listRoleUsers(row.id, { signal }), staleTime: 0 });
  const all = useQuery({ queryKey: [...keys.entries, "users", "everybody", organisation], queryFn: ({ signal }) => everybody(organisation, signal) });
  const users = useListEdit(have.data?.map(({ id }) => id));
  const save = useMutation({
    mutationFn: (edit: Edit<number>) => setRoleUsers(row.id, edit),
    onSuccess: () => {
      void message.success(t("common.saved"));
      onClose();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.entries }),
  });
  const reload = useMutation({
    mutationFn: () => listRoleUsers(row.id, {}),
    onSuccess: (latest) => {
      users.rebase(latest.map(({ id }) => id));
      save.reset();
    },
  });
  const people = new Map((have.data ?? []).map(({ id, name }) => [String(id), name]));
  for (const user of all.data ?? []) people.set(String(user.id), `${String(user.name)} (${String(user.login)})`);
  const error = have.error ?? all.error;
  return (
    <Modal
      open
      width={720}
      title={t("people.assignTitle", { name: String(row.name) })}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={t("common.save")}
      okButtonProps={{ loading: save.isPending, disabled: !users.touched, "data-testid": "assign-save" }}
      onOk={() => users.edit && save.mutate(users.edit)}
    >
      <div className="a-stack" data-testid="assign">
        {isStale(save.error) && <StaleNotice loading={reload.isPending} onReload={() => reload.mutate()} />}
        {save.error && !isStale(save.error) && <ErrorNotice error={save.error} what="save" />}
        {reload.error && <ErrorNotice error={reload.error} what="load" />}
        {error && <ErrorNotice error={error} what="load" onRetry={() => void Promise.all([have.refetch(), all.refetch()])} />}
        <p className="a-muted">{t("people.assignHint")}</p>
        {users.edit && all.data ? (
          <Transfer
            className={phone ? "a-transfer-phone" : undefined}
            dataSource={[...people].map(([key, title]) => ({ key, title }))}
            targetKeys={users.edit.now.map(String)}
            onChange={(next) => users.change(next.map(Number))}
            render={({ title }) => title}
            titles={[t("people.without"), t("people.with")]}
            showSearch={{ placeholder: t("organisation.enterSearch") }}
            filterOption={(words, { title }) => title.toLowerCase().includes(words.trim().toLowerCase())}
            pagination={{ pageSize: 50 }}
          />
        ) : (
          !error && <PageSkeleton />
        )}
      </div>
    </Modal>
  );
}
