// 设备提醒: kinds of alarms and how many of each (al-home).
import { CheckCircleOutlined, RightOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { EmptyState } from "@/components/feedback";
import { CountText } from "@/components/numbers";
import { useAlarmName } from "@/components/words";
import type { Home } from "@/types/api";

/** More kinds than this stand behind the link to all of them. */
const MOST = 6;

export function AlarmPanel({ alarms }: { alarms: Home["alarms"] }) {
  const { t } = useTranslation();
  const name = useAlarmName();
  if (alarms.length === 0) {
    return <EmptyState small icon={<CheckCircleOutlined />} title={t("home.noAlarms")} hint={t("home.noAlarmsHint")} />;
  }
  const most = Math.max(...alarms.map(({ count }) => count));
  return (
    <ul className="a-alarm-kinds" data-testid="home-alarms">
      {[...alarms]
        .sort((a, b) => b.count - a.count)
        .slice(0, MOST)
        .map(({ code, count }) => (
          <li key={code}>
            <Link to={`/alarms?code=${encodeURIComponent(code)}`}>{name(code)}</Link>
            <span className="a-alarm-bar" aria-hidden>
              <i style={{ width: `${(count * 100) / most}%` }} />
            </span>
            <b>
              <CountText value={count} />
            </b>
          </li>
        ))}
      <li>
        <Link to="/alarms">
          {t("home.allAlarms")} <RightOutlined />
        </Link>
      </li>
    </ul>
  );
}
