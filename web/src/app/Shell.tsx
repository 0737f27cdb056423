// The frame: menu on the left (at the bottom on a phone), top bar, banner when the stream is lost.
import {
  AlertOutlined,
  ApartmentOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  CloudDownloadOutlined,
  BarChartOutlined,
  ClusterOutlined,
  DashboardOutlined,
  EllipsisOutlined,
  EnvironmentOutlined,
  HomeOutlined,
  KeyOutlined,
  LogoutOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  MessageOutlined,
  SettingOutlined,
  AccountBookOutlined,
  TagsOutlined,
  TeamOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Badge, Button, Dropdown, Menu } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation, useNavigate } from "react-router";

import { ActingBanner, OrganisationButton } from "./Acting";
import { ConnectionBanner, ConnectionDot } from "./Connection";
import { Drawer } from "@/components/Dialog";
import { Logo } from "@/components/Logo";
import { InboxButton } from "./InboxButton";
import { besideFor, groupsFor, messagesFor, moneyFor, placesFor, type Place } from "./menu";
import { DeskButton } from "@/features/desk/DeskButton";
import { ProjectMenu } from "./ProjectMenu";
import { LanguageSwitch, SchemeSwitch } from "./Switches";
import { logOut } from "@/lib/api/requests";
import { useLabel } from "@/components/words";
import { useOpenJobs } from "@/lib/api/jobs";
import { useCatalog, useHome, useReports } from "@/lib/api/queries";
import { useCan, useIsPhone, useSession, useSites } from "@/lib/hooks";
import { useFollowSettings, useSaveSettings } from "@/lib/settings";
import { useRemembered } from "@/lib/storage";

const icons: Record<Place["key"], ReactNode> = {
  home: <HomeOutlined />,
  projects: <EnvironmentOutlined />,
  meters: <DashboardOutlined />,
  prepaid: <ApartmentOutlined />,
  prices: <TagsOutlined />,
  gateways: <ClusterOutlined />,
  alarms: <AlertOutlined />,
  audit: <AuditOutlined />,
};

/** The lists of the catalogue stand between the daily places and those that are looked at when something is wrong. */
const seldom = new Set<string>(["alarms", "audit"]);

function usePlaces() {
  const { t } = useTranslation();
  const can = useCan();
  const alarms = useHome(can("home:read")).data?.alarms.reduce((sum, alarm) => sum + alarm.count, 0) ?? 0;
  return placesFor(can).map((place) => ({ ...place, icon: icons[place.key], name: t(`menu.${place.key}`), count: place.key === "alarms" ? alarms : 0 }));
}

/** Pictures of the groups of the catalogue. */
const groupIcons: Record<string, ReactNode> = { space: <BankOutlined />, organisation: <TeamOutlined /> };

/** 汇总统计: the analysis of energy and the reports that this session may read. */
function useStatistics() {
  const { t } = useTranslation();
  const label = useLabel();
  const can = useCan();
  const reports = useReports().data?.reports ?? [];
  const entries = [
    ...(can("energy:read") ? [{ path: "/energy", name: t("menu.energy") }] : []),
    ...reports.map(({ name, label: word }) => ({ path: `/reports/${name}`, name: label(word) })),
  ];
  return entries.length > 0 ? [{ group: "reports", path: "/reports", name: t("menu.groups.reports"), icon: <BarChartOutlined />, entries }] : [];
}

/** 预付费管理 */
function useMoney() {
  const { t } = useTranslation();
  const entries = moneyFor(useCan()).map(({ path, key }) => ({ path, name: t(`menu.${key}`) }));
  return entries.length > 0 ? [{ group: "money", path: "/money", name: t("menu.groups.money"), icon: <AccountBookOutlined />, entries }] : [];
}

/** 消息中心 */
function useMessages() {
  const { t } = useTranslation();
  const entries = messagesFor(useCan()).map(({ path, key }) => ({ path, name: t(`messageMenu.${key}`) }));
  return entries.length > 0 ? [{ group: "messages", path: "/messages", name: t("messageMenu.group"), icon: <MessageOutlined />, entries }] : [];
}

