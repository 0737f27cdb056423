// A room: what is written about it, the meters that are in it, and those that were.
import { LinkOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import "@/components/places.css";
import { LinkMeter } from "./LinkMeter";
import { Facts, Part, PlaceHead } from "./parts";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { RoomOfMeter } from "@/components/RoomOfMeter";
import { TimeText } from "@/components/TimeText";
import { useEntry, useMeter, useRoomMeters } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";
import { referenceOf, wordsOf } from "@/lib/row-values";
import type { RoomMeter } from "@/types/api";
import type { Row } from "@/types/catalog";


export function RoomPage() {
  const { t } = useTranslation();
  const room = Number(useParams().room);
  const known = Number.isSafeInteger(room) && room > 0;
  const entry = useEntry("rooms", known ? room : undefined);
  if (!known) return <EmptyState title={t("house.none")} hint={t("house.noneHint")} />;
  if (entry.error && !entry.data) return <ErrorNotice error={entry.error} what="load" onRetry={() => void entry.refetch()} />;
  if (!entry.data) return <PageSkeleton />;
  return <Room key={room} row={entry.data} />;
}

function Room({ row }: { row: Row }) {
  const { t } = useTranslation();
  const can = useCan();
  const links = useRoomMeters(row.id);
  const [linking, setLinking] = useState(false);
  const [moving, setMoving] = useState<number | null>(null);
  const open = links.data?.rows.filter(({ until }) => until === null) ?? [];
  const past = links.data?.rows.filter(({ until }) => until !== null) ?? [];
  const mayLink = can("room:bind") && can("meter:read") && row.enabled;
  const house = referenceOf(row.house);
  return (
    <div className="a-scroll" data-testid="page-room">
      <PlaceHead
        title={wordsOf(row.name)}
        backTo="/space/rooms"
        facts={
          <>
            <span>{wordsOf(row.number)}</span>
            {wordsOf(row.zone) && <span>{wordsOf(row.zone)}</span>}
            {house && <Link to={`/space/houses/${house.id}`}>{house.title}</Link>}
            {wordsOf(row.source) && <span>{wordsOf(row.source)}</span>}
          </>
        }
        actions={
          mayLink && (
            <Button type="primary" icon={<LinkOutlined />} onClick={() => setLinking(true)} data-testid="room-link">
              {t("room.link")}
            </Button>
          )
        }
      />
      {links.error && <ErrorNotice error={links.error} what="load" onRetry={() => void links.refetch()} stale={Boolean(links.data)} />}
      <div className="a-parts">
        <Part title={t("room.meters")} count={open.length} testId="room-meters" wide>
          {links.data && open.length === 0 && <p className="a-muted">{t(mayLink ? "room.noMeters" : "room.noMetersYet")}</p>}
          <ul className="a-entries">
            {open.map((link) => (
              <Line key={link.meter} link={link} site={row.site} onMove={mayLink ? () => setMoving(link.meter) : undefined} />
            ))}
          </ul>
        </Part>
        {past.length > 0 && (
          <Part title={t("room.past")} testId="room-past" wide>
            <ul className="a-entries">
              {past.map((link) => (
                <Line key={`${link.meter}-${link.since}`} link={link} site={row.site} />
              ))}
            </ul>
          </Part>
        )}
        <Part title={t("room.file")} testId="room-file" wide>
          <Facts resource="rooms" row={row} />
        </Part>
      </div>
      {linking && <LinkMeter room={row} onClose={() => setLinking(false)} />}
      {moving !== null && <Moving meter={moving} onClose={() => setMoving(null)} />}
    </div>
  );
}

function Line({ link, site, onMove }: { link: RoomMeter; site: string | undefined; onMove?: () => void }) {
  const { t } = useTranslation();
  return (
    <li className={`a-entry${link.until ? " a-entry-past" : ""}`} data-testid="room-meter">
      <span className="a-entry-name">
        {link.name ? <Link to={`/meters/${link.meter}`}>{link.name}</Link> : <span className="a-muted">{t("room.gone", { id: link.meter })}</span>}
        <small className="a-muted a-number">{link.address}</small>
      </span>
      <small className="a-muted">
        <TimeText at={link.since} site={site} /> {link.by}
        {link.until !== null && (
          <>
            {" \u2013 "}
            <TimeText at={link.until} site={site} /> {link.until_by}
          </>
        )}
      </small>
      {onMove && (
        <Button onClick={onMove} data-testid="room-unlink">
          {t("room.move")}
        </Button>
      )}
    </li>
  );
}

/** The dialog wants to know the room that the meter is in by now. */
function Moving({ meter: id, onClose }: { meter: number; onClose: () => void }) {
  const meter = useMeter(id).data;
  return meter ? <RoomOfMeter meter={meter} onClose={onClose} /> : null;
}
