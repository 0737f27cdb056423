// What was paid, and what the resident was told.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { MoneyText } from "@/components/numbers";
import { useLabel } from "@/components/words";
import { useMyMessages, useMyRecords } from "@/lib/api/my";
import { formatTime } from "@/lib/time";
import type { MyMeter } from "@/types/bound";

export function MyHistory({ meter }: { meter: MyMeter }) {
  const { t } = useTranslation();
  const label = useLabel();
  const records = useMyRecords(meter.binding);
  const messages = useMyMessages(meter.binding);
  const time = (at: number) => <small className="a-muted a-number">{formatTime(at, meter.utc_offset_minutes).slice(0, 16)}</small>;
  return (
    <>
      <List title={t("my.records")} none={t("my.recordsNone")} answer={records} testId="my-records">
        {records.data?.rows.map((row, index) => (
          <li key={index} className="a-entry" data-testid="my-record">
            <span className="a-entry-name">
              <span>
                {t(`my.recordKinds.${row.kind}`)} {row.method && <small className="a-muted">{t(`recharge.methods.${row.method}`)}</small>}
              </span>
              {time(row.at)}
            </span>
            <MoneyText value={row.amount} signed />
          </li>
        ))}
      </List>
      <List title={t("my.messages")} none={t("my.messagesNone")} answer={messages} testId="my-messages">
        {messages.data?.rows.map((row, index) => (
          <li key={index} className="a-entry">
            <span className="a-entry-name">
              <b>{label(row.title)}</b>
              <span>{label(row.text)}</span>
              {time(row.at)}
            </span>
          </li>
        ))}
      </List>
    </>
  );
}

type ListProps = { title: string; none: string; answer: { data?: { rows: unknown[] }; error: unknown; refetch: () => unknown }; testId: string; children: ReactNode };

function List({ title, none, answer, testId, children }: ListProps) {
  return (
    <section className="a-card a-stack" data-testid={testId}>
      <h2>{title}</h2>
      {!answer.data ? (
        answer.error ? <ErrorNotice error={answer.error} what="load" onRetry={() => void answer.refetch()} /> : <PageSkeleton rows={2} />
      ) : answer.data.rows.length === 0 ? (
        <p className="a-muted">{none}</p>
      ) : (
        <ul className="a-entries">{children}</ul>
      )}
    </section>
  );
}
