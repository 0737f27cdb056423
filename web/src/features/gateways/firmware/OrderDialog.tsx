// Which gateways take which release: one first, several only by a second choice; nothing is chosen beforehand, what does not fit says why; then
// what will happen, and the order to each. What was agreed to is what is ordered: when that changes meanwhile, it is chosen again. While several are
// ordered, how far it is is shown; closing, leaving or stopping ends it in front of the next gateway, and what was not ordered is said.
import { Alert, Button, Checkbox, Select } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { BatchRunning, BatchStopped, type Stopped } from "./batch";
import { bestFor, misfitOf } from "./fit";
import { GatewayChoice } from "./GatewayChoice";
import { useRefusal } from "./parts";
import { Modal } from "@/components/Dialog";
import { EmptyState, ErrorNotice, PageSkeleton } from "@/components/feedback";
import { useGateways } from "@/lib/api/queries";
import { orderUpgrade, useReleaseChange, useReleases } from "@/lib/api/releases";
import { sizeText } from "@/lib/file-size";
import { newId } from "@/lib/ids";
import type { GatewayRow, Release } from "@/types/api";

/** release: the one to begin with. gateway: only this one is asked about. */
type Props = { release?: number; gateway?: GatewayRow; onClose: (ordered: number) => void };
/** Of each gateway that was asked: its order's id, to which release, and why it was refused; no error: it is ordered. */
type Sent = { order: string; release: number; error?: unknown };
/** What the second page asks about. gateways: those that still have to be ordered */
type Plan = { release: Pick<Release, "id" | "version">; gateways: string[] };

