// On a gateway's own page: what it runs, the order that is under way or what came of the last one, and the way to a new one.
import { App, Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { versionOf } from "./fit";
import { UpgradeState, Withdraw } from "./parts";
import { isOver } from "./upgrade";
import { TimeText } from "@/components/TimeText";
import { UPGRADE } from "@/lib/api/releases";
import { useCan } from "@/lib/hooks";
import type { Gateway } from "@/types/api";
import "./firmware.css";

const OrderDialog = lazy(async () => ({ default: (await import("./OrderDialog")).OrderDialog }));

export function GatewayFirmware({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const allowed = useCan()(UPGRADE);
  const [ordering, setOrdering] = useState(false);
  const { upgrade } = gateway;
  const facts = [
    [t("firmware.ownRunning"), versionOf(gateway.software) ?? (gateway.software || t("firmware.ownUnknown"))],
    [t("firmware.architecture"), gateway.architecture || t("firmware.ownUnknown")],
  ];
  return (
    <section className="a-card a-stack" data-testid="gateway-firmware">
      <div className="a-card-head">
        <h2>{t("firmware.own")}</h2>
        <Link to="/device/firmware">{t("firmware.allReleases")}</Link>
      </div>
      <dl className="a-pairs a-upgrade-pairs">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd className="a-number">{value}</dd>
          </div>
        ))}
        {upgrade && (
          <div style={{ display: "contents" }}>
            <dt>{t("firmware.to")}</dt>
            <dd className="a-stack">
              <span>
                <b className="a-number">{upgrade.version}</b>{" "}
                <small className="a-muted">
                  {upgrade.ordered_by} · <TimeText at={upgrade.at} ago site={gateway.site} />
                </small>
              </span>
              <UpgradeState upgrade={upgrade} hint />
            </dd>
          </div>
        )}
      </dl>
      {allowed && (
        <span className="a-drawn-buttons">
          {(!upgrade || isOver(upgrade.step)) && (
            <Button onClick={() => setOrdering(true)} data-testid="gateway-upgrade">
              {t("firmware.upgrade")}
            </Button>
          )}
          <Withdraw gateway={gateway} />
        </span>
      )}
      {ordering && (
        <Suspense>
          <OrderDialog
            gateway={gateway}
            onClose={(n) => {
              setOrdering(false);
              if (n > 0) void message.success(t("firmware.ordered", { n }));
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