/** The groups of lists that this session may see something of; the statistics before the administration, as in the manual. */
function useGroups() {
  const statistics = useStatistics();
  const money = useMoney();
  const messages = useMessages();
  const beside = besideFor(useCan());
  const { t } = useTranslation();
  const label = useLabel();
  const resources = useCatalog().data?.resources ?? [];
  const lists = groupsFor(resources).map(({ group, entries }) => ({
    group,
    path: `/${group}`,
    name: t(`menu.groups.${group}`, { defaultValue: t("menu.groups.other") }),
    icon: groupIcons[group] ?? <AppstoreOutlined />,
    entries: entries.map((entry) => ({ path: entry.path, name: label(entry.label) })),
  }));
  for (const { group, path, key } of beside) {
    const entry = { path, name: t(`menu.${key}`) };
    const found = lists.find((each) => each.group === group);
    if (found) found.entries.push(entry);
    else lists.unshift({ group, path: `/${group}`, name: t(`menu.groups.${group}`), icon: <AppstoreOutlined />, entries: [entry] });
  }
  const administration = lists.findIndex(({ group }) => group === "organisation");
  return administration < 0 ? [...money, ...lists, ...statistics, ...messages] : [...money, ...lists.slice(0, administration), ...statistics, ...messages, ...lists.slice(administration)];
}

/** The entry of the menu that the page belongs to: a page of a catalogue has its own, below its group. */
function useCurrent(): string {
  const { pathname } = useLocation();
  const groups = useGroups();
  if (pathname === "/") return "/";
  const [, first, second] = pathname.split("/");
  return groups.some(({ group }) => group === first) ? `/${first}/${second}` : `/${first}`;
}

export function Shell() {
  const phone = useIsPhone();
  const { t } = useTranslation();
  const [narrow, setNarrow] = useRemembered("menu.narrow", false);
  const { data: session } = useSession();
  useFollowSettings(session?.sites !== undefined);
  return (
    <div className={`a-shell${narrow && !phone ? " a-shell-narrow" : ""}`}>
      <a className="a-skip" href="#content">
        {t("menu.skip")}
      </a>
      {!phone && <Side narrow={narrow} onNarrow={setNarrow} />}
      <div className="a-main">
        <TopBar phone={phone} />
        <ActingBanner />
        <ConnectionBanner />
        <main id="content" className="a-content">
          <Outlet />
        </main>
        {phone && <BottomBar />}
      </div>
    </div>
  );
}

function Side({ narrow, onNarrow }: { narrow: boolean; onNarrow: (narrow: boolean) => void }) {
  const { t } = useTranslation();
  const current = useCurrent();
  const groups = useGroups();
  const [opened, setOpened] = useState<string[] | null>(null);
  const here = groups.filter(({ path, entries }) => current.startsWith(`${path}/`) || entries.some((entry) => entry.path === current)).map(({ path }) => path);
  const lists = groups.map(({ path, icon, name, entries }) => ({
    key: path,
    icon,
    label: name,
    children: entries.map((entry) => ({ key: entry.path, label: <Link to={entry.path}>{entry.name}</Link> })),
  }));
  const all = usePlaces();
  const item = ({ path, icon, name, count }: (typeof all)[number]) => ({
    key: path,
    icon: (
      <Badge dot={narrow && count > 0} size="small">
        {icon}
      </Badge>
    ),
    title: name,
    label: (
      <Link to={path} className="a-menu-link">
        {name}
        {count > 0 && <span className="a-count a-number">{count > 99 ? "99+" : count}</span>}
      </Link>
    ),
  });
  return (
    <nav className="a-side">
      <Link to="/" className="a-brand" aria-label={narrow ? t("app.name") : undefined}>
        <Logo />
        {!narrow && (
          <span>
            <b>{t("app.name")}</b>
            <small>ANJU</small>
          </span>
        )}
      </Link>
      <Menu
        mode="inline"
        inlineCollapsed={narrow}
        selectedKeys={[current]}
        {...(narrow ? {} : { openKeys: opened ?? (groups.length === 1 ? [groups[0]!.path] : here), onOpenChange: setOpened })}
        items={[...all.filter(({ key }) => !seldom.has(key)).map(item), ...lists, ...all.filter(({ key }) => seldom.has(key)).map(item)]}
      />
      <Button
        type="text"
        className="a-fold"
        icon={narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={t(narrow ? "menu.expand" : "menu.collapse")}
        onClick={() => onNarrow(!narrow)}
      />
    </nav>
  );
}

function useLeave() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: logOut,
    // Also when the platform did not answer: nothing of the last person may stay on the screen.
    onSettled: () => {
      void navigate("/login");
      queries.clear();
    },
  });
}

