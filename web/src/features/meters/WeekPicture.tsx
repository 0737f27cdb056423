// The week as seven rows of half hours: drawn over with mouse, finger or keys, it is off where it is dark. The first cell of a stroke
// says whether the stroke switches off or on.
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";

import "./supply.css";
import { useKindTexts } from "@/lib/units";
import { clockOf, DAYS, HALF_HOURS, painted, type Week } from "@/lib/week";

type Cell = { day: number; half: number };
type Props = { week: Week; onChange: (week: Week) => void };

const at = ({ day, half }: Cell) => day * HALF_HOURS + half;

export function WeekPicture({ week, onChange }: Props) {
  const { t } = useKindTexts();
  const frame = useRef<HTMLDivElement>(null);
  const stroke = useRef<{ from: Cell; off: boolean; before: Week } | null>(null);
  const [current, setCurrent] = useState<Cell>({ day: 0, half: 0 });
  const cellAt = ({ clientX, clientY }: PointerEvent): Cell | null => {
    const found = (document.elementFromPoint(clientX, clientY)?.closest("[data-cell]") as HTMLElement | null)?.dataset.cell;
    return found === undefined ? null : { day: Math.floor(Number(found) / HALF_HOURS), half: Number(found) % HALF_HOURS };
  };
  const begin = (event: PointerEvent) => {
    const cell = cellAt(event);
    if (cell === null || event.button !== 0) return;
    frame.current!.setPointerCapture(event.pointerId);
    const off = !week[at(cell)];
    stroke.current = { from: cell, off, before: week };
    setCurrent(cell);
    onChange(painted(week, cell, cell, off));
  };
  const draw = (event: PointerEvent) => {
    const cell = stroke.current && cellAt(event);
    if (cell) onChange(painted(stroke.current!.before, stroke.current!.from, cell, stroke.current!.off));
  };
  const end = () => (stroke.current = null);
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (step) {
      const next = { day: Math.min(6, Math.max(0, current.day + step[0]!)), half: Math.min(HALF_HOURS - 1, Math.max(0, current.half + step[1]!)) };
      // As the cell that is left: so a stroke of the keys goes on with what it began.
      if (event.shiftKey) onChange(painted(week, current, next, week[at(current)]!));
      setCurrent(next);
      frame.current!.querySelector<HTMLElement>(`[data-cell="${at(next)}"]`)!.focus();
    } else if (event.key === " " || event.key === "Enter") onChange(painted(week, current, current, !week[at(current)]));
    else return;
    event.preventDefault();
  };
  return (
    <div ref={frame} className="a-week" role="group" aria-label={t("schedule.picture")} onPointerDown={begin} onPointerMove={draw} onPointerUp={end} onPointerCancel={end} onKeyDown={press} data-testid="week">
      {DAYS.map((name, day) => (
        <div key={name} className="a-week-day">
          <span aria-hidden>{t(`schedule.days.${name}`)}</span>
          <div className="a-week-halves">
            {Array.from({ length: HALF_HOURS }, (_, half) => {
              const cell = at({ day, half });
              return (
                <button
                  key={half}
                  type="button"
                  data-cell={cell}
                  tabIndex={current.day === day && current.half === half ? 0 : -1}
                  aria-pressed={week[cell]}
                  aria-label={`${t(`schedule.days.${name}`)} ${clockOf(half)} ${t(week[cell] ? "schedule.isOff" : "schedule.isOn")}`}
                  onFocus={() => setCurrent({ day, half })}
                />
              );
            })}
          </div>
        </div>
      ))}
      <div className="a-week-day" aria-hidden>
        <span />
        <div className="a-week-hours">
          {[0, 6, 12, 18, 24].map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </div>
      </div>
      <small className="a-muted">
        <i className="a-week-key" aria-hidden /> {t("schedule.isOff")} · {t("schedule.hint")}
      </small>
    </div>
  );
}
