// A command to the meter: says what will happen, asks, then shows the order's way until it is verified.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Input, Skeleton } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";

import { CommandTimeline } from "@/components/CommandTimeline";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { StateBadge } from "@/components/StateBadge";
import { keys } from "@/lib/api/keys";
import { useCommand } from "@/lib/api/queries";
import { orderCommand } from "@/lib/api/requests";
import { isUnderWay } from "@/lib/command-steps";
import { format, MONEY, parse, QUANTITY } from "@/lib/decimal";
import { newId } from "@/lib/ids";
import { wouldTrip } from "@/lib/meter-state";
import { useKindTexts } from "@/lib/units";
import type { CommandOrder, Meter } from "@/types/api";

type Props = {
  meter: Meter;
  kind: CommandOrder["kind"];
  onClose: () => void;
  /** of automatic_on */
  target?: string;
};

/** Nothing to lose: these are placed at once. */
const harmless = new Set<CommandOrder["kind"]>(["read", "set_clock", "live"]);
/** Asked about with a tick. */
const grave = new Set<CommandOrder["kind"]>(["trip", "clear"]);

export function OrderDialog({ meter, kind, onClose, target }: Props) {
  const { t } = useKindTexts(meter);
  const queries = useQueryClient();
  const [id] = useState(newId);
  const [note, setNote] = useState("");
  const [sure, setSure] = useState(!grave.has(kind));
  const [second, setSecond] = useState(kind !== "clear");
  const order = useMutation({
    mutationFn: () => orderCommand(meter.id, { id, kind, note: note.trim() || undefined, target_c: target }),
    onSuccess: (command) => {
      queries.setQueryData(keys.command(command.id), command);
      void queries.invalidateQueries({ queryKey: keys.commands(meter.id) });
      void queries.invalidateQueries({ queryKey: keys.meter(meter.id), exact: true });
    },
  });
  const { mutate } = order;
  const started = useRef(false);
  useEffect(() => {
    if (!harmless.has(kind) || started.current) return;
    started.current = true;
    mutate();
  }, [kind, mutate]);
  const watched = useCommand(order.data?.id ?? null);
  const command = watched.data;
  const done = command && !isUnderWay(command.state);
  useEffect(() => {
    if (done) void queries.invalidateQueries({ queryKey: keys.meter(meter.id) });
  }, [done, queries, meter.id]);
  const texts = useTexts(meter, kind, target);
  const asking = !order.data && !harmless.has(kind);
  return (
    <Modal
      open
      title={texts.title}
      onCancel={onClose}
      mask={{ closable: !asking }}
      width={520}
      footer={
        asking
          ? [
              <Button key="cancel" onClick={onClose}>
                {t("common.cancel")}
              </Button>,
              <Button
                key="ok"
                type="primary"
                danger={grave.has(kind)}
                disabled={!sure || !second || (kind === "clear" && note.trim() === "")}
                loading={order.isPending}
                onClick={() => mutate()}
                data-testid="order-confirm"
              >
                {texts.ok}
              </Button>,
            ]
          : [
              <Button key="close" type={done ? "primary" : "default"} onClick={onClose} data-testid="order-close">
                {t("common.close")}
              </Button>,
            ]
      }
    >
      <div className="a-stack" data-testid={`order-${kind}`}>
        {order.error && <ErrorNotice error={order.error} what="order" onRetry={() => mutate()} />}
        {asking && <WhichMeter meter={meter} />}
        {asking ? (
          <>
            <Alert type={grave.has(kind) ? "warning" : "info"} showIcon title={texts.what} />
            {texts.warnings.map((text) => (
              <Alert key={text} type="warning" showIcon title={text} />
            ))}
            <dl className="a-pairs">
              <dt>{t("order.supplyNow")}</dt>
              <dd>
                <StateBadge meter={meter} testId="order-state" />
              </dd>
              <dt>{t("order.balanceNow")}</dt>
              <dd>
                <MoneyText value={meter.balance} /> {t("common.yuan")}
              </dd>
            </dl>
            <Field label={t("order.noteLabel")}>
              <Input
                value={note}
                onChange={(event) => setNote(event.target.value)}
                maxLength={200}
                placeholder={t("order.notePlaceholder")}
                data-testid="order-note"
              />
            </Field>
            {kind === "trip" && (
              <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)} data-testid="order-sure">
                {t("order.tripCheck", { name: meter.name })}
              </Checkbox>
            )}
            {kind === "clear" && (
              <>
                <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)} data-testid="order-sure">
                  {t("supplying.clearSure", { name: meter.name })}
                </Checkbox>
                <Field label={t("supplying.clearType", { address: meter.address })}>
                  <Input inputMode="numeric" maxLength={20} onChange={({ target: { value } }) => setSecond(value.normalize("NFKC").trim() === meter.address)} data-testid="order-address" />
                </Field>
              </>
            )}
          </>
        ) : (
          <>
            {command ? <CommandTimeline command={command} wide /> : order.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
            {!meter.reachable && !done && <Alert type="warning" showIcon title={t("header.deadHint")} />}
          </>
        )}
      </div>
    </Modal>
  );
}

