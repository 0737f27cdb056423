// The code itself, shown once: in letters, as a picture, as the command for the box, and how long it works.
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { Snippet } from "./Configuration";
import { enrolCommand, reachable, timeLeft } from "./enrolment";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { cancelEnrolment, createEnrolment, useEnrolmentChange } from "@/lib/api/enrolment";
import { useNow } from "@/lib/hooks";
import { consoleAddress } from "@/lib/public-address";
import { pictureOf } from "@/lib/qr-picture";
import type { EnrolmentMade, Gateway } from "@/types/api";

type Props = { gateway: Gateway; onClose: () => void };

export function EnrolmentDialog({ gateway, onClose }: Props) {
  const { t } = useTranslation();
  const make = useEnrolmentChange(gateway.id, () => createEnrolment(gateway.id));
  const cancel = useEnrolmentChange(gateway.id, () => cancelEnrolment(gateway.id), onClose);
  const made = make.data;
  return (
    <Modal
      open
      title={`${t("enrolment.title")} · ${gateway.name}`}
      onCancel={onClose}
      mask={{ closable: !made }}
      footer={
        made
          ? [
              <Button key="cancel" danger loading={cancel.isPending} onClick={() => cancel.mutate(undefined)} data-testid="enrolment-dialog-cancel">
                {t("enrolment.cancel")}
              </Button>,
              <Button key="done" type="primary" onClick={onClose} data-testid="enrolment-done">
                {t("common.close")}
              </Button>,
            ]
          : [
              <Button key="make" type="primary" loading={make.isPending} onClick={() => make.mutate(undefined)} data-testid="enrolment-draw">
                {t("enrolment.draw")}
              </Button>,
            ]
      }
    >
      {cancel.error && <ErrorNotice error={cancel.error} what="save" />}
      {made ? (
        <Code made={made} />
      ) : (
        <div className="a-stack">
          <p className="a-muted">{t("enrolment.drawHint")}</p>
          {make.error && <ErrorNotice error={make.error} what="save" />}
        </div>
      )}
    </Modal>
  );
}

function Code({ made }: { made: EnrolmentMade }) {
  const { t } = useTranslation();
  const now = useNow();
  const left = timeLeft(made.expires_at, now);
  const origin = consoleAddress();
  const command = enrolCommand(origin, made.code, made.pin);
  const [picture, setPicture] = useState("");
  useEffect(() => {
    let shown = true;
    void pictureOf(command).then((canvas) => shown && setPicture(canvas.toDataURL("image/png")));
    return () => void (shown = false);
  }, [command]);
  return (
    <div className="a-stack">
      <Alert type="warning" showIcon title={t("enrolment.once")} description={t("enrolment.onceHint")} />
      {!reachable(origin) && <Alert type="info" showIcon title={t("enrolment.local", { origin })} />}
      {/* In letters for the telephone; white behind the picture also in the dark, because a camera wants dark on light. */}
      <p className="a-number" style={{ fontSize: 28, textAlign: "center", letterSpacing: 2, margin: 0 }} data-testid="enrolment-code">
        {made.code}
      </p>
      <p className="a-muted" style={{ textAlign: "center", margin: 0 }} data-testid="enrolment-left">
        {left ? t("enrolment.left", { left }) : t("enrolment.states.expired")}
      </p>
      {picture && (
        <img
          src={picture}
          alt={t("enrolment.title")}
          width={240}
          height={240}
          style={{ alignSelf: "center", background: "#fff", borderRadius: 8 }}
          data-testid="enrolment-picture"
          data-url={command}
        />
      )}
      <Snippet title={t("enrolment.command")} text={command} testId="enrolment-command" />
      {made.pin && (
        <p className="a-muted" data-testid="enrolment-pin">
          {t("enrolment.pin")} <code>{made.pin}</code>
        </p>
      )}
    </div>
  );
}
