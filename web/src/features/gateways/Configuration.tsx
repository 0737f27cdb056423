// What goes onto the box on site: files to copy, and the command that starts it.
import { useTranslation } from "react-i18next";

import { configurationOf, runCommand } from "./configuration";
import { CopyButton } from "@/components/CopyButton";
import type { Broker } from "@/types/api";

export function Configuration({ site, gateway, broker }: { site: string; gateway: string; broker: Broker }) {
  const { t } = useTranslation();
  return (
    <>
      <Snippet title={t("gateway.configTitle")} text={configurationOf(site, gateway, broker, location.hostname)} testId="gateway-toml" />
      {broker.login && <p className="a-muted">{t("gateway.configLogin")}</p>}
      {broker.own_ca && <p className="a-muted">{t("gateway.configCa")}</p>}
      <p className="a-muted">
        {t("gateway.configHint")} <code>{runCommand}</code>
      </p>
    </>
  );
}

export function Snippet({ title, text, testId }: { title: string; text: string; testId?: string }) {
  return (
    <div className="a-snippet">
      <header>
        <b>{title}</b>
        <CopyButton text={text} />
      </header>
      <pre data-testid={testId}>{text}</pre>
    </div>
  );
}
