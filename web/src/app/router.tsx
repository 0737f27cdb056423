// The routes. Every page is its own chunk.
import { CompassOutlined } from "@ant-design/icons";
import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";
import { createBrowserRouter, Navigate, useNavigate, useRouteError, type RouteObject } from "react-router";

import "./extensions";
import { EmptyState } from "@/components/feedback";
import { Gate } from "./Gate";
import { Shell } from "./Shell";
import { Start } from "./Start";
import { SwitchesRow } from "./Switches";
import { dialogHistory } from "@/lib/dialog-history";

type Page = { [name: string]: React.ComponentType };
const page = (load: () => Promise<Page>, name: string) => ({ lazy: async () => ({ Component: (await load())[name]! }) });

const routes: RouteObject[] = [
  {
    path: "/login",
    lazy: async () => {
      const { LoginPage } = await import("@/features/session/LoginPage");
      return { element: <LoginPage switches={<SwitchesRow />} /> };
    },
    ErrorBoundary: Crash,
    HydrateFallback: Waiting,
  },
  {
    path: "/register",
    lazy: async () => {
      const { RegistrationPage } = await import("@/features/session/RegistrationPage");
      return { element: <RegistrationPage switches={<SwitchesRow />} /> };
    },
    ErrorBoundary: Crash,
    HydrateFallback: Waiting,
  },
  // Of residents, who have no session of the staff: outside of the gate. The code stands behind #, so that no server's log has it.
  {
    path: "/r",
    lazy: async () => {
      const { BindPage } = await import("@/features/my/BindPage");
      return { element: <BindPage switches={<SwitchesRow />} /> };
    },
    ErrorBoundary: Crash,
    HydrateFallback: Waiting,
  },
  {
    path: "/my",
    lazy: async () => {
      const { MyPage } = await import("@/features/my/MyPage");
      return { element: <MyPage switches={<SwitchesRow />} /> };
    },
    ErrorBoundary: Crash,
    HydrateFallback: Waiting,
  },
  {
    path: "/my/:binding",
    lazy: async () => {
      const { MyMeterPage } = await import("@/features/my/MyMeterPage");
      return { element: <MyMeterPage switches={<SwitchesRow />} /> };
    },
    ErrorBoundary: Crash,
    HydrateFallback: Waiting,
  },
  {
    path: "/first-password",
    lazy: async () => {
      const { FirstPasswordPage } = await import("@/features/session/FirstPasswordPage");
      return { element: <FirstPasswordPage switches={<SwitchesRow />} /> };
    },
    ErrorBoundary: Crash,
    HydrateFallback: Waiting,
  },
  {
    path: "/",
    element: (
      <Gate>
        <Shell />
      </Gate>
    ),
    HydrateFallback: Waiting,
    ErrorBoundary: Crash,
    children: [
      {
        ErrorBoundary: Crash,
        children: [
          { index: true, Component: Start },
          { path: "projects", ...page(() => import("@/features/places/ProjectsPage"), "ProjectsPage") },
          { path: "meters", ...page(() => import("@/features/meters/MeterListPage"), "MeterListPage") },
          { path: "meters/:meter", ...page(() => import("@/features/meters/MeterPage"), "MeterPage") },
          { path: "money/accounts", ...page(() => import("@/features/meters/AccountsPage"), "AccountsPage") },
          { path: "money/recharges", ...page(() => import("@/features/meters/AccountsPage"), "RechargesPage") },
          { path: "money/calculations", ...page(() => import("@/features/meters/AccountsPage"), "CalculationsPage") },
          { path: "money/refunds", ...page(() => import("@/features/meters/AccountsPage"), "RefundsPage") },
          { path: "prices", ...page(() => import("@/features/prices/PricesPage"), "PricesPage") },
          { path: "gateways", ...page(() => import("@/features/gateways/GatewayListPage"), "GatewayListPage") },
          { path: "gateways/:gateway", ...page(() => import("@/features/gateways/GatewayPage"), "GatewayPage") },
          { path: "alarms", ...page(() => import("@/features/alarms/AlarmsPage"), "AlarmsPage") },
          { path: "inbox", ...page(() => import("@/features/messages/InboxPage"), "InboxPage") },
          { path: "messages/sent", ...page(() => import("@/features/messages/DeliveriesPage"), "DeliveriesPage") },
          { path: "messages/announcements", ...page(() => import("@/features/messages/AnnouncementsPage"), "AnnouncementsPage") },
          { path: "messages/sms", ...page(() => import("@/features/messages/SmsPage"), "SmsPage") },
          { path: "audit", ...page(() => import("@/features/audit/AuditPage"), "AuditPage") },
          { path: "codes/:kind", ...page(() => import("@/features/codes/CodesPage"), "CodesPage") },
          { path: "q/:kind/:id", ...page(() => import("@/features/codes/Scanned"), "Scanned") },
          { path: "settings", ...page(() => import("@/features/session/SettingsPage"), "SettingsPage") },
          { path: "downloads", ...page(() => import("@/features/downloads/DownloadsPage"), "DownloadsPage") },
          { path: "password", ...page(() => import("@/features/session/PasswordPage"), "PasswordPage") },
          { path: "space/houses/:house", ...page(() => import("@/features/houses/HousePage"), "HousePage") },
          { path: "space/rooms/:room", ...page(() => import("@/features/houses/RoomPage"), "RoomPage") },
          { path: "prepaid", ...page(() => import("@/features/prepaid/PrepaidPage"), "PrepaidPage") },
          { path: "prepaid/:source", ...page(() => import("@/features/prepaid/SourcePage"), "SourcePage") },
          { path: "energy", ...page(() => import("@/features/energy/EnergyPage"), "EnergyPage") },
          { path: "reports/:report", ...page(() => import("@/features/reports/ReportPage"), "ReportPage") },
          { path: "device/firmware", ...page(() => import("@/features/gateways/firmware/FirmwarePage"), "FirmwarePage") },
          { path: ":group/:resource", ...page(() => import("@/features/catalog/CatalogPage"), "CatalogPage") },
          { path: "home", element: <Navigate to="/" replace /> },
          { path: "*", Component: NotFound },
        ],
      },
    ],
  },
];

// Before the router listens: what concerns open dialogs only is not for it.
window.addEventListener("popstate", (event) => dialogHistory.popped(event.state) && event.stopImmediatePropagation(), true);
export const router = createBrowserRouter(routes);
router.subscribe(({ location }) => dialogHistory.entered(location.key));
dialogHistory.entered(router.state.location.key);

function Waiting() {
  return null;
}

function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      icon={<CompassOutlined />}
      title={t("notFound.title")}
      hint={t("notFound.hint")}
      action={
        <Button type="primary" onClick={() => void navigate("/")}>
          {t("notFound.home")}
        </Button>
      }
    />
  );
}

function Crash() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <Result
      status="error"
      title={t("crash.title")}
      subTitle={t("crash.hint")}
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          {t("crash.reload")}
        </Button>
      }
    >
      <code>{String(error)}</code>
    </Result>
  );
}
