// Adds, changes or copies a role: its permissions as a tree in the order of the menu, and what its data scope means.
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { allCodes } from "./permissions";
import { PermissionTree } from "./PermissionTree";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { listPermissions } from "@/lib/api/people";
import { useEntry } from "@/lib/api/queries";
import type { FormProps, RowDialogProps } from "@/lib/extensions";
import { SCOPES, type DataScope } from "@/types/organisation";

const codesOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const same = (a: string[], b: string[]) => a.length === b.length && a.every((each) => b.includes(each));

export function RoleForm({ Generic, ...props }: FormProps) {
  const { t } = useTranslation();
  const groups = useQuery({ queryKey: ["permissions"], queryFn: ({ signal }) => listPermissions({ signal }), staleTime: 300_000 });
  const before = codesOf((props.row ?? props.start)?.permissions);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [tried, setTried] = useState(false);
  const value = codes ?? before;
  const hidden = groups.data ? before.filter((code) => !allCodes(groups.data).includes(code)).length : 0;
  return (
    <Generic
      {...props}
      extra={{
        unsaved: codes !== null && !same(codes, before),
        ready: () => {
          setTried(true);
          return value.length > 0;
        },
        body: () => ({ permissions: value }),
        content: (_, values) => (
          <>
            {SCOPES.includes(values.scope as DataScope) && (
              <Alert className="a-form-note" type="info" showIcon title={t(`people.scopes.${values.scope as DataScope}`)} description={t(`people.scopeHints.${values.scope as DataScope}`)} data-testid="scope-hint" />
            )}
            <div className="a-field">
              <span id="permissions-label">{t("people.permissions")}</span>
              {groups.error && <ErrorNotice error={groups.error} what="load" onRetry={() => void groups.refetch()} />}
              {!groups.data && !groups.error && <PageSkeleton />}
              {groups.data && <PermissionTree groups={groups.data} value={value} onChange={setCodes} />}
              {hidden > 0 && <small className="a-muted">{t("people.hiddenPermissions", { n: hidden })}</small>}
              {tried && value.length === 0 && <span className="a-field-error">{t("people.noPermission")}</span>}
            </div>
          </>
        ),
      }}
    />
  );
}

/** 复制角色: a new one that starts with everything of this one but its name. */
export function CopyRole({ resource, row, Generic, onClose }: RowDialogProps) {
  const { t } = useTranslation();
  // The list need not have the codes.
  const role = useEntry(resource.name, row.id, row).data ?? row;
  const start = { ...role, name: t("people.copyOf", { name: String(role.name) }) };
  return <RoleForm key={role.version} resource={resource} row={null} place={role.organisation} start={start} Generic={Generic} onClose={onClose} />;
}
