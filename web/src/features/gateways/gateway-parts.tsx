// How a gateway's state is said, in list and page.
import { DisconnectOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import { Chip } from "@/components/Chip";
import type { GatewayRow } from "@/types/api";

export function OnlineChip({ gateway }: { gateway: GatewayRow }) {
  const { t } = useTranslation();
  return gateway.online ? (
    <Chip tone="ok" testId="gateway-state">
      {t("gateway.online")}
    </Chip>
  ) : (
    <Chip tone="bad" icon={<DisconnectOutlined />} testId="gateway-state">
      {t("gateway.offline")}
    </Chip>
  );
}

/** How far the platform is behind the gateway's ordered stream. */
export function StreamText({ gateway }: { gateway: GatewayRow }) {
  const { t } = useTranslation();
  const { last_seq: last, stored_seq: stored } = gateway;
  if (last === undefined || stored === undefined) return <span className="a-muted">—</span>;
  const behind = Math.max(0, last - stored);
  return (
    <Tooltip title={t("gateway.streamHint", { stored, last })}>
      <span className={behind > 0 ? "a-tone-text-warn a-number" : "a-muted"}>
        {behind > 0 ? t("gateway.behind", { n: behind }) : t("gateway.inSync")}
      </span>
    </Tooltip>
  );
}
