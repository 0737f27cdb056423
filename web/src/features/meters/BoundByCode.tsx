// Residents who bound themselves by a shared code, and the codes (em-bound-users, wm-bound-users, em-share-qr, wm-share-qr).
import { QrcodeOutlined } from "@ant-design/icons";
import { Button, Popconfirm } from "antd";
import { lazy, Suspense, useState } from "react";

import "./share.css";
import { Chip } from "@/components/Chip";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { revokeShare, unbindUser, useBoundChange, useBoundUsers } from "@/lib/api/bound";
import { useCan, useOffset } from "@/lib/hooks";
import { sharesShown } from "@/lib/shares";
import { formatDay } from "@/lib/time";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";
import type { BoundUser, MeterShare } from "@/types/bound";

// Draws codes, which few who look at a meter need.
const ShareDialog = lazy(async () => ({ default: (await import("./ShareDialog")).ShareDialog }));

export function BoundByCode({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  const may = useCan()("meter:open");
  const list = useBoundUsers(meter.id);
  const [sharing, setSharing] = useState(false);
  if (!list.data) return list.error ? <ErrorNotice error={list.error} what="load" onRetry={() => void list.refetch()} /> : <PageSkeleton rows={3} />;
  const now = list.data.bound.filter(({ until }) => until === null);
  const before = list.data.bound.filter(({ until }) => until !== null);
  const share = may && (
    <Button icon={<QrcodeOutlined />} onClick={() => setSharing(true)} data-testid="share">
      {t("share.button")}
    </Button>
  );
  return (
    <section data-testid="bound-by-code">
      <div className="a-tab-tools">
        <h2>{t("bind.title")}</h2>
        <span className="a-grow" />
        {now.length > 0 && share}
      </div>
      {now.length === 0 && <EmptyState small icon={<QrcodeOutlined />} title={t("bind.none")} hint={t("bind.noneHint")} action={share} />}
      <ul className="a-entries">
        {now.map((user) => (
          <Bound key={user.id} meter={meter} user={user} may={may} />
        ))}
      </ul>
      {list.data.shares.length > 0 && (
        <>
          <h3>{t("share.codes")}</h3>
          <ul className="a-entries">
            {sharesShown(list.data.shares).map((one) => (
              <Share key={one.id} meter={meter} share={one} may={may} />
            ))}
          </ul>
        </>
      )}
      {before.length > 0 && (
        <details>
          <summary>{t("bind.before", { n: before.length })}</summary>
          <ul className="a-entries">
            {before.map((user) => (
              <Bound key={user.id} meter={meter} user={user} may={false} />
            ))}
          </ul>
        </details>
      )}
      {sharing && (
        <Suspense fallback={null}>
          <ShareDialog meter={meter} onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </section>
  );
}

type BoundProps = { meter: Meter; user: BoundUser; may: boolean };

function Bound({ meter, user, may }: BoundProps) {
  const { t } = useKindTexts();
  const offset = useOffset(meter.site);
  const unbind = useBoundChange(meter.id, () => unbindUser(meter.id, user.id));
  const since = formatDay(user.since, offset);
  const past = user.until !== null;
  return (
    <li className={`a-entry a-bound-row${past ? " a-entry-past" : ""}`} data-testid="bound-by-code-user" data-id={user.id}>
      <b>{user.name}</b>
      <Chip tone={past ? "idle" : "ok"}>{past ? t(`bind.ended.${user.ended}`) : t("bind.now")}</Chip>
      {!past && user.sms && <Chip tone="brand">{t("bind.sms")}</Chip>}
      <span className="a-grow a-number">{user.mobile}</span>
      <small className="a-muted a-number">{past ? t("bind.span", { since, until: formatDay(user.until!, offset) }) : t("bind.since", { since })}</small>
      {may && (
        <Popconfirm title={t("bind.unbindTitle", { name: user.name, mobile: user.mobile })} description={t("bind.unbindSure", { name: user.name })} okText={t("bind.unbind")} okButtonProps={{ danger: true }} onConfirm={() => unbind.mutateAsync(undefined).catch(() => undefined)}>
          <Button danger type="text" loading={unbind.isPending} data-testid="unbind">
            {t("bind.unbind")}
          </Button>
        </Popconfirm>
      )}
      {unbind.error && <ErrorNotice error={unbind.error} what="save" />}
    </li>
  );
}

type ShareProps = { meter: Meter; share: MeterShare; may: boolean };

function Share({ meter, share, may }: ShareProps) {
  const { t } = useKindTexts();
  const offset = useOffset(meter.site);
  const revoke = useBoundChange(meter.id, () => revokeShare(meter.id, share.id));
  const open = share.state === "open";
  return (
    <li className={`a-entry a-bound-row${open ? "" : " a-entry-past"}`} data-testid="meter-share" data-state={share.state}>
      <Chip tone={open ? "ok" : "idle"}>{t(`share.states.${share.state}`)}</Chip>
      <span className="a-entry-name">
        <span>{t("share.by", { by: share.by, at: formatDay(share.created_at, offset) })}</span>
        <small className="a-muted">{t("share.used", { used: share.used, uses: share.uses })}</small>
      </span>
      <small className="a-muted">
        {t("share.ends")} <TimeText at={share.expires_at} site={meter.site} />
      </small>
      {may && open && (
        <Popconfirm title={t("share.revoke")} description={t("share.revokeSure")} okText={t("share.revoke")} okButtonProps={{ danger: true }} onConfirm={() => revoke.mutateAsync(undefined).catch(() => undefined)}>
          <Button danger type="text" loading={revoke.isPending} data-testid="share-revoke">
            {t("share.revoke")}
          </Button>
        </Popconfirm>
      )}
      {revoke.error && <ErrorNotice error={revoke.error} what="save" />}
    </li>
  );
}
