// Opens the clerk's desk: its button in the top bar, the slash and Ctrl+K. The desk itself is loaded when it is wanted.
import { SearchOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { opensDesk } from "./hits";
import { useCan } from "@/lib/hooks";

const Desk = lazy(async () => ({ default: (await import("./Desk")).Desk }));

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && Boolean(target.closest("input,textarea,select,[contenteditable=true]"));
/** What an open dialog asks comes first. */
const isAsking = () => document.querySelector(".ant-modal-wrap:not([style*='display: none']), .ant-drawer-open") !== null;

export function DeskButton({ phone }: { phone: boolean }) {
  const { t } = useTranslation();
  const allowed = useCan()("desk:read");
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!allowed) return;
    const onKey = (event: KeyboardEvent) => {
      if (!opensDesk(event, isTyping(event.target))) return;
      // The browser has other plans with both.
      event.preventDefault();
      if (!isAsking()) setOpen(true);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [allowed]);
  if (!allowed) return null;
  return (
    <>
      <Button
        type={phone ? "text" : "default"}
        className={phone ? undefined : "a-desk-open"}
        icon={<SearchOutlined />}
        onClick={() => setOpen(true)}
        aria-label={phone ? t("desk.title") : t("detail.pair", { name: t("desk.title"), value: t("desk.short") })}
        title={t("desk.open")}
        data-testid="desk-open"
      >
        {phone ? null : (
          <>
            <span className="a-muted">{t("desk.short")}</span>
            <kbd aria-hidden>/</kbd>
          </>
        )}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <Desk onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
