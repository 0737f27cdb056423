// The clerk's desk: one search over houses, people, rooms, meters and recharges, from everywhere.
import { AccountBookOutlined, DashboardOutlined, HomeOutlined, SearchOutlined, ShopOutlined, UserOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import "./desk.css";
import { hitsOf, stepped, targetOf, type Hit } from "./hits";
import { Modal } from "@/components/Dialog";
import { ErrorNotice } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { TimeText } from "@/components/TimeText";
import { useDesk } from "@/lib/api/queries";
import { useSites } from "@/lib/hooks";
import type { DeskGroup } from "@/types/api";

const TYPING_MS = 150;
const icons: Record<DeskGroup["kind"], ReactNode> = {
  house: <HomeOutlined />,
  resident: <UserOutlined />,
  room: <ShopOutlined />,
  meter: <DashboardOutlined />,
  recharge: <AccountBookOutlined />,
};

/** The words once they have not changed for a moment. */
function useSettled(words: string): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), TYPING_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
}

export function Desk({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const search = useSettled(words.trim());
  const desk = useDesk(search);
  // The same number is in each of them.
  const several = (useSites().data?.length ?? 0) > 1;
  const groups = search ? (desk.data?.groups ?? []).filter(({ rows }) => rows.length > 0) : [];
  const hits = hitsOf(groups);
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    void navigate(targetOf(hit));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = stepped(at, event.key === "ArrowDown" ? 1 : -1, hits.length);
      setAt(next);
      list.current?.querySelector(`[data-index="${next}"]`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      // Of the words that stand there, not of those before.
      if (search === words.trim() && !desk.isPlaceholderData) open(hits[at]);
    }
  };
  return (
    <Modal open width={640} title={t("desk.title")} footer={null} onCancel={onClose} className="a-desk" data-testid="desk">
      <Input
        autoFocus
        size="large"
        prefix={<SearchOutlined />}
        placeholder={t("desk.placeholder")}
        aria-label={t("desk.title")}
        aria-controls="desk-hits"
        aria-activedescendant={hits[at] ? `desk-hit-${at}` : undefined}
        role="combobox"
        aria-expanded={hits.length > 0}
        maxLength={60}
        allowClear
        value={words}
        onChange={({ target }) => {
          setWords(target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
        data-testid="desk-search"
      />
      <div className="a-desk-hits" aria-busy={desk.isFetching}>
        {desk.error && <ErrorNotice error={desk.error} what="load" onRetry={() => void desk.refetch()} />}
        {!search && <p className="a-muted">{t("desk.hint")}</p>}
        {search && desk.data && !desk.isPlaceholderData && hits.length === 0 && (
          <p className="a-muted" data-testid="desk-nothing">
            {t("desk.nothing", { kinds: desk.data.groups.map(({ kind }) => t(`desk.kinds.${kind}`)).join(t("desk.and")) })}
          </p>
        )}
        <div ref={list} id="desk-hits" role={hits.length > 0 ? "listbox" : undefined} aria-label={hits.length > 0 ? t("desk.title") : undefined}>
          {groups.map(({ kind, rows, more }) => (
            <section key={kind} role="group" aria-label={t(`desk.kinds.${kind}`)}>
              <h3 aria-hidden>{t(`desk.kinds.${kind}`)}</h3>
              {rows.map((row) => {
                const index = hits.findIndex((hit) => hit.kind === kind && hit.id === row.id);
                return (
                  <button
                    key={row.id}
                    type="button"
                    id={`desk-hit-${index}`}
                    role="option"
                    aria-selected={index === at}
                    tabIndex={-1}
                    data-index={index}
                    data-testid="desk-hit"
                    className={`a-desk-hit${index === at ? " a-current" : ""}`}
                    onMouseMove={() => setAt(index)}
                    onClick={() => open(hits[index])}
                  >
                    <span className="a-desk-icon">{icons[kind]}</span>
                    <b>{row.title}</b>
                    <span className="a-muted a-grow">{[several && row.community, row.detail, row.phone].filter(Boolean).join(" \u00b7 ")}</span>
                    {row.amount !== null && <MoneyText value={row.amount} />}
                    {row.at !== null && <TimeText at={row.at} />}
                  </button>
                );
              })}
              {more && <small className="a-muted" aria-hidden>{t("desk.more")}</small>}
            </section>
          ))}
        </div>
      </div>
      <p className="a-desk-keys a-muted">{t("desk.keys")}</p>
    </Modal>
  );
}
