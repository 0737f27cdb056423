// Which gateways take which release: one first, several only by a second choice; nothing is chosen beforehand, what does not fit says why; then
// what will happen, and the order to each. What was agreed to is what is ordered: when that changes meanwhile, it is chosen again.
import { Alert, Button, Checkbox, Input, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { bestFor, misfitOf, remarksOn, versionOf, type Misfit } from "./fit";
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

/** More than this many are searched, not looked through. */
const SEARCHED = 8;

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
  const offered = releases.data?.find(({ id }) => id === picked) ?? (only && releases.data ? bestFor(releases.data, only) : releases.data?.[0]);
  const release = plan ? releases.data?.find(({ id }) => id === plan.release.id) : offered;
  const fitting = release ? gateways.filter((each) => misfitOf(release, each) === null) : [];
  const going = plan ? gateways.filter(({ id }) => plan.gateways.includes(id)) : fitting.filter(({ id }) => chosen.includes(id));
  const order = useReleaseChange(
    async ({ release: wanted, gateways: asked }: Plan) => {
      const results = { ...sent };
      // One after the other: each is a decision of its own, and one refusal is no reason for the others.
      for (const id of asked) {
        const own = { order: results[id]?.order ?? newId(), release: wanted.id };
        results[id] = await orderUpgrade(id, wanted.id, own.order).then(
          () => own,
          (error: unknown) => ({ ...own, error }),
        );
        setSent({ ...results });
      }
      return { ordered: Object.values(results).filter(({ error }) => error === undefined).length, refused: asked.filter((id) => results[id]!.error !== undefined) };
    },
    ({ ordered, refused }, { release: wanted }) => {
      if (refused.length === 0) return onClose(ordered);
      // What is ordered is done with; a repeat is about the others.
      setPlan({ release: wanted, gateways: refused });
      if (!only) setChosen(refused);
    },
  );
  // One that has this very order may be asked again: its answer was lost.
  const lost = plan?.gateways.filter((id) => {
    const gateway = gateways.find((each) => each.id === id);
    const own = sent[id] !== undefined && gateway?.upgrade?.order === sent[id].order;
    return !gateway || (!own && !fitting.includes(gateway));
  });
  if (plan && lost && !order.isPending && (!release || lost.length > 0)) {
    const names = lost.map((id) => gateways.find((each) => each.id === id)?.name ?? id).join(", ");
    setPlan(null);
    setChanged(release ? t("firmware.fitGone", { names }) : t("firmware.releaseGone", plan.release));
  }
  const failed = Object.entries(sent).filter(([, { error }]) => error !== undefined);
  const wrong = failed.length > 0 && !order.isPending;
  const untried = release !== undefined && release.installed === 0;
  const ready = release !== undefined && going.length > 0 && !order.isPending;
  const choose = (ids: string[]) => {
    setChosen(ids);
    setSent({});
    setChanged("");
  };
  const pick = (id: number) => {
    setPicked(id);
    // Another release is another order.
    setSent({});
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
          {gateways.find((each) => each.id === id)?.name ?? id}: {refusal(error, "order")}
        </span>
      ))}
      data-testid="upgrade-refused"
    />
  );
  const moved = changed !== "" && <Alert type="warning" showIcon title={changed} data-testid="upgrade-changed" />;
  return (
    <Modal
      open
      width={680}
      title={only ? `${t("firmware.orderTitle")} · ${only.name}` : t("firmware.orderTitle")}
      mask={{ closable: false }}
      onCancel={() => onClose(0)}
      footer={
        plan
          ? [
              <Button key="back" disabled={order.isPending} onClick={() => setPlan(null)} data-testid="upgrade-back">
                {t("firmware.back")}
              </Button>,
              <Button key="go" type="primary" disabled={!ready || (going.length > 1 && !sure)} loading={order.isPending} onClick={() => order.mutate(plan)} data-testid="upgrade-confirm">
                {wrong ? t("firmware.again") : name}
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

type ChoiceProps = { release: Release; gateways: GatewayRow[]; fitting: GatewayRow[]; chosen: string[]; many: boolean; onChoose: (ids: string[]) => void };

function GatewayChoice({ release, gateways, fitting, chosen, many, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const rest = gateways.filter((each) => !fitting.includes(each));
  const shown = [...fitting, ...rest].filter(({ id, name }) => [id, name].some((text) => text.toLowerCase().includes(words.trim().toLowerCase())));
  const pick = (id: string, on: boolean) => onChoose(many ? (on ? [...chosen, id] : chosen.filter((each) => each !== id)) : [id]);
  const Mark = many ? Checkbox : Radio;
  return (
    <>
      {gateways.length > 1 && (
        <span>
          <b>{t("firmware.choose")}</b> <small className="a-muted">{t("firmware.chooseHint")}</small>
        </span>
      )}
      {fitting.length === 0 && <Alert type="warning" showIcon title={t("firmware.noGateways")} description={t("firmware.noGatewaysHint")} data-testid="upgrade-none" />}
      {gateways.length > SEARCHED && <Input.Search allowClear value={words} placeholder={t("firmware.find")} aria-label={t("firmware.find")} onChange={(event) => setWords(event.target.value)} />}
      <div className="a-upgrade-choice" role="group" aria-label={t("firmware.choose")}>
        {shown.map((gateway) => {
          const misfit = misfitOf(release, gateway);
          return (
            <div key={gateway.id} className={`a-upgrade-row${misfit ? " a-muted" : ""}`} data-testid="upgrade-gateway" data-id={gateway.id} data-misfit={misfit ?? ""}>
              <Mark name="upgrade-gateway" disabled={misfit !== null} checked={misfit === null && chosen.includes(gateway.id)} onChange={(event) => pick(gateway.id, event.target.checked)}>
                <b>{gateway.name}</b> <small className="a-muted">{gateway.id}</small>
              </Mark>
              <span className="a-number a-upgrade-version">{versionOf(gateway.software) ?? t("firmware.ownUnknown")}</span>
              <small className="a-upgrade-why">
                <Why misfit={misfit} gateway={gateway} release={release} />
              </small>
            </div>
          );
        })}
      </div>
    </>
  );
}

/** Why not, else what is worth knowing. */
function Why({ misfit, gateway, release }: { misfit: Misfit | null; gateway: GatewayRow; release: Release }) {
  const { t } = useTranslation();
  if (misfit === "under_way") return t("firmware.misfit.under_way", { version: gateway.upgrade!.version });
  if (misfit === "wrong_architecture") return t("firmware.misfit.wrong_architecture", { gateway: gateway.architecture, release: release.architecture });
  if (misfit === "not_newer") return t("firmware.misfit.not_newer", { running: versionOf(gateway.software) });
  if (misfit) return t(`firmware.misfit.${misfit}`, { minimum: release.minimum });
  return remarksOn(gateway)
    .map((remark) => t(`firmware.remark.${remark}`))
    .join(" · ");
}
