// A state in colour, icon and word: never colour alone.
import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleFilled,
} from "@ant-design/icons";
import type { ReactNode } from "react";

export type Tone = "ok" | "warn" | "bad" | "idle" | "brand";

const icons: Record<Tone, ReactNode> = {
  ok: <CheckCircleFilled />,
  warn: <ExclamationCircleFilled />,
  bad: <CloseCircleFilled />,
  idle: <MinusCircleFilled />,
  brand: <ClockCircleFilled />,
};

type Props = { tone: Tone; icon?: ReactNode; bare?: boolean; testId?: string; title?: string; children: ReactNode };

export function Chip({ tone, icon, bare, testId, title, children }: Props) {
  return (
    <span className={`a-chip a-tone-${tone}${bare ? " a-chip-bare" : ""}`} data-testid={testId} title={title}>
      <span className="a-chip-icon" aria-hidden>
        {icon ?? icons[tone]}
      </span>
      <span className="a-chip-text">{children}</span>
    </span>
  );
}
