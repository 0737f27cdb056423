// 绑定电站: which communities a user or a department works for.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";

import { SitesSelect } from "./SitesSelect";
import { Modal } from "@/components/Dialog";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { isStale, StaleNotice } from "@/components/StaleNotice";
import { keys } from "@/lib/api/keys";
import { getDepartmentSites, getUserRights, setDepartmentSites, setUserSites } from "@/lib/api/people";
import type { RowDialogProps } from "@/lib/extensions";
import { useListEdit, type Edit } from "@/lib/list-edit";

type Props = RowDialogProps & { load: (id: number, o: { signal?: AbortSignal }) => Promise<string[]>; save: (id: number, sites: Edit<string>) => Promise<void>; hint: string };

function Bind({ resource, row, onClose, load, save, hint }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const bound = useQuery({ queryKey: [...keys.entry(resource.name, row.id), "sites"], queryFn: ({ signal }) => load(row.id, { signal }), staleTime: 0 });
  const sites = useListEdit(bound.data);
  const bind = useMutation({
    mutationFn: (edit: Edit<string>) => save(row.id, edit),
    onSuccess: () => {
      void message.success(t("common.saved"));
      onClose();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.entries }),
  });
  const reload = useMutation({
    mutationFn: () => load(row.id, {}),
    onSuccess: (latest) => {
      sites.rebase(latest);
      bind.reset();
    },
  });
  return (
    <Modal
      open
      width={520}
      title={t("people.bindTitle", { name: String(row.name) })}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={t("common.save")}
      okButtonProps={{ loading: bind.isPending, disabled: !sites.edit, "data-testid": "bind-save" }}
      onOk={() => sites.edit && bind.mutate(sites.edit)}
    >
      <div className="a-stack" data-testid="bind">
        {isStale(bind.error) && <StaleNotice loading={reload.isPending} onReload={() => reload.mutate()} />}
        {bind.error && !isStale(bind.error) && <ErrorNotice error={bind.error} what="save" />}
        {reload.error && <ErrorNotice error={reload.error} what="load" />}
        {bound.error && <ErrorNotice error={bound.error} what="load" onRetry={() => void bound.refetch()} />}
        <p className="a-muted">{t(hint)}</p>
        {sites.edit ? <SitesSelect value={sites.edit.now} onChange={sites.change} /> : !bound.error && <PageSkeleton rows={3} />}
      </div>
    </Modal>
  );
}

export const BindUser = (props: RowDialogProps) => (
  <Bind {...props} hint="people.bindHint" load={async (id, o) => (await getUserRights(id, o)).bound} save={setUserSites} />
);

export const BindDepartment = (props: RowDialogProps) => (
  <Bind {...props} hint="people.bindDepartmentHint" load={async (id, o) => (await getDepartmentSites(id, o)).sites} save={setDepartmentSites} />
);
