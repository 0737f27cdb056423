// 分享二维码 (em-share-qr, wm-share-qr, wc-detail-qr): a code for residents, shown once, as a picture, as a link and on paper.
import { PrinterOutlined } from "@ant-design/icons";
import { Alert, Button, Segmented } from "antd";
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";

import "./share.css";
import { CopyButton } from "@/components/CopyButton";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { shareMeter, useBoundChange } from "@/lib/api/bound";
import { ApiError } from "@/lib/api/client";
import { useOffset } from "@/lib/hooks";
import { consoleAddress } from "@/lib/public-address";
import { pictureOf } from "@/lib/qr-picture";
import { formatTime } from "@/lib/time";
import { useKindTexts } from "@/lib/units";
import type { Meter } from "@/types/api";
import type { ShareMade } from "@/types/bound";

const DAYS = [1, 7, 30];
const USES = [1, 4, 10, 20];

type Props = { meter: Meter; onClose: () => void };

export function ShareDialog({ meter, onClose }: Props) {
  const { t } = useKindTexts();
  const [days, setDays] = useState(7);
  const [uses, setUses] = useState(4);
  const make = useBoundChange(meter.id, () => shareMeter(meter.id, { days, uses }));
  const made = make.data;
  return (
    <Modal
      open
      title={t("share.title", { name: meter.name })}
      onCancel={onClose}
      mask={{ closable: !made }}
      footer={
        made ? (
          <Button key="done" type="primary" onClick={onClose} data-testid="share-done">
            {t("common.close")}
          </Button>
        ) : (
          <Button key="make" type="primary" loading={make.isPending} onClick={() => make.mutate(undefined)} data-testid="share-make">
            {t("share.make")}
          </Button>
        )
      }
    >
      {made ? (
        <Code meter={meter} made={made} />
      ) : (
        <div className="a-stack">
          <p className="a-muted">{t("share.hint")}</p>
          {make.error && (
            <ErrorNotice error={make.error} what="save">
              {make.error instanceof ApiError && make.error.code === "limit_reached" && t("share.full")}
            </ErrorNotice>
          )}
          <div className="a-shared-choice">
            <span>{t("share.days")}</span>
            <Segmented aria-label={t("share.days")} value={days} onChange={setDays} options={DAYS.map((value) => ({ value, label: t("share.day", { n: value }) }))} data-testid="share-days" />
          </div>
          <div className="a-shared-choice">
            <span>{t("share.uses")}</span>
            <Segmented aria-label={t("share.uses")} value={uses} onChange={setUses} options={USES.map((value) => ({ value, label: t("share.use", { n: value }) }))} data-testid="share-uses" />
          </div>
        </div>
      )}
    </Modal>
  );
}

function Code({ meter, made }: { meter: Meter; made: ShareMade }) {
  const { t } = useKindTexts();
  const offset = useOffset(meter.site);
  const url = `${consoleAddress()}/r#${made.code}`;
  const [picture, setPicture] = useState("");
  useEffect(() => {
    let shown = true;
    void pictureOf(url).then((canvas) => shown && setPicture(canvas.toDataURL("image/png")));
    return () => void (shown = false);
  }, [url]);
  const until = t("share.until", { until: formatTime(made.expires_at, offset).slice(0, 16), uses: t("share.use", { n: made.uses }) });
  const image = picture && <img src={picture} alt={t("share.slip")} data-testid="share-picture" data-url={url} />;
  return (
    <div className="a-stack a-shared-code">
      <Alert type="warning" showIcon title={t("share.once")} description={t("share.onceHint")} />
      {image}
      <p className="a-muted">{until}</p>
      <span className="a-drawn-buttons">
        <CopyButton text={url} testId="share-copy" />
        <Button size="small" icon={<PrinterOutlined />} onClick={() => print()} data-testid="share-print">
          {t("share.print")}
        </Button>
      </span>
      {createPortal(
        <section className="a-print a-shared-slip">
          <h1>{t("share.slip")}</h1>
          {image}
          <p>
            {meter.name} {meter.address}
          </p>
          <p>
            {until} {t("share.slipHint")}
          </p>
        </section>,
        document.body,
      )}
    </div>
  );
}
