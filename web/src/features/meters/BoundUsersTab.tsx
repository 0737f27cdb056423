// 已绑定用户 (em-bound-users, wm-bound-users): who lives where the meter is, in whose name its account is, and who scanned its code.
import { TeamOutlined, UserOutlined, WalletOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import "@/components/places.css";
import { BoundByCode } from "./BoundByCode";
import { Chip } from "@/components/Chip";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { RoomOfMeter } from "@/components/RoomOfMeter";
import { useOpenings } from "@/lib/api/accounts";
import { useHouseOverview } from "@/lib/api/queries";
import { useCan, useOffset } from "@/lib/hooks";
import { formatDay } from "@/lib/time";
import type { HouseOverview, Meter } from "@/types/api";

type Member = NonNullable<HouseOverview["members"]>[number];

export function BoundUsersTab({ meter }: { meter: Meter }) {
  const { t } = useTranslation();
  const offset = useOffset(meter.site);
  const openings = useOpenings(meter.id);
  const open = openings.data?.pages[0]?.rows.find(({ closed_at }) => !closed_at);
  const house = meter.linked_room?.house ?? null;
  if (openings.error && !openings.data) return <ErrorNotice error={openings.error} what="load" onRetry={() => void openings.refetch()} />;
  if (!openings.data) return <PageSkeleton rows={3} />;
  return (
    <div className="a-stack" data-testid="bound-users">
      {open && (
        <ul className="a-entries">
          <Person name={open.customer} phone={open.mobile} what={t("bound.customer")} tone="ok" since={formatDay(open.opened_on, offset)} until={null} />
        </ul>
      )}
      {house === null ? <Nowhere meter={meter} alone={!open} /> : <Residents house={house} alone={!open} />}
      <BoundByCode meter={meter} />
    </div>
  );
}

function Residents({ house, alone }: { house: number; alone: boolean }) {
  const { t } = useTranslation();
  const can = useCan();
  const overview = useHouseOverview(house);
  if (overview.error && !overview.data) return <ErrorNotice error={overview.error} what="load" onRetry={() => void overview.refetch()} />;
  if (!overview.data) return <PageSkeleton rows={3} />;
  const { members } = overview.data;
  if (members === null) return <p className="a-muted">{t("bound.noRight")}</p>;
  const manage = can("house_member:create") && <Link to={`/space/house-members?house=${house}`}>{t("house.manage")}</Link>;
  if (members.length === 0) {
    return alone ? <EmptyState small icon={<TeamOutlined />} title={t("bound.empty")} hint={t("bound.emptyHint")} action={manage} /> : <p className="a-muted">{t("house.noMembers")} {manage}</p>;
  }
  return (
    <>
      <ul className="a-entries">
        {members.map((member: Member) => (
          <Person key={member.id} name={member.name} phone={member.phone} what={t(`house.relations.${member.relation}`)} tone="brand" since={member.since} until={member.until} />
        ))}
      </ul>
      {manage && <p>{manage}</p>}
    </>
  );
}

type PersonProps = { name: string; phone: string; what: ReactNode; tone: "ok" | "brand"; since: string | null; until: string | null };

function Person({ name, phone, what, tone, since, until }: PersonProps) {
  const { t } = useTranslation();
  return (
    <li className={`a-entry a-person${until ? " a-entry-past" : ""}`} data-testid="bound-user">
      <b>{name}</b>
      <Chip tone={until ? "idle" : tone} icon={tone === "ok" ? <WalletOutlined /> : <UserOutlined />}>
        {what}
      </Chip>
      <span className="a-grow a-number">{phone}</span>
      <small className="a-muted a-number">{until ? t("house.span", { since: since ?? "\u2026", until }) : since ? t("house.since", { since }) : ""}</small>
    </li>
  );
}

/** A meter in no room, or in a room of no house, has nobody. */
function Nowhere({ meter, alone }: { meter: Meter; alone: boolean }) {
  const { t } = useTranslation();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const room = meter.linked_room;
  const may = can("room:bind") && can("room:read");
  const action = room ? (
    can("room:read") && <Link to={`/space/rooms/${room.id}`}>{room.name}</Link>
  ) : (
    may && (
      <Button onClick={() => setOpen(true)} data-testid="bound-link-room">
        {t("room.link")}
      </Button>
    )
  );
  const hint = t(room ? "bound.noHouse" : "bound.noRoom");
  return (
    <>
      {alone ? <EmptyState small icon={<TeamOutlined />} title={t("bound.empty")} hint={hint} action={action} /> : <p className="a-muted">{hint} {action}</p>}
      {open && <RoomOfMeter meter={meter} onClose={() => setOpen(false)} />}
    </>
  );
}
