// Search card of a record: words, one choice, a period; Enter searches, reset goes back to page 1 with no condition.
// What is asked stands in the address, so that back, reload and a copied link show the same.
import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useNow, useOffset } from "@/lib/hooks";
import { pageSize } from "@/lib/page-size";
import { startOfDay } from "@/lib/time";

const DAY = 86_400_000;
const PERIODS = { today: 1, week: 7, month: 30, quarter: 90 } as const;
type Period = keyof typeof PERIODS;

type Asked = { search?: string; choice?: string; from?: number; page: number; page_size: number };

/** The question that the address holds; nonsense in it is left out. */
export function useAsked(choice: string) {
  const [parameters, setParameters] = useSearchParams();
  const offset = useOffset();
  const today = startOfDay(useNow(DAY / 24), offset);
  const asked: Asked & { period?: Period } = useMemo(() => {
    const whole = (name: string, otherwise: number, most: number) => {
      const value = Number(parameters.get(name));
      return Number.isInteger(value) && value >= 1 && value <= most ? value : otherwise;
    };
    const period = (Object.keys(PERIODS) as Period[]).find((name) => name === parameters.get("period"));
    return {
      search: parameters.get("search")?.slice(0, 60) || undefined,
      choice: parameters.get(choice)?.slice(0, 64) || undefined,
      period,
      from: period && today - (PERIODS[period] - 1) * DAY,
      page: whole("page", 1, 1_000_000),
      page_size: whole("page_size", pageSize(), 100),
    };
  }, [parameters, choice, today]);
  const change = (next: Record<string, string | number | undefined>) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(next)) {
        if (value === undefined || value === "" || (name === "page" && value === 1)) after.delete(name);
        else after.set(name, String(value));
      }
      return after;
    });
  const paging = (total: number) => ({
    page: asked.page,
    size: asked.page_size,
    total,
    onChange: (page: number, page_size: number) => change({ page: page_size === asked.page_size ? page : 1, page_size }),
  });
  const narrowed = Boolean(asked.search || asked.choice || asked.period);
  return { asked, change, paging, narrowed };
}

type Props = {
  asked: ReturnType<typeof useAsked>["asked"];
  change: ReturnType<typeof useAsked>["change"];
  choice: { name: string; label: string; options: { value: string; label: string }[] };
  placeholder: string;
};

export function SearchBar({ asked, change, choice, placeholder }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState(asked.search ?? "");
  const [shown, setShown] = useState(asked.search);
  if (shown !== asked.search) {
    // The address changed by itself: back, a link, reset.
    setShown(asked.search);
    setWords(asked.search ?? "");
  }
  const search = () => change({ search: words.trim(), page: undefined });
  return (
    <form
      className="a-card a-filters"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <Input
        className="a-filter-search"
        prefix={<SearchOutlined />}
        placeholder={placeholder}
        aria-label={placeholder}
        allowClear
        maxLength={60}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onClear={() => change({ search: undefined, page: undefined })}
        data-testid="filter-search"
      />
      <Select
        className="a-filter-choice"
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder={choice.label}
        aria-label={choice.label}
        value={asked.choice}
        options={choice.options}
        onChange={(value?: string) => change({ [choice.name]: value, page: undefined })}
        data-testid={`filter-${choice.name}`}
      />
      <Select
        className="a-filter-choice"
        allowClear
        placeholder={t("period.label")}
        aria-label={t("period.label")}
        value={asked.period}
        options={(Object.keys(PERIODS) as Period[]).map((value) => ({ value, label: t(`period.${value}`) }))}
        onChange={(value?: Period) => change({ period: value, page: undefined })}
        data-testid="filter-period"
      />
      <span className="a-filter-buttons">
        <Button type="primary" htmlType="submit" data-testid="filter-submit">
          {t("common.search")}
        </Button>
        <Button
          onClick={() => {
            setWords("");
            change({ search: undefined, [choice.name]: undefined, period: undefined, page: undefined });
          }}
          data-testid="filter-reset"
        >
          {t("common.reset")}
        </Button>
      </span>
    </form>
  );
}