/** Names repeat: whoever moves money or power also sees, below the name in the title, what tells a meter from its neighbour. */
export function WhichMeter({ meter }: { meter: Meter }) {
  const { t } = useKindTexts();
  return (
    <div className="a-which" data-testid="which-meter">
      {meter.room && <span>{meter.room}</span>}
      <span>
        {t("meter.address")} <span className="a-number">{meter.address}</span>
      </span>
    </div>
  );
}

export function Field({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <label className="a-field">
      <span>{label}</span>
      {children}
    </label>
  );
}

function useTexts(meter: Meter, kind: CommandOrder["kind"], target?: string) {
  const { t } = useKindTexts(meter);
  const { name } = meter;
  const short = wouldTrip(meter.balance, meter);
  const when = (condition: boolean, text: string) => (condition ? [text] : []);
  switch (kind) {
    case "trip":
      return {
        title: t("order.tripTitle", { name }),
        what: t("order.tripWhat"),
        ok: t("order.tripOk"),
        warnings: [...when(!meter.reachable, t("order.tripOffline")), ...when(meter.keep_power, t("order.tripKeep"))],
      };
    case "release":
      return {
        title: t("order.releaseTitle", { name }),
        what: t("order.releaseWhat"),
        ok: t("order.releaseOk"),
        warnings: when(short && !meter.keep_power, t("order.releaseArrears", { balance: format(parse(meter.balance, MONEY) ?? 0n, MONEY) })),
      };
    case "keep_power_on":
      return { title: t("order.keepOnTitle", { name }), what: t("order.keepOnWhat"), ok: t("meter.buttons.keepOn"), warnings: [] };
    case "keep_power_off":
      return {
        title: t("order.keepOffTitle", { name }),
        what: t("order.keepOffWhat"),
        ok: t("meter.buttons.keepOff"),
        warnings: when(short, t("order.keepOffArrears")),
      };
    case "clear":
      return {
        title: t("supplying.clearTitle", { name }),
        what: t("supplying.clearWhat", { total: format(parse(meter.last_reading?.total ?? meter.start_reading.total, QUANTITY) ?? 0n, QUANTITY) }),
        ok: t("supplying.clearOk"),
        warnings: when(!meter.reachable, t("header.deadHint")),
      };
    case "temperature_valve_open":
    case "temperature_valve_close":
    case "automatic_off":
      return { title: `${t(`supplying.orders.${kind}`)} · ${name}`, what: t(`supplying.ordersWhat.${kind}`), ok: t(`supplying.orders.${kind}`), warnings: when(kind !== "automatic_off" && Boolean(meter.hot_water?.automatic), t("supplying.automaticWarns")) };
    case "automatic_on":
      return { title: `${t("supplying.orders.automatic_on")} · ${name}`, what: t("supplying.ordersWhat.automatic_on", { target }), ok: t("supplying.orders.automatic_on"), warnings: [] };
    case "read":
    case "set_clock":
    case "live":
      return { title: `${t(`commands.kinds.${kind}`)} · ${name}`, what: "", ok: "", warnings: [] };
  }
}
