// What the pages of houses and rooms are made of.
import type { ReactNode } from "react";
import { LeftOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { MoneyText } from "@/components/numbers";
import { ReachBadge, StateBadge } from "@/components/StateBadge";
import { TimeText } from "@/components/TimeText";
import { useLabel } from "@/components/words";
import { useCatalog } from "@/lib/api/queries";
import { accountTone } from "@/lib/meter-state";
import { Chip } from "@/components/Chip";
import { wordsOf } from "@/lib/row-values";
import type { MeterRow } from "@/types/api";
import type { Row } from "@/types/catalog";

export function PlaceHead({ title, facts, backTo, actions }: { title: string; facts: ReactNode; backTo: string; actions?: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <section className="a-card a-device" data-testid="place-head">
      <div className="a-device-top">
        <Button type="text" icon={<LeftOutlined />} aria-label={t("common.back")} onClick={() => void navigate(backTo)} />
        <div className="a-device-name">
          <h1>{title}</h1>
          <div className="a-facts">{facts}</div>
        </div>
        <div className="a-device-actions">{actions}</div>
      </div>
    </section>
  );
}

export function Part({ title, count, wide, tools, testId, children }: { title: string; count?: number; wide?: boolean; tools?: ReactNode; testId: string; children: ReactNode }) {
  return (
    <section className={`a-card a-part${wide ? " a-part-wide" : ""}`} data-testid={testId}>
      <header>
        <h2>
          {title}
          {count !== undefined && <span className="a-muted a-number"> {count}</span>}
        </h2>
        {tools}
      </header>
      {children}
    </section>
  );
}

/** The values of a row of the catalogue as names and words; what is not given is left out. */
export function Facts({ resource: name, row, without = [] }: { resource: string; row: Row; without?: string[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const fields = useCatalog().data?.resources.find((each) => each.name === name)?.fields ?? [];
  const text = (value: Row[string]) => {
    return typeof value === "boolean" ? t(value ? "common.yes" : "common.no") : wordsOf(value);
  };
  const pairs = fields.filter((field) => !without.includes(field.name)).map((field) => [label(field.label), text(row[field.name])] as const);
  return (
    <dl className="a-pairs a-pairs-grid">
      {pairs
        .filter(([, value]) => value)
        .map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      <div>
        <dt>{t("catalog.state")}</dt>
        <dd>
          <Chip bare tone={row.enabled ? "ok" : "idle"}>
            {t(row.enabled ? "catalog.enabled" : "catalog.disabled")}
          </Chip>
        </dd>
      </div>
    </dl>
  );
}

export function MeterLine({ meter, actions }: { meter: MeterRow; actions?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <li className="a-entry a-entry-meter" data-testid="place-meter">
      <span className="a-entry-name">
        <Link className="a-strong-link" to={`/meters/${meter.id}`}>
          {meter.name}
        </Link>
        <small className="a-muted">
          {meter.linked_room?.name} · <span className="a-number">{meter.address}</span>
        </small>
      </span>
      <span className="a-entry-amount">
        <small className="a-muted">{t("meter.balance")}</small>
        <span>
          <MoneyText value={meter.balance} testId="place-balance" />{" "}
          {meter.account_state !== "normal" && (
            <Chip bare tone={accountTone(meter.account_state)}>
              {t(`meter.accounts.${meter.account_state}`)}
            </Chip>
          )}
        </span>
      </span>
      <StateBadge meter={meter} />
      <span className="a-entry-reach">
        <ReachBadge reachable={meter.reachable} />
        <small className="a-muted">
          <TimeText at={meter.last_reading?.at} ago site={meter.site} />
        </small>
      </span>
      {actions}
    </li>
  );
}
