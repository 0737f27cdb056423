// The two pages outside the frame: what Anju stands for on one side, the form on the other.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Logo } from "@/components/Logo";

export function Entrance({ switches, children }: { switches: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="a-entrance">
      <aside>
        <div className="a-entrance-brand">
          <Logo size={44} />
          <span>
            <b>{t("app.name")}</b>
            <small>ANJU</small>
          </span>
        </div>
        <div className="a-entrance-words">
          <h2>{t("app.slogan")}</h2>
          <ul>
            <li>{t("app.points.ledger")}</li>
            <li>{t("app.points.verified")}</li>
            <li>{t("app.points.alive")}</li>
          </ul>
        </div>
        <Pulse />
      </aside>
      <div className="a-entrance-form">
        <div className="a-entrance-switches">{switches}</div>
        <div className="a-entrance-box">{children}</div>
      </div>
    </div>
  );
}

/** A day's load curve as ornament. */
function Pulse() {
  return (
    <svg className="a-entrance-pulse" viewBox="0 0 600 160" preserveAspectRatio="none" aria-hidden>
      <path
        d="M0 120 C40 118 60 124 90 110 S140 60 170 66 S220 112 260 104 S310 70 340 78 S390 96 420 60 S470 14 510 26 S570 96 600 104 L600 160 L0 160 Z"
        fill="rgb(143 224 210 / 12%)"
      />
      <path
        d="M0 120 C40 118 60 124 90 110 S140 60 170 66 S220 112 260 104 S310 70 340 78 S390 96 420 60 S470 14 510 26 S570 96 600 104"
        fill="none"
        stroke="#8fe0d2"
        strokeOpacity="0.55"
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
