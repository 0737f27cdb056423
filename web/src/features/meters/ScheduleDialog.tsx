// 定时断电 (em-timed-switch): when the supply is off, as rows and as a picture of the week that is painted.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, App, Button, Checkbox, Input } from "antd";
import { useState } from "react";

import "./supply.css";
import { WhichMeter } from "./OrderDialog";
import { WeekPicture } from "./WeekPicture";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { changeSchedule, useMeterChange } from "@/lib/api/supply";
import { useKindTexts } from "@/lib/units";
import { DAYS, scheduleOf, scheduleProblem, weekOf } from "@/lib/week";
import type { Meter } from "@/types/api";
import { MOST_PERIODS, type SwitchPeriod } from "@/types/supply";

const NIGHT: SwitchPeriod = { days: [...DAYS], off: "23:00", on: "06:00" };

export function ScheduleDialog({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useKindTexts(meter);
  const { message } = App.useApp();
  const [rows, setRows] = useState<SwitchPeriod[]>(meter.schedule);
  const problem = scheduleProblem(rows);
  const save = useMeterChange(meter.id, (schedule: SwitchPeriod[]) => changeSchedule(meter.id, schedule), () => {
    void message.success(t("schedule.saved"));
    onClose();
  });
  const change = (index: number, next: Partial<SwitchPeriod>) => setRows(rows.map((row, at) => (at === index ? { ...row, ...next } : row)));
  return (
    <Modal
      open
      width={760}
      title={t("schedule.title", { name: meter.name })}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={t("common.save")}
      okButtonProps={{ loading: save.isPending, disabled: problem !== null, "data-testid": "schedule-save" }}
      onOk={() => save.mutate(rows)}
    >
      <div className="a-stack" data-testid="schedule" data-schedule={rows.map(({ days, off, on }) => `${days.join("")} ${off}-${on}`).join(",")}>
        <WhichMeter meter={meter} />
        {save.error && <ErrorNotice error={save.error} what="save" />}
        <p className="a-muted">{t("schedule.what")}</p>
        {meter.keep_power && <Alert type="warning" showIcon title={t("schedule.keepPower")} />}
        <WeekPicture week={weekOf(rows)} onChange={(week) => setRows(scheduleOf(week))} />
        <ol className="a-period-rows">
          {rows.map((row, index) => (
            <li key={index} data-testid="schedule-row">
              <Checkbox.Group
                value={row.days}
                onChange={(days) => change(index, { days: [...days].sort((a, b) => a - b) })}
                options={DAYS.map((day) => ({ value: day as number, label: t(`schedule.days.${day}`) }))}
              />
              <span className="a-period-times">
                <Input type="time" value={row.off} aria-label={t("schedule.off")} prefix={<small className="a-muted">{t("schedule.off")}</small>} onChange={({ target }) => change(index, { off: target.value })} data-testid="schedule-off" />
                <Input type="time" value={row.on} aria-label={t("schedule.on")} prefix={<small className="a-muted">{t("schedule.on")}</small>} onChange={({ target }) => change(index, { on: target.value })} data-testid="schedule-on" />
                {row.on <= row.off && <small className="a-muted">{t("schedule.nextDay")}</small>}
                <Button type="text" icon={<DeleteOutlined />} aria-label={t("schedule.drop")} onClick={() => setRows(rows.filter((_, at) => at !== index))} data-testid="schedule-drop" />
              </span>
            </li>
          ))}
        </ol>
        {rows.length === 0 && <p>{t("schedule.none")}</p>}
        <span className="a-read-now">
          <Button size="small" icon={<PlusOutlined />} disabled={rows.length >= MOST_PERIODS} onClick={() => setRows([...rows, NIGHT])} data-testid="schedule-add">
            {t("schedule.add")}
          </Button>
          <Button size="small" disabled={rows.length === 0} onClick={() => setRows([])} data-testid="schedule-clear">
            {t("schedule.clear")}
          </Button>
        </span>
        {problem && (
          <span className="a-field-error" role="alert">
            {t(`schedule.problem.${problem}`, { most: MOST_PERIODS })}
          </span>
        )}
      </div>
    </Modal>
  );
}
