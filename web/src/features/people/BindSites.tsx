// 绑定电站: which communities a user or a department works for.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { SitesSelect } from "./SitesSelect";
import { Modal } from "@/components/Dialog";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { keys } from "@/lib/api/keys";
import { getDepartmentSites, getUserRights, setDepartmentSites, setUserSites } from "@/lib/api/people";
import type { RowDialogProps } from "@/lib/extensions";

type Props = RowDialogProps & { load: (id: number, o: { signal?: AbortSignal }) => Promise<string[]>; save: (id: number, sites: string[]) => Promise<void>; hint: string };

function Bind({ resource, row, onClose, load, save, hint }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const bound = useQuery({ queryKey: [...keys.entry(resource.name, row.id), "sites"], queryFn: ({ signal }) => load(row.id, { signal }), staleTime: 0 });
  const [sites, setSites] = useState<string[] | null>(null);
  const bind = useMutation({
    mutationFn: (wanted: string[]) => save(row.id, wanted),
    onSuccess: () => {
      void message.success(t("common.saved"));
      onClose();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.entries }),
  });
  const value = sites ?? bound.data;
  return (
    <Modal
      open
      width={520}
      title={t("people.bindTitle", { name: String(row.name) })}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={t("common.save")}
      okButtonProps={{ loading: bind.isPending, disabled: !value, "data-testid": "bind-save" }}
      onOk={() => value && bind.mutate(value)}
    >
      <div className="a-stack" data-testid="bind">
        {bind.error && <ErrorNotice error={bind.error} what="save" />}
        {bound.error && <ErrorNotice error={bound.error} what="load" onRetry={() => void bound.refetch()} />}
        <p className="a-muted">{t(hint)}</p>
        {value ? <SitesSelect value={value} onChange={setSites} /> : !bound.error && <PageSkeleton rows={3} />}
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
