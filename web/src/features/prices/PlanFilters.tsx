// The search of the price plans, by name and by what they are for; it stands in the address.
import { Form, Select } from "antd";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { FilterCard, FilterItem } from "@/components/FilterCard";
import type { PlanQuery } from "@/lib/api/requests";
import { UTILITIES } from "@/types/supply";

/** Whatever stands in the address is made a question the platform accepts. */
export function usePlanQuery() {
  const [parameters, setParameters] = useSearchParams();
  const query = useMemo(
    (): PlanQuery => ({
      search: parameters.get("search")?.slice(0, 60) || undefined,
      utility: UTILITIES.find((each) => each === parameters.get("utility")),
    }),
    [parameters],
  );
  const change = ({ search, utility }: PlanQuery) => {
    const next = new URLSearchParams();
    if (search?.trim()) next.set("search", search.trim());
    if (utility) next.set("utility", utility);
    setParameters(next);
  };
  return [query, change] as const;
}

type Props = { query: PlanQuery; onChange: (query: PlanQuery) => void };

export function PlanFilters({ query, onChange }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<PlanQuery>();
  useEffect(() => form.setFieldsValue({ search: query.search ?? "", utility: query.utility }), [form, query]);
  return (
    <FilterCard<PlanQuery> form={form} placeholder={t("price.name")} narrowed={query.utility !== undefined} onSearch={onChange} onReset={() => onChange({})}>
      <FilterItem name="utility" label={t("utilities.label")}>
        <Select allowClear options={UTILITIES.map((value) => ({ value, label: t(`utilities.${value}`) }))} />
      </FilterItem>
    </FilterCard>
  );
}
