// An order to several gateways while it is under way, and what is left of one that was stopped.
import { Alert, Progress } from "antd";
import { useTranslation } from "react-i18next";

/** ids of gateways */
export type Stopped = { ordered: string[]; left: string[] };
type Named = { nameOf: (id: string) => string };

/** asking: the one that is asked now */
export function BatchRunning({ gateways, asking, stopping, nameOf }: { gateways: string[]; asking: string; stopping: boolean } & Named) {
  const { t } = useTranslation();
  const done = Math.max(0, gateways.indexOf(asking));
  return (
    <div className="a-stack" role="status" data-testid="upgrade-running">
      <Progress percent={Math.floor((done * 100) / gateways.length)} size="small" status="normal" strokeColor="var(--a-chart1)" showInfo={false} aria-label={t("firmware.progress")} />
      <span>
        {t("firmware.running", { n: done + 1, of: gateways.length, name: nameOf(asking) })}
        {stopping && ` · ${t("firmware.stopping")}`}
      </span>
    </div>
  );
}

export function BatchStopped({ ordered, left, nameOf }: Stopped & Named) {
  const { t } = useTranslation();
  const names = (ids: string[]) => ids.map(nameOf).join(", ");
  return (
    <Alert
      type="warning"
      showIcon
      title={t("firmware.stopped", { ok: ordered.length, left: left.length })}
      description={
        <>
          {ordered.length > 0 && <span className="a-block">{t("firmware.stoppedOrdered", { names: names(ordered) })}</span>}
          <span className="a-block">{t("firmware.stoppedLeft", { names: names(left) })}</span>
        </>
      }
      data-testid="upgrade-stopped"
    />
  );
}
