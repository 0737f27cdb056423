// The search card of the meters.
import { Form, Select } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { ACCOUNTS, hasFilter, KINDS, MODES, RELAYS, SORTS } from "./query";
import { FilterCard, FilterItem } from "@/components/FilterCard";
import type { MeterQuery } from "@/lib/api/requests";

type Props = { query: MeterQuery; onChange: (query: MeterQuery) => void };
type Values = Omit<MeterQuery, "reachable"> & { reachable?: string };

export function MeterFilters({ query, onChange }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  useEffect(() => {
    form.setFieldsValue({
      search: query.search ?? "",
      kind: query.kind,
      mode: query.mode,
      relay: query.relay,
      sort: query.sort,
      account_state: query.account_state,
      reachable: query.reachable === undefined ? undefined : String(query.reachable),
    });
  }, [form, query]);
  const search = ({ reachable, search, ...rest }: Values) =>
    onChange({
      ...rest,
      search: search?.trim() || undefined,
      reachable: reachable === undefined ? undefined : reachable === "true",
      gateway: query.gateway,
      page: 1,
      page_size: query.page_size,
    });
  return (
    <FilterCard
      form={form}
      placeholder={t("meter.searchPlaceholder")}
      narrowed={hasFilter({ ...query, search: undefined })}
      onSearch={search}
      sheet={
        <FilterItem name="sort" label={t("catalog.sort")}>
          <Select
            allowClear
            options={SORTS.map((value) => {
              const field = t(`meter.${value.replace("-", "")}`);
              return { value, label: t(value.startsWith("-") ? "catalog.descending" : "catalog.ascending", { field }) };
            })}
          />
        </FilterItem>
      }
      onReset={() => onChange({ page: 1, page_size: query.page_size })}
    >
      <Choice name="kind" label={t("supplying.kind")} values={KINDS} words="supplying.kinds" />
      <Choice name="mode" label={t("meter.mode")} values={MODES} words="meter.kinds" />
      <Choice name="relay" label={t("meter.relay")} values={RELAYS} words="meter.relays" />
      <FilterItem name="reachable" label={t("meter.online")}>
        <Select
          allowClear
          options={[
            { value: "true", label: t("meter.reach.yes") },
            { value: "false", label: t("meter.reach.no") },
          ]}
        />
      </FilterItem>
      <Choice name="account_state" label={t("meter.account")} values={ACCOUNTS} words="meter.accounts" />
    </FilterCard>
  );
}

type ChoiceProps = { name: string; label: string; values: readonly string[]; words: string };

function Choice({ name, label, values, words }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <FilterItem name={name} label={label}>
      <Select allowClear options={values.map((value) => ({ value, label: t(`${words}.${value}`) }))} />
    </FilterItem>
  );
}
