// 集中器管理: what the list of the catalogue shows beside its description: the gateway's page, its state, and what waits for somebody.
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Chip } from "@/components/Chip";
import type { Extension } from "@/lib/extensions";
import type { Row } from "@/types/catalog";

const pathOf = (row: Row) => `/gateways/${encodeURIComponent(String(row.gateway))}`;

function GatewayLink({ row }: { row: Row }) {
  return <Link to={pathOf(row)}>{String(row.gateway)}</Link>;
}

function Online({ row }: { row: Row }) {
  const { t } = useTranslation();
  return (
    <Chip bare tone={row.online ? "ok" : "idle"} testId="concentrator-online">
      {t(row.online ? "gateway.online" : "gateway.offline")}
    </Chip>
  );
}

/** A number above zero leads to where something is to be done. */
function Waiting({ row, count }: { row: Row; count: unknown }) {
  if (!count) return <span className="a-number a-muted">0</span>;
  return (
    <Link to={pathOf(row)} className="a-number a-tone-text-warn">
      {String(count)}
    </Link>
  );
}

export const extension: Extension = {
  cells: {
    gateway: GatewayLink,
    online: Online,
    undispatched: ({ row }) => <Waiting row={row} count={row.undispatched} />,
    pending: ({ row }) => <Waiting row={row} count={row.pending} />,
  },
};
