// The frame of the residents' pages: one narrow column, phone-sized first, without anything of the staff's.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import "./my.css";
import { Logo } from "@/components/Logo";

type Props = { title: string; switches: ReactNode; testId: string; children: ReactNode };

export function Phone({ title, switches, testId, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className="a-my" data-testid={testId}>
      <header>
        <Logo size={28} />
        <b>{t("app.name")}</b>
        <span className="a-grow" />
        {switches}
      </header>
      <main className="a-stack">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
