import { Tabs } from "antd";
import { useParams, useSearchParams } from "react-router";

import { BoundUsersTab } from "./BoundUsersTab";
import { CommandsTab } from "./CommandsTab";
import { ConsumptionTab } from "./ConsumptionTab";
import { FeesTab } from "./FeesTab";
import { HotWaterPanel } from "./HotWaterPanel";
import { InfoTab } from "./InfoTab";
import { LedgerTab } from "./LedgerTab";
import { LivePanel } from "./LivePanel";
import { MeterDialogs, useMeterDialog } from "./MeterDialogs";
import { MeterHeader } from "./MeterHeader";
import { AdjustmentsTab, OpeningsTab, SettlementsTab } from "./money/AccountTabs";
import { NoticesTab } from "./NoticesTab";
import { RegistersTab } from "./RegistersTab";
import { ReadingsTab } from "./ReadingsTab";
import { SubscribersTab } from "./SubscribersTab";
import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { useMeter } from "@/lib/api/queries";
import { SiteContext } from "@/lib/hooks";
import { KindContext, useTextsOfKinds } from "@/lib/units";

const TABS = ["consumption", "ledger", "recharges", "notices", "readings", "commands", "openings", "settlements", "adjustments", "registers", "fees", "bound", "subscribers", "info"] as const;

export function MeterPage() {
  const textsOf = useTextsOfKinds();
  const id = Number(useParams().meter);
  const [parameters, setParameters] = useSearchParams();
  const meter = useMeter(id);
  const { dialog, open, close } = useMeterDialog();
  const wanted = parameters.get("tab") ?? "";
  const tab = TABS.find((name) => name === wanted) ?? "consumption";
  if (!meter.data) {
    return (
      <div className="a-scroll">
        {meter.error ? (
          <ErrorNotice error={meter.error} what="load" onRetry={() => void meter.refetch()} />
        ) : (
          <PageSkeleton rows={10} />
        )}
      </div>
    );
  }
  const t = textsOf(meter.data.kind);
  const contents = {
    consumption: () => <ConsumptionTab meter={meter.data} />,
    ledger: () => <LedgerTab key="all" meter={meter.data} />,
    recharges: () => <LedgerTab key="recharge" meter={meter.data} kind="recharge" />,
    notices: () => <NoticesTab meter={id} />,
    readings: () => <ReadingsTab meter={meter.data} />,
    commands: () => <CommandsTab meter={id} />,
    openings: () => <OpeningsTab meter={meter.data} />,
    settlements: () => <SettlementsTab meter={meter.data} />,
    adjustments: () => <AdjustmentsTab meter={meter.data} />,
    registers: () => <RegistersTab meter={meter.data} />,
    fees: () => <FeesTab meter={meter.data} onDialog={open} />,
    subscribers: () => <SubscribersTab meter={meter.data} />,
    bound: () => <BoundUsersTab meter={meter.data} />,
    info: () => <InfoTab meter={meter.data} />,
  };
  return (
    <SiteContext value={meter.data.site}>
      <KindContext value={meter.data.kind}>
      <div className="a-scroll" data-testid="page-meter">
        {meter.error && <ErrorNotice error={meter.error} what="load" onRetry={() => void meter.refetch()} stale />}
        <MeterHeader meter={meter.data} onDialog={open} />
        {meter.data.kind === "hot_water" ? <HotWaterPanel meter={meter.data} onDialog={open} /> : meter.data.kind === "electricity" ? <LivePanel meter={meter.data} /> : null}
        <section className="a-card a-tabs" id="records">
          <Tabs
            activeKey={tab}
            onChange={(next) => setParameters(next === "consumption" ? {} : { tab: next }, { replace: true })}
            items={TABS.filter((key) => key !== "fees" || meter.data.annual_fee || meter.data.kind === "hot_water" || tab === "fees").map((key) => ({ key, label: <span data-testid={`tab-${key}`}>{t(key === "registers" || key === "fees" || key === "subscribers" ? `supplying.tabs.${key}` : `tabs.${key}`)}</span> }))}
          />
          {contents[tab]()}
        </section>
        <MeterDialogs dialog={dialog} onClose={close} onOpen={open} />
      </div>
      </KindContext>
    </SiteContext>
  );
}
