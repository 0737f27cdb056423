// Which organisation the session acts for: a button in the top bar to enter one below the own, and a banner while it does.
import { SwapOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { useEnter } from "./enter";
import { useCan, useSession } from "@/lib/hooks";

const EnterDialog = lazy(async () => ({ default: (await import("./EnterDialog")).EnterDialog }));

export function OrganisationButton({ phone }: { phone: boolean }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const can = useCan();
  const [open, setOpen] = useState(false);
  if (!session) return null;
  const name = session.acting.name;
  if (!can("organisation:enter")) return <strong className="a-organisation">{name}</strong>;
  return (
    <>
      <Button
        type="text"
        className="a-organisation-button"
        icon={<SwapOutlined />}
        iconPlacement="end"
        title={t("organisation.enter")}
        aria-label={`${t("organisation.enter")} ${name}`}
        onClick={() => setOpen(true)}
        data-testid="organisation-switch"
      >
        <strong className={`a-organisation${phone ? " a-organisation-phone" : ""}`}>{name}</strong>
      </Button>
      {open && (
        <Suspense fallback={null}>
          <EnterDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

export function ActingBanner() {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const leave = useEnter(() => {});
  if (!session || session.acting.id === session.organisation.id) return null;
  return (
    <div className="a-acting" role="status" data-testid="acting-banner">
      <SwapOutlined aria-hidden />
      <span className="a-grow">{t("organisation.actingFor", { name: session.acting.name, kind: t(`organisation.kinds.${session.acting.kind}`) })}</span>
      <Button size="small" loading={leave.isPending} onClick={() => leave.mutate(null)} data-testid="acting-leave">
        {t("organisation.leaveActing", { name: session.organisation.name })}
      </Button>
    </div>
  );
}
