// Adds or changes a user: beside the fields the password (of a new one), roles and communities. A drawn password is shown once.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { SitesSelect } from "./SitesSelect";
import { Modal } from "@/components/Dialog";
import { DrawnLogin } from "@/components/DrawnLogin";
import { ErrorNotice } from "@/components/feedback";
import { isStale } from "@/components/StaleNotice";
import { keys } from "@/lib/api/keys";
import { getUserRights, setUserRoles, setUserSites } from "@/lib/api/people";
import { useEntries } from "@/lib/api/queries";
import type { FormProps } from "@/lib/extensions";
import { useCan, useSession } from "@/lib/hooks";
import { rebased, useListEdit, type Edit } from "@/lib/list-edit";
import type { Body } from "@/types/catalog";
import type { DrawnLogin as Login } from "@/types/organisation";

const MIN_PASSWORD = 10;
const MOST_ROLES = 100;
const differs = <T,>(edit: Edit<T> | undefined): edit is Edit<T> => edit !== undefined && (edit.was.length !== edit.now.length || edit.was.some((each) => !edit.now.includes(each)));

/** What somebody else changed meanwhile stays; what was added and removed here is done to that. */
async function give<T>(edit: Edit<T>, save: (edit: Edit<T>) => Promise<void>, latest: () => Promise<T[]>) {
  try {
    await save(edit);
  } catch (error) {
    if (!isStale(error)) throw error;
    const was = await latest();
    await save({ was, now: rebased(edit, was) });
  }
}

export function UserForm({ Generic, ...props }: FormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const can = useCan();
  const acting = useSession().data?.acting;
  const { row } = props;
  const rights = useQuery({
    queryKey: [...keys.entry("users", row?.id ?? 0), "rights"],
    queryFn: ({ signal }) => getUserRights(row!.id, { signal }),
    enabled: row !== null,
  });
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [drawn, setDrawn] = useState<(Login & { name: string; number?: string }) | null>(null);
  const roles = useListEdit(row === null ? [] : rights.data?.roles.map(({ id }) => id));
  const sites = useListEdit(row === null ? [] : rights.data?.bound);
  const grants = can("role:grant") && (row === null || Boolean(rights.data));
  const binds = can("user:bind") && (row === null || Boolean(rights.data));
  const short = password !== "" && password.length < MIN_PASSWORD;
  if (drawn) {
    return (
      <Modal
        open
        width={480}
        title={t("people.added", { name: drawn.name })}
        mask={{ closable: false }}
        onCancel={props.onClose}
        footer={
          <Button type="primary" onClick={props.onClose} data-testid="drawn-done">
            {t("drawn.done")}
          </Button>
        }
      >
        <DrawnLogin {...drawn} />
      </Modal>
    );
  }
  return (
    <Generic
      {...props}
      extra={{
        unsaved: password !== "" || differs(roles.edit) || differs(sites.edit),
        ready: () => {
          setTried(true);
          return !short;
        },
        body: (creating): Body => (creating && password ? { password } : {}),
        onSaved: async (saved) => {
          // The user is there now; what could not be given is said, and can be given from the list.
          const latest = () => getUserRights(saved.id, {});
          const gifts = [
            differs(roles.edit) ? () => give(roles.edit!, (edit) => setUserRoles(saved.id, edit), async () => (await latest()).roles.map(({ id }) => id)) : null,
            differs(sites.edit) ? () => give(sites.edit!, (edit) => setUserSites(saved.id, edit), async () => (await latest()).bound) : null,
          ];
          for (const gift of gifts) {
            try {
              await gift?.();
            } catch (error) {
              void message.error({ content: <ErrorNotice error={error} what="save">{t("people.partly")}</ErrorNotice>, duration: 10 });
            }
          }
          void queries.invalidateQueries({ queryKey: keys.entries });
          if (typeof saved.password !== "string") return false;
          const number = saved.organisation?.id === acting?.id ? acting?.number : undefined;
          setDrawn({ login: String(saved.login), password: saved.password, name: String(saved.name), number });
          return true;
        },
        content: (organisation) => (
          <>
            {rights.error && <ErrorNotice error={rights.error} what="load" onRetry={() => void rights.refetch()} />}
            {row === null && (
              <label className="a-field a-form-note">
                <span>{t("login.password")}</span>
                <Input.Password
                  value={password}
                  maxLength={256}
                  autoComplete="new-password"
                  status={tried && short ? "error" : undefined}
                  onChange={(event) => setPassword(event.target.value)}
                  data-testid="user-password"
                />
                {tried && short && <span className="a-field-error">{t("password.tooShort")}</span>}
                <small className="a-muted">{t("people.passwordDrawn")}</small>
              </label>
            )}
            {grants && (
              <label className="a-field a-form-note">
                <span>{t("people.roles.one")}</span>
                <RolesSelect organisation={row?.organisation?.id ?? organisation?.id} value={roles.edit?.now ?? []} known={rights.data?.roles ?? []} onChange={roles.change} />
                <small className="a-muted">{t("people.rolesHint")}</small>
              </label>
            )}
            {binds && (
              <div className="a-field a-form-note">
                <span>{t("people.bind")}</span>
                <SitesSelect value={sites.edit?.now ?? []} onChange={sites.change} />
                <small className="a-muted">{t("people.bindHint")}</small>
              </div>
            )}
          </>
        ),
      }}
    />
  );
}

type RolesProps = { organisation: number | undefined; value: number[]; known: { id: number; name: string }[]; onChange: (roles: number[]) => void };

/** Enabled roles of the user's organisation; what the user has already stays a choice. */
function RolesSelect({ organisation, value, known, onChange }: RolesProps) {
  const { t } = useTranslation();
  const found = useEntries("roles", { organisation, enabled: true, page: 1, page_size: MOST_ROLES });
  const offered = new Map(known.map(({ id, name }) => [id, name]));
  for (const role of found.data?.rows ?? []) offered.set(role.id, String(role.name));
  return (
    <Select<number[]>
      mode="multiple"
      value={value}
      loading={found.isFetching}
      showSearch={{ optionFilterProp: "label" }}
      options={[...offered].map(([id, name]) => ({ value: id, label: name }))}
      placeholder={t("people.chooseRoles")}
      aria-label={t("people.roles.one")}
      onChange={onChange}
      data-testid="user-roles"
    />
  );
}