function TopBar({ phone }: { phone: boolean }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const navigate = useNavigate();
  const leave = useLeave();
  const save = useSaveSettings();
  const several = (useSites().data?.length ?? 0) > 1;
  return (
    <header className="a-top">
      {phone && (
        <Link to="/" className="a-brand" aria-label={t("app.name")}>
          <Logo />
        </Link>
      )}
      {!(phone && several) && <OrganisationButton phone={phone} />}
      {several && <ProjectMenu />}
      <ConnectionDot />
      <span className="a-grow" />
      <DeskButton phone={phone} />
      <InboxButton />
      <DownloadsButton />
      {!phone && <LanguageSwitch onSwitch={(language) => save.mutate({ language })} />}
      <SchemeSwitch onSwitch={(theme) => save.mutate({ theme })} />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "who", label: session?.user, disabled: true },
            { type: "divider" },
            { key: "settings", icon: <SettingOutlined />, label: t("menu.settings"), onClick: () => void navigate("/settings") },
            { key: "password", icon: <KeyOutlined />, label: t("menu.password"), onClick: () => void navigate("/password") },
            { key: "leave", icon: <LogoutOutlined />, label: t("menu.logOut"), onClick: () => leave.mutate() },
          ],
        }}
      >
        <Button type="text" icon={<UserOutlined />} data-testid="user-menu" aria-label={phone ? t("menu.account") : undefined}>
          {phone ? null : session?.name}
        </Button>
      </Dropdown>
    </header>
  );
}

/** The way to the download centre, with how many exports and imports are under way. */
function DownloadsButton() {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const open = useOpenJobs(Boolean(session)).data?.total ?? 0;
  const navigate = useNavigate();
  const name = open > 0 ? `${t("jobs.title")} \u00b7 ${t("jobs.open", { n: open })}` : t("jobs.title");
  return (
    <Button type="text" title={name} aria-label={name} onClick={() => void navigate("/downloads")} data-testid="downloads">
      <Badge count={open} size="small" color="var(--a-brand-text)">
        <CloudDownloadOutlined />
      </Badge>
    </Button>
  );
}

function BottomBar() {
  const { t } = useTranslation();
  const current = useCurrent();
  const all = usePlaces();
  const [open, setOpen] = useState(false);
  const main = all.filter(({ key }) => ["home", "meters", "gateways", "alarms"].includes(key));
  const rest = all.filter((place) => !main.includes(place));
  const groups = useGroups();
  const save = useSaveSettings();
  return (
    <>
      <nav className="a-bottom">
        {main.map(({ path, icon, name, count }) => (
          <Link key={path} to={path} className={current === path ? "a-current" : ""} aria-current={current === path ? "page" : undefined}>
            <Badge count={count} size="small">
              <span className="a-bottom-icon">{icon}</span>
            </Badge>
            {name}
          </Link>
        ))}
        <button type="button" onClick={() => setOpen(true)}>
          <span className="a-bottom-icon">
            <EllipsisOutlined />
          </span>
          {t("menu.more")}
        </button>
      </nav>
      <Drawer placement="bottom" size="auto" open={open} onClose={() => setOpen(false)} title={t("menu.more")} className="a-sheet">
        {rest.map(({ path, icon, name }) => (
          <Link key={path} to={path} className="a-sheet-item" onClick={() => setOpen(false)}>
            {icon} {name}
          </Link>
        ))}
        {groups.map(({ path, icon, name, entries }) => (
          <section key={path} className="a-sheet-group">
            <h2>
              {icon} {name}
            </h2>
            {entries.map((entry) => (
              <Link key={entry.path} to={entry.path} className="a-sheet-item" onClick={() => setOpen(false)}>
                {entry.name}
              </Link>
            ))}
          </section>
        ))}
        <div className="a-sheet-item">
          <LanguageSwitch onSwitch={(language) => save.mutate({ language })} />
        </div>
      </Drawer>
    </>
  );
}
