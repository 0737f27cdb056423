// One meter of a resident (em-user-balance, wm-user-balance): what is left, is it on, what was used, what was paid.
import { LeftOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Result } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";

import "@/components/places.css";
import { MyHistory } from "./MyHistory";
import { MyUse } from "./MyUse";
import { Phone } from "./Phone";
import { Account, Supply } from "./words";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { KindIcon } from "@/components/KindIcon";
import { MoneyText, PriceText, QuantityText } from "@/components/numbers";
import { PlanPrices } from "@/components/PlanPrices";
import { ApiError } from "@/lib/api/client";
import { isStranger, leaveMeter, useMyAccount, useMyChange, useMyMeter } from "@/lib/api/my";
import { format, formatShort, MONEY, parse, QUANTITY } from "@/lib/decimal";
import { formatTime } from "@/lib/time";
import { KindContext, useUnit } from "@/lib/units";
import type { MyMeter } from "@/types/bound";

export function MyMeterPage({ switches }: { switches: ReactNode }) {
  const { t } = useTranslation();
  const binding = Number(useParams().binding);
  // Its CSRF token is needed to leave.
  const account = useMyAccount();
  const meter = useMyMeter(binding);
  const gone = isStranger(account.error) || isStranger(meter.error) || (meter.error instanceof ApiError && meter.error.code === "not_found");
  const back = (
    <Link to="/my" className="a-my-line" data-testid="my-back">
      <LeftOutlined aria-hidden /> {t("my.back")}
    </Link>
  );
  return (
    <Phone title={meter.data && !gone ? meter.data.room || meter.data.name : t("my.title")} switches={switches} testId="page-my-meter">
      {gone ? (
        <Result status="warning" title={t("my.ended")} subTitle={t("my.endedHint")} extra={back} data-testid="my-gone" />
      ) : meter.data ? (
        <KindContext value={meter.data.kind}>
          {back}
          {meter.error && <ErrorNotice error={meter.error} what="load" onRetry={() => void meter.refetch()} stale />}
          <Standing meter={meter.data} />
          <Recharge meter={meter.data} />
          <MyUse meter={meter.data} />
          <MyHistory meter={meter.data} />
          <Leave binding={binding} />
        </KindContext>
      ) : meter.error ? (
        <ErrorNotice error={meter.error} what="load" onRetry={() => void meter.refetch()} />
      ) : (
        <PageSkeleton rows={6} />
      )}
    </Phone>
  );
}

function Standing({ meter }: { meter: MyMeter }) {
  const { t } = useTranslation();
  const unit = useUnit(meter.kind);
  const due = meter.mode === "reading";
  const owed = due && (parse(meter.balance, MONEY) ?? 0n) < 0n ? meter.balance.replace("-", "") : meter.balance;
  return (
    <section className="a-card a-stack">
      <span className="a-my-line">
        <KindIcon kind={meter.kind} />
        <span>{meter.site}</span>
        <small className="a-muted a-number">{meter.address}</small>
        <span className="a-grow" />
        <Account meter={meter} />
      </span>
      <span>
        <small className="a-muted">{t(owed === meter.balance ? "my.balance" : "my.owed")}</small>
        <span className="a-my-balance a-block">
          <MoneyText value={owed} testId="my-balance" />
        </span>
        {!due && (
          <span className="a-muted" data-testid="my-worth" data-value={meter.worth ?? ""}>
            {meter.worth ? t("my.worth", { amount: format(parse(meter.worth, QUANTITY) ?? 0n, QUANTITY), unit }) : meter.worth_unknown ? t(`my.worthUnknown.${meter.worth_unknown}`) : ""}
          </span>
        )}
      </span>
      <Supply meter={meter} />
      {!meter.reachable && <p className="a-muted">{t("my.offline")}</p>}
      <dl className="a-my-facts">
        {meter.price_now && (
          <div>
            <dt>{t("my.priceNow")}</dt>
            <dd>
              <PriceText value={meter.price_now} unit={t("my.perUnit", { unit })} />
            </dd>
          </div>
        )}
        {meter.read_at && (
          <div>
            <dt>{t("my.register")}</dt>
            <dd>
              <QuantityText value={meter.total} unit={unit} />
            </dd>
          </div>
        )}
        {meter.read_at && (
          <div>
            <dt>{t("my.read")}</dt>
            <dd className="a-number">{formatTime(meter.read_at, meter.utc_offset_minutes).slice(0, 16)}</dd>
          </div>
        )}
      </dl>
      {meter.prices.kind === "tou" || meter.prices.steps?.length ? <PlanPrices plan={meter.prices} /> : null}
      {!due && (
        <p className="a-muted">
          {[
            t("my.low", { one: formatShort(meter.alarm_1, MONEY), two: formatShort(meter.alarm_2, MONEY) }),
            parse(meter.overdraft, MONEY) ? t("my.overdraft", { amount: formatShort(meter.overdraft, MONEY) }) : "",
            meter.auto_trip && meter.valve ? t("my.trip") : "",
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
    </section>
  );
}

function Recharge({ meter }: { meter: MyMeter }) {
  const { t } = useTranslation();
  const { organisation, address, phone } = meter.recharge_at;
  return (
    <section className="a-card a-stack" data-testid="my-recharge">
      <h2>{t("my.recharge")}</h2>
      <p>{t("my.rechargeHint")}</p>
      <p>
        {organisation} {address && `· ${address}`}
      </p>
      {phone && (
        <p>
          {t("my.phone")} <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a>
        </p>
      )}
    </section>
  );
}

function Leave({ binding }: { binding: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = useMyChange(leaveMeter, () => void navigate("/my", { replace: true }));
  return (
    <>
      {leave.error && <ErrorNotice error={leave.error} what="save" />}
      <Popconfirm title={t("my.leaveTitle")} description={t("my.leaveSure")} okText={t("my.leave")} okButtonProps={{ danger: true }} onConfirm={() => leave.mutate(binding)}>
        <Button danger type="text" loading={leave.isPending} data-testid="my-leave">
          {t("my.leave")}
        </Button>
      </Popconfirm>
    </>
  );
}
