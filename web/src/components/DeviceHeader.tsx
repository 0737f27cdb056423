// Answers in five seconds, always in this order: is it alive, is it in the state we want, how much money or energy,
// what happened last, what can I do.
import { LeftOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

type Props = {
  name: string;
  facts: ReactNode;
  backTo: string;
  alive: ReactNode;
  state: ReactNode;
  amount?: ReactNode;
  last: ReactNode;
  actions?: ReactNode;
  notes?: ReactNode;
};

export function DeviceHeader({ name, facts, backTo, alive, state, amount, last, actions, notes }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <section className="a-card a-device" data-testid="device-header">
      <div className="a-device-top">
        <Button type="text" icon={<LeftOutlined />} aria-label={t("common.back")} onClick={() => void navigate(backTo)} />
        <div className="a-device-name">
          <h1>{name}</h1>
          <div className="a-facts">{facts}</div>
        </div>
        <div className="a-device-actions">{actions}</div>
      </div>
      <div className={`a-device-answers${amount ? "" : " a-device-answers-3"}`}>
        <div className="a-answer">{alive}</div>
        <div className="a-answer">{state}</div>
        {amount && <div className="a-answer a-answer-wide">{amount}</div>}
        <div className="a-answer">{last}</div>
      </div>
      {notes}
    </section>
  );
}

type AnswerProps = { title: ReactNode; children: ReactNode; below?: ReactNode };

export function Answer({ title, children, below }: AnswerProps) {
  return (
    <>
      <div className="a-answer-title">{title}</div>
      <div className="a-answer-value">{children}</div>
      {below && <div className="a-answer-below">{below}</div>}
    </>
  );
}
