// The menus of prepaid management about one account each: 账户管理, 充值管理, 单户电费测算, 电费退补. The same meters in each, with the
// columns of the manual and what that menu is for as the first action.
import { FileSearchOutlined } from "@ant-design/icons";
import { useQueries } from "@tanstack/react-query";
import { Button } from "antd";
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { AccountFilters } from "./AccountFilters";
import { actionsFor, type Action } from "./actions";
import { MeterDialogs, useMeterDialog } from "./MeterDialogs";
import { hasFilter, useMeterQuery } from "./query";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { ActionSheet, RowActions, widthOfActions, type RowAction } from "@/components/RowActions";
import { StateBadge } from "@/components/StateBadge";
import { TimeText } from "@/components/TimeText";
import { useOpenAccounts } from "@/lib/api/accounts";
import { keys } from "@/lib/api/keys";
import { useMeters, useReports } from "@/lib/api/queries";
import { getMeter } from "@/lib/api/requests";
import { useCan, useOffset } from "@/lib/hooks";
import { accountTone } from "@/lib/meter-state";
import { formatDay } from "@/lib/time";
import type { Opening } from "@/types/account";
import type { Meter, MeterRow } from "@/types/api";

type Menu = "accounts" | "recharges" | "calculations" | "refunds";

/** Per menu: the actions of a row, and the record its last link leads to. */
const MENUS: Record<Menu, { actions: Action["name"][]; tab: string }> = {
  accounts: { actions: ["openAccount", "settle", "settings", "price", "recharge", "adjust"], tab: "openings" },
  recharges: { actions: ["recharge"], tab: "recharges" },
  calculations: { actions: ["settle"], tab: "settlements" },
  refunds: { actions: ["adjust"], tab: "adjustments" },
};
/** Each row asks for its account (and 账户管理 for its settings), so there are few of them. */
const SIZES = [10, 20];

export const AccountsPage = () => <MenuPage menu="accounts" />;
export const RechargesPage = () => <MenuPage menu="recharges" />;
export const CalculationsPage = () => <MenuPage menu="calculations" />;
export const RefundsPage = () => <MenuPage menu="refunds" />;

/** Settings are not in the list of meters. */
function useSettings(meters: number[]): Map<number, Meter> {
  return useQueries({
    queries: meters.map((meter) => ({ queryKey: keys.meter(meter), queryFn: ({ signal }: { signal: AbortSignal }) => getMeter(meter, { signal }), staleTime: 60_000 })),
    combine: byId,
  });
}
const byId = (answers: { data?: Meter }[]) => new Map(answers.flatMap(({ data }) => (data ? [[data.id, data] as const] : [])));

