// Says how fresh the page is: a dot when all is well, a banner with the age of what is seen when it is not.
import { DisconnectOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { Chip } from "@/components/Chip";
import { useDuration } from "@/components/TimeText";
import { lostForMs } from "@/lib/connection";
import { useConnection } from "@/lib/events";
import { useNow } from "@/lib/hooks";

export function ConnectionDot() {
  const { t } = useTranslation();
  const { state } = useConnection();
  return (
    <Chip bare tone={state === "open" ? "ok" : state === "lost" ? "bad" : "idle"} icon={<span className="a-dot" />} testId="connection">
      {t(`connection.${state}`)}
    </Chip>
  );
}

export function ConnectionBanner() {
  const { t } = useTranslation();
  const connection = useConnection();
  const duration = useDuration();
  const lost = lostForMs(connection, useNow());
  if (lost === null) return null;
  return (
    <div className="a-banner" role="status" data-testid="connection-banner">
      <DisconnectOutlined aria-hidden /> {t("connection.banner", { age: duration(lost) })}
    </div>
  );
}
