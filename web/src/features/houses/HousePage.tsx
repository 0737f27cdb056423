// Everything about a house on one page: who lives there, its meters with balance and state, recharges, alarms, rooms, contacts.
import { AlertOutlined, UserOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import "@/components/places.css";
import { Facts, MeterLine, Part, PlaceHead } from "./parts";
import { Chip } from "@/components/Chip";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { useAlarmName, useAlarmText } from "@/components/words";
import { useCatalog, useEntries, useEntry, useHouseOverview } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";
import { wordsOf } from "@/lib/row-values";
import type { HouseOverview } from "@/types/api";
import type { Row } from "@/types/catalog";

const SHOWN = 50;
/** As others refer to it: its unit's title has the building in it. */
const houseTitle = (row: Row) => `${wordsOf(row.unit) || wordsOf(row.building)} ${wordsOf(row.number)}`;

export function HousePage() {
  const { t } = useTranslation();
  const house = Number(useParams().house);
  const known = Number.isSafeInteger(house) && house > 0;
  const entry = useEntry("houses", known ? house : undefined);
  if (!known) return <EmptyState title={t("house.none")} hint={t("house.noneHint")} />;
  if (entry.error && !entry.data) return <ErrorNotice error={entry.error} what="load" onRetry={() => void entry.refetch()} />;
  if (!entry.data) return <PageSkeleton />;
  return <House key={house} row={entry.data} />;
}

function House({ row }: { row: Row }) {
  const { t } = useTranslation();
  const overview = useHouseOverview(row.id);
  const { data } = overview;
  const facts = [wordsOf(row.owner), wordsOf(row.phone), wordsOf(row.type), wordsOf(row.zone)].filter(Boolean);
  return (
    <div className="a-scroll" data-testid="page-house">
      <PlaceHead
        title={houseTitle(row)}
        backTo="/space/houses"
        facts={
          <>
            {facts.map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
            {!row.enabled && <Chip tone="idle">{t("catalog.disabled")}</Chip>}
          </>
        }
      />
      {overview.error && <ErrorNotice error={overview.error} what="load" onRetry={() => void overview.refetch()} stale={Boolean(data)} />}
      {!data && !overview.error && <PageSkeleton />}
      <div className="a-parts">
        {data?.alarms && data.alarms.length > 0 && <Alarms alarms={data.alarms} />}
        {data?.meters && <Meters meters={data.meters} />}
        {data?.members && <Members members={data.members} house={row.id} />}
        {data?.recharges && <Recharges recharges={data.recharges} site={row.site} />}
        <Rooms house={row.id} />
        <Contacts site={row.site} />
        <Part title={t("house.file")} testId="house-file" wide>
          <Facts resource="houses" row={row} without={["owner", "phone"]} />
        </Part>
      </div>
    </div>
  );
}

function Alarms({ alarms }: { alarms: NonNullable<HouseOverview["alarms"]> }) {
  const { t } = useTranslation();
  const name = useAlarmName();
  const text = useAlarmText();
  return (
    <Part title={t("house.alarms")} count={alarms.length} testId="house-alarms" wide>
      <ul className="a-entries">
        {alarms.map((alarm) => (
          <li key={alarm.id} className="a-entry">
            <Chip tone={alarm.severity === "critical" ? "bad" : "warn"} icon={<AlertOutlined />}>
              {name(alarm.code)}
            </Chip>
            <span className="a-grow">
              {alarm.meter && <Link to={`/meters/${alarm.meter}`}>{alarm.meter_name}</Link>} <span className="a-muted">{text(alarm).hint}</span>
            </span>
            <TimeText at={alarm.raised_at} ago />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Meters({ meters }: { meters: NonNullable<HouseOverview["meters"]> }) {
  const { t } = useTranslation();
  return (
    <Part title={t("house.meters")} count={meters.length} testId="house-meters" wide>
      {meters.length === 0 ? (
        <p className="a-muted">{t("house.noMeters")}</p>
      ) : (
        <ul className="a-entries">
          {meters.map((meter) => (
            <MeterLine key={meter.id} meter={meter} />
          ))}
        </ul>
      )}
    </Part>
  );
}

function Members({ members, house }: { members: NonNullable<HouseOverview["members"]>; house: number }) {
  const { t } = useTranslation();
  const can = useCan();
  const list = (
    <Link to={`/space/house-members?house=${house}`}>{t(can("house_member:create") ? "house.manage" : "common.detail")}</Link>
  );
  return (
    <Part title={t("house.members")} count={members.filter(({ until }) => until === null).length} tools={can("house_member:read") && list} testId="house-members">
      {members.length === 0 ? (
        <p className="a-muted">{t("house.noMembers")}</p>
      ) : (
        <ul className="a-entries">
          {members.map((member) => (
            <li key={member.id} className={`a-entry${member.until ? " a-entry-past" : ""}`}>
              <b>{member.name}</b>
              <Chip tone={member.until ? "idle" : "brand"} icon={<UserOutlined />}>{t(`house.relations.${member.relation}`)}</Chip>
              <span className="a-grow a-number">{member.phone}</span>
              <small className="a-muted a-number">
                {member.until ? t("house.span", { since: member.since ?? "…", until: member.until }) : member.since ? t("house.since", { since: member.since }) : ""}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function Recharges({ recharges, site }: { recharges: NonNullable<HouseOverview["recharges"]>; site: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Part title={t("house.recharges")} testId="house-recharges">
      {recharges.length === 0 ? (
        <p className="a-muted">{t("house.noRecharges")}</p>
      ) : (
        <ul className="a-entries">
          {recharges.map((row) => (
            <li key={`${row.meter}-${row.id}`} className="a-entry">
              <span className="a-entry-name">
                <Link to={`/meters/${row.meter}?tab=recharges`}>{row.meter_name}</Link>
                <small className="a-muted">
                  <TimeText at={row.at} site={site} />
                </small>
              </span>
              {row.method && <small className="a-muted">{t(`recharge.methods.${row.method}`, { defaultValue: row.method })}</small>}
              <b>
                <MoneyText value={row.amount} />
              </b>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function Rooms({ house }: { house: number }) {
  const { t } = useTranslation();
  const readable = useCatalog().data?.resources.some(({ name }) => name === "rooms") ?? false;
  const rooms = useEntries("rooms", { house, sort: "number", page: 1, page_size: SHOWN }, readable);
  if (!readable || !rooms.data) return null;
  return (
    <Part title={t("house.rooms")} count={rooms.data.total} tools={<Link to={`/space/rooms?house=${house}`}>{t("common.detail")}</Link>} testId="house-rooms">
      {rooms.data.rows.length === 0 ? (
        <p className="a-muted">{t("house.noRooms")}</p>
      ) : (
        <ul className="a-entries">
          {rooms.data.rows.map((room) => (
            <li key={room.id} className="a-entry">
              <Link className="a-grow" to={`/space/rooms/${room.id}`}>
                {wordsOf(room.name)}
              </Link>
              <span className="a-muted">{wordsOf(room.number)}</span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function Contacts({ site }: { site: string | undefined }) {
  const { t } = useTranslation();
  const readable = useCatalog().data?.resources.some(({ name }) => name === "contacts") ?? false;
  const contacts = useEntries("contacts", { site, enabled: true, sort: "position", page: 1, page_size: SHOWN }, readable);
  if (!readable || !contacts.data || contacts.data.rows.length === 0) return null;
  return (
    <Part title={t("house.contacts")} testId="house-contacts">
      <ul className="a-entries">
        {contacts.data.rows.map((contact) => (
          <li key={contact.id} className="a-entry">
            <span className="a-entry-name">
              <b>{wordsOf(contact.name)}</b>
              <small className="a-muted">{wordsOf(contact.department)}</small>
            </span>
            <Button type="link" href={`tel:${wordsOf(contact.phone).replace(/[^\d+]/g, "")}`}>
              {wordsOf(contact.phone)}
            </Button>
          </li>
        ))}
      </ul>
    </Part>
  );
}