export function OrderDialog({ release: first, gateway: only, onClose }: Props) {
  const { t } = useTranslation();
  const refusal = useRefusal();
  const releases = useReleases();
  const listed = useGateways(!only);
  const gateways = only ? [only] : (listed.data ?? []);
  const [picked, setPicked] = useState(first);
  const [chosen, setChosen] = useState<string[]>(only ? [only.id] : []);
  const [many, setMany] = useState(false);
  const [plan, setPlan] = useState<Plan | null>(null);
  /** Why the second page was left for the first, in words. */
  const [changed, setChanged] = useState("");
  const [sure, setSure] = useState(false);
  const [sent, setSent] = useState<Record<string, Sent>>({});
  /** Looked at in front of each gateway. */
  const halt = useRef(false);
  const [stopping, setStopping] = useState(false);
  const [stopped, setStopped] = useState<Stopped | null>(null);
  /** The id that is asked now. */
  const [asking, setAsking] = useState("");
  useEffect(() => {
    halt.current = false;
    return () => void (halt.current = true);
  }, []);
  const offered = releases.data?.find(({ id }) => id === picked) ?? (only && releases.data ? bestFor(releases.data, only) : releases.data?.[0]);
  const release = plan ? releases.data?.find(({ id }) => id === plan.release.id) : offered;
  const fitting = release ? gateways.filter((each) => misfitOf(release, each) === null) : [];
  const going = plan ? gateways.filter(({ id }) => plan.gateways.includes(id)) : fitting.filter(({ id }) => chosen.includes(id));
  const order = useReleaseChange(
    async ({ release: wanted, gateways: asked }: Plan) => {
      const results = { ...sent };
      const tried = new Set<string>();
      // One after the other: each is a decision of its own, and one refusal is no reason for the others.
      for (const id of asked) {
        if (halt.current) break;
        tried.add(id);
        setAsking(id);
        const own = { order: results[id]?.order ?? newId(), release: wanted.id };
        results[id] = await orderUpgrade(id, wanted.id, own.order).then(
          () => own,
          (error: unknown) => ({ ...own, error }),
        );
        setSent({ ...results });
      }
      return {
        ordered: Object.keys(results).filter((id) => results[id]!.error === undefined),
        refused: asked.filter((id) => tried.has(id) && results[id]!.error !== undefined),
        left: asked.filter((id) => !tried.has(id)),
      };
    },
    ({ ordered, refused, left }, { release: wanted }) => {
      const again = [...refused, ...left];
      if (again.length === 0) return onClose(ordered.length);
      // What is ordered is done with; a repeat is about the others.
      setPlan({ release: wanted, gateways: again });
      if (!only) setChosen(again);
      if (left.length === 0) return;
      setStopped({ ordered, left });
      setSure(false);
    },
  );
  const begin = (wanted: Plan) => {
    halt.current = false;
    setStopping(false);
    setStopped(null);
    order.mutate(wanted);
  };
  const stop = () => {
    halt.current = true;
    setStopping(true);
  };
  const nameOf = (id: string) => gateways.find((each) => each.id === id)?.name ?? id;
  const batch = order.isPending && plan !== null && plan.gateways.length > 1 ? plan.gateways : null;
  // One that has this very order may be asked again: its answer was lost.
  const lost = plan?.gateways.filter((id) => {
    const gateway = gateways.find((each) => each.id === id);
    const own = sent[id] !== undefined && gateway?.upgrade?.order === sent[id].order;
    return !gateway || (!own && !fitting.includes(gateway));
  });
  if (plan && lost && !order.isPending && (!release || lost.length > 0)) {
    const names = lost.map(nameOf).join(", ");
    setPlan(null);
    setStopped(null);
    setChanged(release ? t("firmware.fitGone", { names }) : t("firmware.releaseGone", plan.release));
  }
  const failed = Object.entries(sent).filter(([, { error }]) => error !== undefined);
  const wrong = failed.length > 0 && !order.isPending;
  const untried = release !== undefined && release.installed === 0;
  const ready = release !== undefined && going.length > 0 && !order.isPending;
  const choose = (ids: string[]) => {
    setChosen(ids);
    setSent({});
    setStopped(null);
    setChanged("");
  };
  const pick = (id: number) => {
    setPicked(id);
    // Another release is another order.
    setSent({});
    setStopped(null);
    setChanged("");
  };
  const next = () => {
    const ids = going.map(({ id }) => id);
    setPlan({ release: release!, gateways: ids });
    setPicked(release!.id);
    // An order's id is of one release, and of a gateway that is not asked again nothing is to be said.
    setSent(Object.fromEntries(Object.entries(sent).filter(([id, each]) => each.release === release!.id && (each.error === undefined || ids.includes(id)))));
    setChanged("");
    setSure(false);
  };
  const { version } = plan?.release ?? release ?? {};
  const name = going.length === 1 ? t("firmware.confirmOne", { name: going[0]!.name, version }) : t("firmware.confirm", { n: going.length, version });
  const refused = wrong && (
    <Alert
      type="error"
      showIcon
      title={t("firmware.partly", { ok: Object.keys(sent).length - failed.length, bad: failed.length })}
      description={failed.map(([id, { error }]) => (
        <span key={id} className="a-block">
          {nameOf(id)}: {refusal(error, "order")}
        </span>
      ))}
      data-testid="upgrade-refused"
    />
  );
  const ended = stopped && !order.isPending && <BatchStopped {...stopped} nameOf={nameOf} />;
  const moved = changed !== "" && <Alert type="warning" showIcon title={changed} data-testid="upgrade-changed" />;
  return (
    <Modal
      open
      width={680}
      title={only ? `${t("firmware.orderTitle")} · ${only.name}` : t("firmware.orderTitle")}
      mask={{ closable: false }}
      onCancel={() => (batch ? stop() : onClose(Object.values(sent).filter(({ error }) => error === undefined).length))}
      footer={
        plan
          ? [
              batch ? (
                <Button key="stop" danger disabled={stopping} onClick={stop} data-testid="upgrade-stop">
                  {t("firmware.stopBatch")}
                </Button>
              ) : (
                <Button key="back" disabled={order.isPending} onClick={() => setPlan(null)} data-testid="upgrade-back">
                  {t("firmware.back")}
                </Button>
              ),
              <Button key="go" type="primary" disabled={!ready || (going.length > 1 && !sure)} loading={order.isPending} onClick={() => begin(plan)} data-testid="upgrade-confirm">
                {ended ? t("firmware.goOn", { n: going.length }) : wrong ? t("firmware.again") : name}
              </Button>,
            ]
          : [
              <Button key="next" type="primary" disabled={!ready} onClick={next} data-testid="upgrade-next">
                {t("firmware.next")}
              </Button>,
            ]
      }
      data-testid="upgrade-dialog"
    >
      {releases.error && <ErrorNotice error={releases.error} what="load" onRetry={() => void releases.refetch()} />}
      {listed.error && <ErrorNotice error={listed.error} what="load" onRetry={() => void listed.refetch()} />}
      {!releases.data || (!only && !listed.data) ? (
        !releases.error && !listed.error && <PageSkeleton rows={4} />
      ) : !release ? (
        <div className="a-stack">
          {moved}
          <EmptyState small title={t(releases.data.length === 0 ? "firmware.empty" : "firmware.noFit")} hint={t("firmware.emptyHint")} />
        </div>
      ) : plan ? (
        <div className="a-stack" data-testid="upgrade-asking">
          {refused}
          {ended}
          {batch && <BatchRunning gateways={batch} asking={asking} stopping={stopping} nameOf={nameOf} />}
          <b>{name}</b>
          {going.length > 1 && <p className="a-upgrade-names">{going.map((each) => each.name).join(", ")}</p>}
          {going.some(({ online }) => !online) && (
            <p className="a-muted">
              {going.filter(({ online }) => !online).map((each) => each.name).join(", ")}: {t("firmware.remark.offline")}
            </p>
          )}
          <Alert
            type="info"
            showIcon
            title={t("firmware.what")}
            description={
              <ol className="a-upgrade-what">
                <li>{t("firmware.whats.download", { size: sizeText(release.size) })}</li>
                <li>{t("firmware.whats.restart")}</li>
                <li>{t("firmware.whats.trial")}</li>
                <li>{t("firmware.whats.withdraw")}</li>
              </ol>
            }
          />
          {going.length > 1 && untried && <Alert type="warning" showIcon title={t("firmware.untried")} description={t("firmware.untriedHint")} data-testid="upgrade-untried" />}
          {going.length > 1 && (
            <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)} data-testid="upgrade-sure">
              {t("firmware.sure", { n: going.length })}
            </Checkbox>
          )}
        </div>
      ) : (
        <div className="a-stack">
          {refused}
          {ended}
          {moved}
          <label className="a-field">
            <span>{t("firmware.which")}</span>
            <Select
              value={release.id}
              onChange={pick}
              options={releases.data.map((each) => ({ value: each.id, label: [each.version, each.architecture, each.note].filter(Boolean).join(" · ") }))}
              data-testid="upgrade-release"
            />
          </label>
          <GatewayChoice release={release} gateways={gateways} fitting={fitting} chosen={chosen} many={many} onChoose={choose} />
          {!only && fitting.length > 1 && (
            <span className="a-upgrade-many">
              <Checkbox
                checked={many}
                onChange={(event) => {
                  setMany(event.target.checked);
                  setSure(false);
                  if (!event.target.checked) choose(chosen.slice(0, 1));
                }}
                data-testid="upgrade-many"
              >
                {t("firmware.many")} <small className="a-muted">{t("firmware.manyHint")}</small>
              </Checkbox>
              {many && (
                <Button type="link" size="small" onClick={() => choose(fitting.map(({ id }) => id))} data-testid="upgrade-all">
                  {t("firmware.all", { n: fitting.length })}
                </Button>
              )}
            </span>
          )}
        </div>
      )}
    </Modal>
  );
}
