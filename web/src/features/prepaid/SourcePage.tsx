// 房源 → 集中器 → 表计: what hangs on a housing source, as one tree.
import { ClusterOutlined, DashboardOutlined, HomeOutlined, LeftOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";

import "@/components/places.css";
import { branchesOf } from "./tree";
import { DispatchChip } from "@/components/DispatchChip";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { Chip } from "@/components/Chip";
import { MoneyText } from "@/components/numbers";
import { ReachBadge, StateBadge } from "@/components/StateBadge";
import { useEntries, useEntry, useGateways, useMeters } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";
import { accountTone } from "@/lib/meter-state";

/** More meters of one source are not drawn at once. */
const MOST = 100;

export function SourcePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const can = useCan();
  const source = Number(useParams().source);
  const named = useSearchParams()[0].get("name");
  const known = Number.isSafeInteger(source) && source > 0;
  const entry = useEntry("sources", known && can("source:read") ? source : undefined);
  const meters = useMeters({ source, page: 1, page_size: MOST }, known && can("meter:read"));
  const gateways = useGateways(can("gateway:read"));
  const entered = useEntries("concentrators", { source, page: 1, page_size: MOST }, known && can("concentrator:read"));
  const rooms = useEntries("rooms", { source, enabled: true, sort: "number", page: 1, page_size: MOST }, known && can("room:read"));
  if (!known) return <EmptyState title={t("prepaid.none")} hint={t("prepaid.noneHint")} />;
  const error = entry.error ?? meters.error;
  if (error) return <ErrorNotice error={error} what="load" onRetry={() => void Promise.all([entry.refetch(), meters.refetch()])} />;
  if (!meters.data) return can("meter:read") ? <PageSkeleton /> : <EmptyState title={t("prepaid.noMetersRight")} hint={t("prepaid.noneHint")} />;
  const concentrators = new Map((entered.data?.rows ?? []).map((row) => [String(row.gateway), row]));
  const branches = branchesOf(meters.data.rows, [...concentrators.keys()]);
  const withMeter = new Set(meters.data.rows.map(({ linked_room }) => linked_room?.id));
  const empty = (rooms.data?.rows ?? []).filter(({ id }) => !withMeter.has(id));
  const name = entry.data ? String(entry.data.name) : (named ?? "");
  return (
    <div className="a-scroll" data-testid="page-source">
      <section className="a-card a-device">
        <div className="a-device-top">
          <Button type="text" icon={<LeftOutlined />} aria-label={t("common.back")} onClick={() => void navigate("/prepaid")} />
          {can("concentrator:create") && (
            <Button
              type="text"
              icon={<PlusOutlined />}
              aria-label={t("concentrator.entry")}
              title={t("concentrator.entry")}
              onClick={() => void navigate(`/device/concentrators?source=${source}`)}
              data-testid="tree-enter-concentrator"
            />
          )}
          <div className="a-device-name">
            <h1>{name}</h1>
            <div className="a-facts">
              {entry.data && <span className="a-number">{String(entry.data.code)}</span>}
              {entry.data && <span>{t(`prepaid.types.${String(entry.data.type)}`)}</span>}
              {entry.data?.address && <span>{String(entry.data.address)}</span>}
            </div>
          </div>
        </div>
      </section>
      <section className="a-card a-part" data-testid="source-tree">
        {branches.length === 0 && <p className="a-muted">{t("prepaid.noMeters")}</p>}
        <ul className="a-tree" role="tree" aria-label={name}>
          {branches.map(({ gateway, meters: below }) => {
            const word = gateways.data?.find(({ id }) => id === gateway);
            const entry = concentrators.get(gateway);
            return (
              <li key={gateway} role="treeitem" aria-selected={false} aria-expanded>
                <div className="a-tree-head">
                  <ClusterOutlined />
                  <Link className="a-strong-link" to={`/gateways/${encodeURIComponent(gateway)}`}>
                    {String(entry?.name ?? word?.name ?? gateway)}
                  </Link>
                  {entry?.asset_number && <span className="a-number a-muted">{String(entry.asset_number)}</span>}
                  {word && <Chip tone={word.online ? "ok" : "idle"}>{t(word.online ? "gateway.online" : "gateway.offline")}</Chip>}
                  <small className="a-muted">{t("prepaid.metersBelow", { n: below.length })}</small>
                  {can("meter:create") && (
                    <Button
                      type="text"
                      size="small"
                      icon={<PlusOutlined />}
                      aria-label={t("concentrator.prepare")}
                      title={t("concentrator.prepare")}
                      onClick={() => void navigate(`/meters?register=${encodeURIComponent(JSON.stringify({ gateway, dispatch: false }))}`)}
                      data-testid="tree-enter-meter"
                    />
                  )}
                </div>
                <ul className="a-tree" role="group">
                  {below.map((meter) => (
                    <li key={meter.id} role="treeitem" aria-selected={false} className="a-entry a-entry-meter" data-testid="tree-meter">
                      <DashboardOutlined />
                      <span className="a-entry-name">
                        <Link className="a-strong-link" to={`/meters/${meter.id}`}>
                          {meter.name}
                        </Link>
                        <small className="a-muted">
                          <Link to={`/space/rooms/${meter.linked_room?.id}`}>{meter.linked_room?.name}</Link> · <span className="a-number">{meter.address}</span>
                        </small>
                      </span>
                      <span className="a-entry-amount">
                        <MoneyText value={meter.balance} />
                        {meter.account_state !== "normal" && (
                          <Chip bare tone={accountTone(meter.account_state)}>
                            {t(`meter.accounts.${meter.account_state}`)}
                          </Chip>
                        )}
                      </span>
                      <DispatchChip state={meter.dispatch} />
                      <StateBadge meter={meter} />
                      <ReachBadge reachable={meter.reachable} />
                    </li>
                  ))}
                </ul>
              </li>
            );
          })}
        </ul>
        {meters.data.total > MOST && <p className="a-muted">{t("prepaid.moreMeters", { n: meters.data.total - MOST })}</p>}
      </section>
      {empty.length > 0 && (
        <section className="a-card a-part" data-testid="source-empty-rooms">
          <header>
            <h2>{t("prepaid.emptyRooms", { n: empty.length })}</h2>
          </header>
          <p className="a-muted">{t("prepaid.emptyRoomsHint")}</p>
          <p className="a-room-links">
            {empty.map((room) => (
              <Link key={room.id} to={`/space/rooms/${room.id}`}>
                <HomeOutlined /> {String(room.name)}
              </Link>
            ))}
          </p>
        </section>
      )}
    </div>
  );
}
