// The session ended while somebody was at work: the password again, and the page goes on with everything that was typed.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, type InputRef } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { LoginFailure } from "./LoginFailure";
import { Modal } from "@/components/Dialog";
import { keys } from "@/lib/api/keys";
import { enterOrganisation, logIn } from "@/lib/api/requests";
import { useSession } from "@/lib/hooks";
import { setSessionEnded } from "@/lib/session-end";

export function ComeBack() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: session } = useSession();
  const [password, setPassword] = useState("");
  const [failedAt, setFailedAt] = useState(0);
  const field = useRef<InputRef>(null);
  const login = useMutation({
    mutationFn: async () => {
      const fresh = await logIn({ user: session?.user ?? "", password });
      // The page goes on as it was, so it has to be of the same organisation.
      return session && session.acting.id !== fresh.acting.id ? enterOrganisation(session.acting.id) : fresh;
    },
    onSuccess: (fresh) => {
      queries.setQueryData(keys.session, fresh);
      setSessionEnded(false);
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] });
    },
    onError: () => {
      setFailedAt(Date.now());
      field.current?.focus({ cursor: "all" });
    },
  });
  // Somebody else starts from a clean page.
  const leave = () => {
    setSessionEnded(false);
    queries.clear();
    location.assign("/login");
  };
  return (
    <Modal
      open
      width={420}
      zIndex={2000}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      title={t("login.endedTitle")}
      footer={[
        <Button key="leave" type="text" onClick={leave} data-testid="come-back-leave">
          {t("login.other")}
        </Button>,
        <Button key="ok" type="primary" loading={login.isPending} disabled={!password} onClick={() => login.mutate()} data-testid="come-back-submit">
          {t("login.continue")}
        </Button>,
      ]}
    >
      <div className="a-stack" data-testid="come-back">
        <p className="a-muted">{t("login.endedHint")}</p>
        {login.error ? <LoginFailure error={login.error} failedAt={failedAt} /> : null}
        <label className="a-field">
          <span>{t("login.passwordOf", { user: session?.user ?? "" })}</span>
          <Input.Password
            ref={field}
            autoFocus
            value={password}
            autoComplete="current-password"
            maxLength={256}
            onChange={(event) => setPassword(event.target.value)}
            onPressEnter={() => password && !login.isPending && login.mutate()}
            data-testid="come-back-password"
          />
        </label>
      </div>
    </Modal>
  );
}
