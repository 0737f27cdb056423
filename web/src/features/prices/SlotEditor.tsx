// Which of four prices holds when (时段): a bar of the day that is painted, and the same day as rows. It is whole at any time.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Radio, Select } from "antd";
import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";

import "@/components/prices.css";
import { beginnings, clockOf, dropSlot, HALF_HOURS, MOST_SLOTS, moveBeginning, paint, presetDay, PRESETS, recolour, runsOf, splitLongest, TARIFFS, type Day, type Preset, type Tariff } from "@/lib/price-slots";

type Props = { day: Day; onChange: (day: Day) => void };

export function SlotEditor({ day, onChange }: Props) {
  const { t } = useTranslation();
  const [brush, setBrush] = useState<Tariff>("peak");
  const runs = runsOf(day);
  const label = useId();
  return (
    <section className="a-slots" data-testid="slot-editor" data-slots={runs.map(({ from, tariff }) => `${clockOf(from)} ${tariff}`).join(",")}>
      <div className="a-slots-tools">
        <span id={label}>{t("slots.brush")}</span>
        <Radio.Group className="a-brush" aria-labelledby={label} value={brush} onChange={({ target }) => setBrush(target.value as Tariff)} optionType="button">
          {TARIFFS.map((tariff) => (
            <Radio.Button key={tariff} value={tariff}>
              <TariffWord tariff={tariff} />
            </Radio.Button>
          ))}
        </Radio.Group>
      </div>
      <DayBar day={day} onChange={onChange} brush={brush} onBrush={setBrush} />
      <small className="a-muted">{t("slots.hint")}</small>
      <ol className="a-slot-rows">
        {runs.map((run, index) => (
          <li key={index} data-testid="slot-row">
            {index === 0 ? (
              <span className="a-number a-slot-from">00:00</span>
            ) : (
              <Select
                value={run.from}
                aria-label={t("slots.from")}
                options={beginnings(day, index).map((half) => ({ value: half, label: clockOf(half) }))}
                onChange={(half: number) => onChange(moveBeginning(day, index, half))}
                data-testid="slot-from"
              />
            )}
            <span className="a-muted a-number">{t("slots.to", { to: clockOf(run.to) })}</span>
            <Select
              value={run.tariff}
              aria-label={t("slots.tariff")}
              options={TARIFFS.map((value) => ({ value, label: <TariffWord tariff={value} /> }))}
              onChange={(tariff: Tariff) => onChange(recolour(day, index, tariff))}
              data-testid="slot-tariff"
            />
            <Button type="text" icon={<DeleteOutlined />} disabled={runs.length === 1} aria-label={t("slots.drop")} onClick={() => onChange(dropSlot(day, index))} data-testid="slot-drop" />
          </li>
        ))}
      </ol>
      <div className="a-slots-tools">
        <Button type="link" size="small" icon={<PlusOutlined />} disabled={runs.length >= MOST_SLOTS} onClick={() => onChange(splitLongest(day))} data-testid="slot-add">
          {t("slots.add")}
        </Button>
        <span className="a-muted">{t("slots.presets")}</span>
        {(Object.keys(PRESETS) as Preset[]).map((preset) => (
          <Button key={preset} size="small" onClick={() => onChange(presetDay(preset))} data-testid={`slot-preset-${preset}`}>
            {t(`slots.preset.${preset}`)}
          </Button>
        ))}
      </div>
      {runs.length > MOST_SLOTS && (
        <span className="a-field-error" role="alert">
          {t("slots.many", { n: runs.length, most: MOST_SLOTS })}
        </span>
      )}
    </section>
  );
}

function TariffWord({ tariff }: { tariff: Tariff }) {
  const { t } = useTranslation();
  return <span className={`a-tariff a-tariff-${tariff}`}>{t(`readings.${tariff}`)}</span>;
}

type BarProps = Props & { brush: Tariff; onBrush: (brush: Tariff) => void };

/** Two half days side by side, on a phone one below the other. */
const HALF_DAYS = [0, HALF_HOURS / 2];

function DayBar({ day, onChange, brush, onBrush }: BarProps) {
  const { t } = useTranslation();
  const bar = useRef<HTMLDivElement>(null);
  /** Where the stroke began, and the day before it: drawn back, it gives free what it covered. */
  const stroke = useRef<{ from: number; before: Day } | null>(null);
  const [current, setCurrent] = useState(0);
  const halfAt = ({ clientX, clientY }: PointerEvent) => {
    const half = (document.elementFromPoint(clientX, clientY)?.closest("[data-half]") as HTMLElement | null)?.dataset.half;
    return half === undefined ? null : Number(half);
  };
  const begin = (event: PointerEvent) => {
    const half = halfAt(event);
    if (half === null || event.button !== 0) return;
    bar.current!.setPointerCapture(event.pointerId);
    stroke.current = { from: half, before: day };
    setCurrent(half);
    onChange(paint(day, half, half, brush));
  };
  const draw = (event: PointerEvent) => {
    const half = stroke.current && halfAt(event);
    if (half !== null) onChange(paint(stroke.current!.before, stroke.current!.from, half, brush));
  };
  const end = () => (stroke.current = null);
  const go = (half: number) => {
    setCurrent(half);
    bar.current!.querySelector<HTMLElement>(`[data-half="${half}"]`)!.focus();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -HALF_HOURS / 2, ArrowDown: HALF_HOURS / 2 }[event.key];
    const chosen = TARIFFS[Number(event.key) - 1];
    if (step !== undefined) {
      const next = Math.min(HALF_HOURS - 1, Math.max(0, current + step));
      if (event.shiftKey) onChange(paint(day, current, next, brush));
      go(next);
    } else if (event.key === "Home" || event.key === "End") go(event.key === "Home" ? 0 : HALF_HOURS - 1);
    else if (chosen) {
      onBrush(chosen);
      onChange(paint(day, current, current, chosen));
    } else if (event.key === " " || event.key === "Enter") onChange(paint(day, current, current, brush));
    else return;
    event.preventDefault();
  };
  const runs = runsOf(day);
  const wordOf = (half: number) => {
    const run = runs.find(({ from, to }) => half >= from && half < to)!;
    const word = t(`readings.${run.tariff}`);
    return (run.from + run.to) >> 1 === half && run.to - run.from > Math.max(1, word.length * 0.7) ? word : "";
  };
  return (
    <div
      ref={bar}
      className="a-day-bar"
      role="group"
      aria-label={t("slots.bar")}
      data-testid="slot-bar"
      onPointerDown={begin}
      onPointerMove={draw}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={press}
    >
      {HALF_DAYS.map((first) => (
        <div key={first} className="a-half-day">
          <div className="a-halves">
            {day.slice(first, first + HALF_HOURS / 2).map((tariff, index) => {
              const half = first + index;
              return (
                <button
                  key={half}
                  type="button"
                  data-half={half}
                  tabIndex={half === current ? 0 : -1}
                  className={`a-half a-tariff-${tariff}`}
                  aria-label={`${clockOf(half)}\u2013${clockOf(half + 1)} ${t(`readings.${tariff}`)}`}
                  onFocus={() => setCurrent(half)}
                >
                  {wordOf(half) && <span aria-hidden>{wordOf(half)}</span>}
                </button>
              );
            })}
          </div>
          <div className="a-hours" aria-hidden>
            {[0, 3, 6, 9, 12].map((hour) => (
              <span key={hour}>{hour + first / 2}</span>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
