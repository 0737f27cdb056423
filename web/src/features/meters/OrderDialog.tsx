// A command to the meter: says what will happen, asks, then shows the order's way until it is verified.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Input, Skeleton } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { CommandTimeline } from "@/components/CommandTimeline";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { StateBadge } from "@/components/StateBadge";
import { keys } from "@/lib/api/keys";
import { useCommand } from "@/lib/api/queries";
import { orderCommand } from "@/lib/api/requests";
import { isUnderWay } from "@/lib/command-steps";
import { format, MONEY, parse } from "@/lib/decimal";
import { newId } from "@/lib/ids";
import { wouldTrip } from "@/lib/meter-state";
import type { CommandOrder, Meter } from "@/types/api";

type Props = { meter: Meter; kind: CommandOrder["kind"]; onClose: () => void };

/** Nothing to lose: these are placed at once. */
const harmless = new Set(["read", "set_clock", "live"]);

export function OrderDialog({ meter, kind, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [id] = useState(newId);
  const [note, setNote] = useState("");
  const [sure, setSure] = useState(kind !== "trip");
  const order = useMutation({
    mutationFn: () => orderCommand(meter.id, { id, kind, note: note.trim() || undefined }),
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
  const texts = useTexts(meter, kind);
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
                danger={kind === "trip"}
                disabled={!sure}
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
            <Alert type={kind === "trip" ? "warning" : "info"} showIcon title={texts.what} />
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
  const { t } = useTranslation();
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

function useTexts(meter: Meter, kind: CommandOrder["kind"]) {
  const { t } = useTranslation();
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
    case "read":
    case "set_clock":
    case "live":
      return { title: `${t(`commands.kinds.${kind}`)} · ${name}`, what: "", ok: "", warnings: [] };
  }
}