function MenuPage({ menu }: { menu: Menu }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const can = useCan();
  const [asked, change] = useMeterQuery();
  // One object as long as the address stays: the filters put it into their fields, over what somebody is typing.
  const query = useMemo(() => ({ ...asked, page_size: SIZES.includes(asked.page_size) ? asked.page_size : SIZES.at(-1)! }), [asked]);
  const meters = useMeters(query);
  const shown = useMemo(() => meters.data?.rows.map(({ id }) => id) ?? [], [meters.data]);
  const openings = useOpenAccounts(shown);
  const settings = useSettings(menu === "accounts" ? shown : []);
  const { dialog, open, close } = useMeterDialog();
  const { actions, tab } = MENUS[menu];
  const actionsOf = (meter: MeterRow): RowAction[] => {
    // An account that is open is not opened once more.
    const all = actionsFor(meter, can).filter(({ name }) => actions.includes(name) && !(name === "openAccount" && openings.get(meter.id)));
    return [
      ...actions.flatMap((wanted) => all.filter(({ name }) => name === wanted)).map(({ name, dialog: kind }) => ({ name, label: t(menu === "calculations" && name === "settle" ? "account.calculate" : `meter.buttons.${name}`), run: () => open(meter.id, kind) })),
      { name: "records", label: t(`tabs.${tab}`), run: () => void navigate(`/meters/${meter.id}?tab=${tab}`) },
    ];
  };
  const columns = useColumns(menu, openings, settings);
  const filtered = hasFilter(asked);
  const all: Column<MeterRow>[] = [
    ...columns,
    { key: "actions", title: t("common.actions"), always: true, fixed: "right", width: widthOfActions(meters.data?.rows.map(actionsOf), t("common.more")), render: (_, meter) => <RowActions actions={actionsOf(meter)} /> },
  ];
  return (
    <>
      <ResourcePage
        name={menu}
        title={t(`menu.${menu}`)}
        subtitle={t(`account.subtitle.${menu}`)}
        actions={menu === "recharges" && <RechargeDetails />}
        filters={<AccountFilters query={query} onChange={change} />}
        columns={all}
        rows={meters.data?.rows}
        rowKey={(meter) => meter.id}
        rowTestId="account-row"
        loading={meters.isFetching}
        error={meters.error}
        onReload={() => void meters.refetch()}
        onOpen={(meter) => void navigate(`/meters/${meter.id}`)}
        card={(meter) => (
          <>
            <Link to={`/meters/${meter.id}`} className="a-row-card-body">
              <span className="a-row-card-head">
                <b>{meter.name}</b>
                <MoneyText value={meter.balance} />
              </span>
              <span className="a-row-card-line">
                <span className="a-muted">
                  {openings.get(meter.id) === null ? t("account.none") : (openings.get(meter.id)?.customer ?? "\u2026")} · <span className="a-number">{meter.address}</span>
                </span>
                <AccountChip meter={meter} />
              </span>
            </Link>
            <ActionSheet title={meter.name} actions={actionsOf(meter)} />
          </>
        )}
        empty={
          filtered ? (
            <EmptyState title={t("meter.noMatch")} hint={t("meter.noMatchHint")} action={<Button onClick={() => change({})}>{t("common.reset")}</Button>} />
          ) : (
            <EmptyState title={t("meter.empty")} hint={t("meter.emptyHint")} />
          )
        }
        paging={{
          page: query.page,
          size: query.page_size,
          sizes: SIZES,
          total: meters.data?.total ?? 0,
          onChange: (page, page_size) => change({ ...asked, page: page_size === query.page_size ? page : 1, page_size }),
        }}
      />
      <MeterDialogs dialog={dialog} onClose={close} onOpen={open} />
    </>
  );
}

/** 查询充值明细, by period and meter: the report, for whoever may see it. */
function RechargeDetails() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (!useReports().data?.reports.some(({ name }) => name === "payments")) return null;
  return (
    <Button icon={<FileSearchOutlined />} onClick={() => void navigate("/reports/payments")} data-testid="recharge-details">
      {t("account.rechargeDetails")}
    </Button>
  );
}

function AccountChip({ meter }: { meter: MeterRow }) {
  const { t } = useTranslation();
  return (
    <Chip bare tone={accountTone(meter.account_state)}>
      {t(`meter.accounts.${meter.account_state}`)}
    </Chip>
  );
}

