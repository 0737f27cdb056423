// 接入码: a box becomes this gateway by a code instead of a key that somebody carries; 吊销 takes that key away again. What is there now, and the buttons.
import { QrcodeOutlined } from "@ant-design/icons";
import { Alert, Button, Popconfirm } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { timeLeft } from "./enrolment";
import { RevokeDialog } from "./RevokeDialog";
import { ErrorNotice } from "@/components/feedback";
import { TimeText } from "@/components/TimeText";
import { cancelEnrolment, useEnrolment, useEnrolmentChange } from "@/lib/api/enrolment";
import { useNow } from "@/lib/hooks";
import type { EnrolmentRow, Gateway } from "@/types/api";

// Draws a code, which few who look at a gateway need.
const EnrolmentDialog = lazy(async () => ({ default: (await import("./EnrolmentDialog")).EnrolmentDialog }));

export function Enrolment({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation();
  const found = useEnrolment(gateway.id);
  const cancel = useEnrolmentChange(gateway.id, () => cancelEnrolment(gateway.id));
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState(false);
  const row = found.data?.enrolment;
  const revocation = found.data?.revocation;
  const button = (
    <Button icon={<QrcodeOutlined />} disabled={!found.data} onClick={gateway.since && !revocation ? undefined : () => setMaking(true)} data-testid="enrolment-make">
      {t("enrolment.make")}
    </Button>
  );
  return (
    <section className="a-card a-stack" data-testid="enrolment">
      <h2>{t("enrolment.title")}</h2>
      <p className="a-muted">{t("enrolment.hint")}</p>
      {found.error && <ErrorNotice error={found.error} what="load" onRetry={() => void found.refetch()} />}
      {cancel.error && <ErrorNotice error={cancel.error} what="save" />}
      {row && row.reused > 0 && <Alert type="warning" showIcon title={t("enrolment.reused", { n: row.reused })} description={t("enrolment.reusedHint")} data-testid="enrolment-reused" />}
      {revocation && (
        <Alert
          type="error"
          showIcon
          title={t("revocation.done", { note: revocation.note })}
          description={
            <>
              {revocation.by} <TimeText at={revocation.at} ago site={gateway.site} /> · {t("revocation.doneHint")}
            </>
          }
          data-testid="revocation"
        />
      )}
      {row && <State row={row} site={gateway.site} />}
      <span className="a-drawn-buttons">
        {gateway.since && !revocation ? (
          <Popconfirm title={t("enrolment.replace")} description={t("enrolment.replaceHint")} okText={t("enrolment.make")} cancelText={t("common.cancel")} onConfirm={() => setMaking(true)}>
            {button}
          </Popconfirm>
        ) : (
          button
        )}
        {row?.state === "open" && (
          <Button danger loading={cancel.isPending} onClick={() => cancel.mutate(undefined)} data-testid="enrolment-cancel">
            {t("enrolment.cancel")}
          </Button>
        )}
        {found.data && !revocation && (
          <Button danger onClick={() => setRevoking(true)} data-testid="revoke">
            {t("revocation.revoke")}
          </Button>
        )}
      </span>
      {revoking && <RevokeDialog gateway={gateway} onClose={() => setRevoking(false)} />}
      {making && (
        <Suspense>
          <EnrolmentDialog gateway={gateway} onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </section>
  );
}

function State({ row, site }: { row: EnrolmentRow; site: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const left = row.state === "open" ? timeLeft(row.expires_at, now) : "";
  return (
    <p data-testid="enrolment-state">
      {t(`enrolment.states.${row.state === "open" && !left ? "expired" : row.state}`)}
      {left && <span className="a-number"> {t("enrolment.left", { left })}</span>} · {row.by} <TimeText at={row.ended_at ?? row.created_at} ago site={site} />
    </p>
  );
}
