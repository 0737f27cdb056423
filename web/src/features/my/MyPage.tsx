// The meters that somebody is bound to, as cards, and what he may say about himself.
import { QrcodeOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { MyAccount } from "./MyAccount";
import { Phone } from "./Phone";
import { Account, Supply } from "./words";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { KindIcon } from "@/components/KindIcon";
import { MoneyText } from "@/components/numbers";
import { isStranger, useMyAccount, useMyMeters } from "@/lib/api/my";
import type { MyMeterRow } from "@/types/bound";

export function MyPage({ switches }: { switches: ReactNode }) {
  const { t } = useTranslation();
  const account = useMyAccount();
  const meters = useMyMeters();
  const stranger = isStranger(account.error) || isStranger(meters.error);
  return (
    <Phone title={t("my.title")} switches={switches} testId="page-my">
      {stranger ? (
        <EmptyState icon={<QrcodeOutlined />} title={t("my.scan")} hint={t("my.scanHint")} />
      ) : meters.data && account.data ? (
        <>
          {meters.error && <ErrorNotice error={meters.error} what="load" onRetry={() => void meters.refetch()} stale />}
          {meters.data.length === 0 && <EmptyState icon={<QrcodeOutlined />} title={t("my.empty")} hint={t("my.scanHint")} />}
          {meters.data.map((meter) => (
            <Card key={meter.binding} meter={meter} />
          ))}
          <MyAccount account={account.data} />
        </>
      ) : meters.error || account.error ? (
        <ErrorNotice
          error={meters.error ?? account.error}
          what="load"
          onRetry={() => {
            void meters.refetch();
            void account.refetch();
          }}
        />
      ) : (
        <PageSkeleton rows={4} />
      )}
    </Phone>
  );
}

function Card({ meter }: { meter: MyMeterRow }) {
  const { t } = useTranslation();
  return (
    <Link to={`/my/${meter.binding}`} className="a-card a-my-card" data-testid="my-meter">
      <span className="a-my-line">
        <KindIcon kind={meter.kind} />
        <b>{meter.room || meter.name}</b>
        <small className="a-muted a-grow">{meter.site}</small>
        <Account meter={meter} />
      </span>
      <span>
        <small className="a-muted">{t("my.balance")}</small>
        <span className="a-my-balance a-block">
          <MoneyText value={meter.balance} />
        </span>
      </span>
      <Supply meter={meter} />
    </Link>
  );
}