function useColumns(menu: Menu, openings: Map<number, Opening | null>, settings: Map<number, Meter>): Column<MeterRow>[] {
  const { t, i18n } = useTranslation();
  const offset = useOffset();
  const of = (key: string, title: string, width: number, value: (opening: Opening) => ReactNode): Column<MeterRow> => ({
    key,
    title,
    width,
    ellipsis: true,
    render: (_, { id }) => {
      const opening = openings.get(id);
      return (opening && value(opening)) || <span className="a-muted">—</span>;
    },
  });
  const set = (key: "alarm_1" | "alarm_2" | "overdraft", title: string): Column<MeterRow> => ({ key, title, width: 92, align: "right", render: (_, { id }) => <MoneyText value={settings.get(id)?.[key]} /> });
  const room: Column<MeterRow> = {
    key: "room",
    title: t("account.source"),
    always: true,
    fixed: "left",
    width: 210,
    ellipsis: true,
    render: (_, meter) => (
      <>
        <Link to={`/meters/${meter.id}`} className="a-strong-link" data-testid="meter-link">
          {meter.linked_room ? [meter.source?.name, meter.linked_room.name].filter(Boolean).join(" ") : meter.room || meter.name}
        </Link>{" "}
        <small className="a-muted">{meter.name}</small>
      </>
    ),
  };
  const code = (title: string): Column<MeterRow> => ({ key: "code", title, always: true, fixed: "left", width: 104, render: (_, { source }) => <span className="a-number a-muted">{source?.code || "—"}</span> });
  const zone: Column<MeterRow> = { key: "zone", title: t("account.area"), width: 110, ellipsis: true, render: (_, { source }) => source?.zone || "—" };
  const month: Column<MeterRow> = {
    key: "month",
    title: t("account.feeMonth"),
    width: 96,
    render: (_, { last_reading: read }) => <span className="a-number">{read ? formatDay(read.at, offset).slice(0, 7) : "—"}</span>,
  };
  const meterNumber: Column<MeterRow> = { key: "address", title: t("account.meterNumber"), width: 140, render: (_, meter) => <span className="a-number a-muted">{meter.address}</span> };
  const customer = of("customer", t("account.customer"), 96, (opening) => opening.customer);
  const mobile = of("mobile", t("account.mobile"), 124, (opening) => <span className="a-number">{opening.mobile}</span>);
  const unit = (title: string) => of("unit", title, 150, (opening) => opening.unit);
  const address = (title: string) => of("place", title, 140, (opening) => opening.address);
  const balance: Column<MeterRow> = { key: "balance", title: `${t("account.balance")}`, width: 110, align: "right", render: (_, meter) => <MoneyText value={meter.balance} flash testId="row-balance" /> };
  const account: Column<MeterRow> = { key: "account", title: t("meter.account"), width: 132, render: (_, meter) => <AccountChip meter={meter} /> };
  const read: Column<MeterRow> = { key: "read", title: t("account.feeAt"), width: 172, render: (_, meter) => <TimeText at={meter.last_reading?.at} site={meter.site} /> };
  switch (menu) {
    case "accounts":
      return [
        code(t("account.code")),
        room,
        { key: "type", title: t("account.type"), width: 104, render: (_, { source }) => (source?.type ? t(`prepaid.types.${source.type}`) : "—") },
        zone,
        meterNumber,
        { key: "state", title: t("account.meterState"), width: i18n.language === "en" ? 210 : 164, render: (_, meter) => <StateBadge meter={meter} /> },
        customer,
        mobile,
        address(t("account.address")),
        of("opened_on", t("account.openedOn"), 108, (opening) => <span className="a-number">{formatDay(opening.opened_on, offset)}</span>),
        of("method", t("account.settlementMethod"), 88, (opening) => t(`recharge.methods.${opening.settlement_method}`)),
        balance,
        set("alarm_1", t("settings.alarm1")),
        set("alarm_2", t("settings.alarm2")),
        set("overdraft", t("settings.overdraft")),
        of("voltage", t("account.voltage"), 96, (opening) => opening.voltage),
        { key: "plan", title: t("account.plan"), width: 130, ellipsis: true, render: (_, meter) => meter.price_plan.name },
        { key: "auto", title: t("settings.autoTrip"), width: 92, render: (_, { id }) => (settings.has(id) ? t(settings.get(id)!.auto_trip ? "common.on" : "common.off") : "—") },
        account,
      ];
    case "recharges":
      return [code(t("account.number")), room, meterNumber, customer, unit(t("account.sourceUnit")), address(t("account.sourceAddress")), balance, account, month, read];
    case "calculations":
      return [code(t("account.number")), room, meterNumber, balance, address(t("account.sourceAddress")), customer, mobile, account, read];
    case "refunds":
      return [code(t("account.number")), room, meterNumber, customer, mobile, unit(t("account.unit")), balance, account, read];
  }
}
