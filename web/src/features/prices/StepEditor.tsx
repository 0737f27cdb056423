// What use above a border costs more (阶梯), per month or year, and what a unit then costs.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, Segmented } from "antd";
import { useId } from "react";

import "@/components/prices.css";
import { PriceText } from "@/components/numbers";
import { formatShort, QUANTITY, typed } from "@/lib/decimal";
import { MOST_STEPS, pricedSteps, pricesOf, STEP_PERIODS, type Step, type StepPeriod, type StepProblem } from "@/lib/price-steps";
import { useKindTexts } from "@/lib/units";
import type { PriceFields } from "@/types/api";

type Props = {
  period: StepPeriod;
  steps: Step[];
  /** per row */
  problems: (StepProblem | null)[];
  /** rows that nobody has tried to save yet say nothing about what is missing */
  strict: boolean;
  onChange: (period: StepPeriod, steps: Step[]) => void;
};

const EMPTY: Step = { above: "", add: "" };

export function StepEditor({ period, steps, problems, strict, onChange }: Props) {
  const { t } = useKindTexts();
  const label = useId();
  const change = (index: number, part: Partial<Step>) => onChange(period, steps.map((step, i) => (i === index ? { ...step, ...part } : step)));
  const field = (index: number, name: keyof Step) => (
    <Input
      inputMode="decimal"
      className="a-input-number"
      maxLength={40}
      prefix={<small className="a-muted">{t(`steps.${name}`)}</small>}
      suffix={<small className="a-muted">{t(name === "above" ? "common.kwh" : "common.yuan")}</small>}
      aria-label={t(`steps.${name}Label`, { n: index + 1 })}
      value={steps[index]![name]}
      onChange={({ target }) => change(index, { [name]: target.value })}
      onBlur={({ target }) => change(index, { [name]: typed(target.value) })}
      data-testid={`step-${name}`}
    />
  );
  return (
    <div className="a-field" data-testid="step-editor">
      <span id={label}>{t("steps.label")}</span>
      <div>
        <Segmented<StepPeriod>
          aria-labelledby={label}
          value={period}
          onChange={(next) => onChange(next, next === "none" ? [] : steps.length > 0 ? steps : [EMPTY])}
          options={STEP_PERIODS.map((value) => ({ value, label: <span data-testid={`step-${value}`}>{t(`steps.periods.${value}`)}</span> }))}
        />
        {period !== "none" && (
          <>
            <ol className="a-step-rows">
              {steps.map((step, index) => (
                <li key={index}>
                  {field(index, "above")}
                  {field(index, "add")}
                  <Button type="text" icon={<DeleteOutlined />} disabled={steps.length === 1} aria-label={t("steps.drop")} onClick={() => onChange(period, steps.filter((_, i) => i !== index))} />
                  {problems[index] && (strict || (step.above !== "" && step.add !== "")) && (
                    <span className="a-field-error" role="alert">
                      {t(`steps.problem.${problems[index]}`)}
                    </span>
                  )}
                </li>
              ))}
            </ol>
            <small className="a-muted">{t(`steps.anew.${period}`)}</small>
            <Button type="link" size="small" icon={<PlusOutlined />} disabled={steps.length >= MOST_STEPS} onClick={() => onChange(period, [...steps, EMPTY])} data-testid="step-add-row">
              {t("steps.more")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

/** What a unit costs in each step altogether. */
export function PricedSteps({ plan }: { plan: PriceFields }) {
  const { t } = useKindTexts();
  const names = pricesOf(plan.kind);
  return (
    <table className="a-priced-steps" data-testid="priced-steps">
      <thead>
        <tr>
          <th>{t(`steps.use.${plan.step_period ?? "none"}`)}</th>
          {names.map((name) => (
            <th key={name}>{name === "total" ? t("steps.price") : t(`readings.${name}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {pricedSteps(plan).map(({ from, to, prices }) => (
          <tr key={from}>
            <td>
              <span className="a-number">{to === null ? t("steps.beyond", { from: formatShort(from, QUANTITY) }) : `${formatShort(from, QUANTITY)} \u2013 ${formatShort(to, QUANTITY)}`}</span>
            </td>
            {names.map((name) => (
              <td key={name}>
                <PriceText value={prices[name]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
