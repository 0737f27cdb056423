// Where a shared code leads (em-add-scan, wm-add-scan): which meter it is of, and who wants to see it.
import { QrcodeOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Result } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";

import { Phone } from "./Phone";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { KindIcon } from "@/components/KindIcon";
import { useDuration } from "@/components/TimeText";
import { ApiError } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { bindMeter, isStranger, useMyAccount, useSharedMeter, type Person } from "@/lib/api/my";
import type { MyAccount, SharedMeter } from "@/types/bound";

export function BindPage({ switches }: { switches: ReactNode }) {
  const { t } = useTranslation();
  const code = useLocation().hash.slice(1);
  const meter = useSharedMeter(code);
  const account = useMyAccount();
  const kind = meter.data ? t(`my.kinds.${meter.data.kind}`) : "";
  const ready = meter.data && (account.data || isStranger(account.error));
  return (
    <Phone title={meter.data ? t("my.bindTitle", { kind }) : t("my.title")} switches={switches} testId="page-bind">
      {code === "" ? (
        <EmptyState icon={<QrcodeOutlined />} title={t("my.scan")} hint={t("my.scanHint")} action={account.data && <Link to="/my">{t("my.open")}</Link>} />
      ) : meter.error ? (
        <NotThis error={meter.error} onRetry={() => void meter.refetch()} />
      ) : ready ? (
        <Binding code={code} meter={meter.data} account={account.data ?? null} />
      ) : account.error && !isStranger(account.error) ? (
        <ErrorNotice error={account.error} what="load" onRetry={() => void account.refetch()} />
      ) : (
        <PageSkeleton rows={4} />
      )}
    </Phone>
  );
}

/** Why a code does not let anybody in, in words of somebody who only wanted to scan it. */
function NotThis({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const duration = useDuration();
  const code = error instanceof ApiError ? error.code : "";
  const mine = <Link to="/my">{t("my.open")}</Link>;
  if (code === "not_found") return <Result status="warning" title={t("my.invalid")} subTitle={t("my.invalidHint")} extra={mine} data-testid="bind-invalid" />;
  if (code === "limit_reached") return <Result status="warning" title={t("my.full")} subTitle={t("my.fullHint")} extra={mine} data-testid="bind-full" />;
  if (code === "locked") {
    const seconds = error instanceof ApiError ? (error.retryAfterS ?? 60) : 60;
    return <Result status="warning" title={t("my.locked")} subTitle={t("my.lockedHint", { age: duration(seconds * 1000) })} data-testid="bind-locked" />;
  }
  return <ErrorNotice error={error} what={onRetry ? "load" : "save"} onRetry={onRetry} />;
}

type Props = { code: string; meter: SharedMeter; account: MyAccount | null };

function Binding({ code, meter, account }: Props) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const bind = useMutation({
    mutationFn: (person?: Omit<Person, "language">) =>
      bindMeter({ code, csrf: account?.csrf_token ?? "", ...(person && { person: { ...person, language: i18n.language === "en" ? "en" : "zh-CN" } as Person }) }),
    onSuccess: (bound) => {
      queries.removeQueries({ queryKey: keys.my });
      queries.setQueryData(keys.myAccount, bound.account);
      void navigate(`/my/${bound.binding}`, { replace: true });
    },
  });
  const ended = bind.error instanceof ApiError && ["not_found", "limit_reached", "locked"].includes(bind.error.code);
  if (ended) return <NotThis error={bind.error} />;
  return (
    <>
      <section className="a-card a-stack" data-testid="bind-meter">
        <p className="a-muted">{t("my.bindHint")}</p>
        <dl className="a-my-facts">
          <div>
            <dt>{t("my.site")}</dt>
            <dd>{meter.site}</dd>
          </div>
          <div>
            <dt>{t("my.number")}</dt>
            <dd className="a-my-line">
              <KindIcon kind={meter.kind} />
              <span className="a-number" data-testid="bind-number">
                {meter.address}
              </span>
            </dd>
          </div>
        </dl>
      </section>
      <section className="a-card a-stack">
        {bind.error && <ErrorNotice error={bind.error} what="save" />}
        {account ? (
          <>
            <p>{t("my.as", { name: account.name, mobile: account.mobile })}</p>
            <Button type="primary" block loading={bind.isPending} onClick={() => bind.mutate(undefined)} data-testid="bind-submit">
              {t("my.submit")}
            </Button>
          </>
        ) : (
          <Form<Omit<Person, "language">> layout="vertical" requiredMark={false} size="large" onFinish={({ name, mobile }) => bind.mutate({ name: name.trim(), mobile: mobile.trim() })}>
            <Form.Item name="name" label={t("my.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
              <Input autoComplete="name" maxLength={40} data-testid="bind-name" />
            </Form.Item>
            <Form.Item name="mobile" label={t("my.mobile")} normalize={(value: string) => value.normalize("NFKC")} rules={[{ required: true, message: t("common.required") }, { pattern: /^\+?(?:[ -]?\d){7,15}\s*$/, message: t("my.mobileBad") }]}>
              <Input autoComplete="tel" inputMode="tel" maxLength={20} data-testid="bind-mobile" />
            </Form.Item>
            <p className="a-muted a-my-note">{t("my.privacy")}</p>
            <Button type="primary" htmlType="submit" block loading={bind.isPending} data-testid="bind-submit">
              {t("my.submit")}
            </Button>
          </Form>
        )}
      </section>
    </>
  );
}
