// The search card of the pages of prepaid management: words, 房源编码, 房源区域, state and mode of the account.
import { Form, Input, Select } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { ACCOUNTS, hasFilter, MODES } from "./query";
import { FilterCard, FilterItem } from "@/components/FilterCard";
import { useEntries } from "@/lib/api/queries";
import type { MeterQuery } from "@/lib/api/requests";
import { useCan } from "@/lib/hooks";
import { useProject } from "@/lib/project";

type Values = Pick<MeterQuery, "search" | "mode" | "account_state" | "source_code" | "zone">;
type Props = { query: MeterQuery; onChange: (query: MeterQuery) => void };

/** As many areas are offered. */
const AREAS = 100;

export function AccountFilters({ query, onChange }: Props) {
  const { t } = useTranslation();
  const mayArea = useCan()("area:read");
  const areas = useEntries("areas", { site: useProject(), enabled: true, sort: "name", page: 1, page_size: AREAS }, mayArea);
  const [form] = Form.useForm<Values>();
  useEffect(() => {
    const { search, mode, account_state, source_code, zone } = query;
    form.setFieldsValue({ search: search ?? "", mode, account_state, source_code: source_code ?? "", zone });
  }, [form, query]);
  return (
    <FilterCard<Values>
      form={form}
      placeholder={t("meter.searchPlaceholder")}
      narrowed={hasFilter({ ...query, search: undefined })}
      onSearch={(values) => onChange({ ...values, search: values.search?.trim() || undefined, source_code: values.source_code?.trim() || undefined, page: 1, page_size: query.page_size })}
      onReset={() => onChange({ page: 1, page_size: query.page_size })}
    >
      <FilterItem name="source_code" label={t("account.code")}>
        <Typed />
      </FilterItem>
      {mayArea && (
        <FilterItem name="zone" label={t("account.area")}>
          <Select allowClear options={areas.data?.rows.map(({ id, name }) => ({ value: id, label: String(name) }))} />
        </FilterItem>
      )}
      <FilterItem name="account_state" label={t("meter.account")}>
        <Select allowClear options={ACCOUNTS.map((value) => ({ value, label: t(`meter.accounts.${value}`) }))} />
      </FilterItem>
      <FilterItem name="mode" label={t("meter.mode")}>
        <Select allowClear options={MODES.map((value) => ({ value, label: t(`meter.kinds.${value}`) }))} />
      </FilterItem>
    </FilterCard>
  );
}

type TypedProps = { value?: string; onChange?: (value: string) => void; placeholder?: string };

/** A condition is searched for as soon as it changes: this one has changed when it is left, or with Enter. */
function Typed({ value = "", onChange, ...props }: TypedProps) {
  const done = (text: string) => text.trim() !== value && onChange?.(text.trim());
  return (
    <Input
      {...props}
      // What is searched for has become another one, as with a reset: it begins anew from that.
      key={value}
      allowClear
      maxLength={20}
      defaultValue={value}
      onBlur={(event) => done(event.target.value)}
      onPressEnter={(event) => {
        // The browser would submit once more by itself.
        event.preventDefault();
        done(event.currentTarget.value);
      }}
    />
  );
}
