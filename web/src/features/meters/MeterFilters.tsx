// The search card: Enter searches, reset goes back to page 1 with no condition.
import { FilterOutlined, SearchOutlined } from "@ant-design/icons";
import { Badge, Button, Form, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { ACCOUNTS, hasFilter, MODES, RELAYS } from "./query";
import { Drawer } from "@/components/Dialog";
import type { MeterQuery } from "@/lib/api/requests";
import { useIsPhone } from "@/lib/hooks";

type Props = { query: MeterQuery; onChange: (query: MeterQuery) => void };
type Values = Omit<MeterQuery, "reachable"> & { reachable?: string };

export function MeterFilters({ query, onChange }: Props) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [form] = Form.useForm<Values>();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    form.setFieldsValue({
      search: query.search ?? "",
      mode: query.mode,
      relay: query.relay,
      account_state: query.account_state,
      reachable: query.reachable === undefined ? undefined : String(query.reachable),
    });
  }, [form, query]);
  const search = (values: Values) => {
    setOpen(false);
    const { reachable, search, ...rest } = { ...form.getFieldsValue(), ...values };
    onChange({
      ...rest,
      search: search?.trim() || undefined,
      reachable: reachable === undefined ? undefined : reachable === "true",
      gateway: query.gateway,
      page: 1,
      page_size: query.page_size,
    });
  };
  const reset = () => {
    form.resetFields();
    setOpen(false);
    onChange({ page: 1, page_size: query.page_size });
  };
  const submit = () => form.submit();
  const selects = (
    <>
      <Choice name="mode" label={t("meter.mode")} values={MODES} words="meter.kinds" onPick={phone ? undefined : submit} />
      <Choice name="relay" label={t("meter.relay")} values={RELAYS} words="meter.relays" onPick={phone ? undefined : submit} />
      <Form.Item name="reachable" label={phone ? t("meter.online") : undefined}>
        <Select
          allowClear
          placeholder={t("meter.online")}
          data-testid="filter-reachable"
          options={[
            { value: "true", label: t("meter.reach.yes") },
            { value: "false", label: t("meter.reach.no") },
          ]}
          onChange={phone ? undefined : submit}
        />
      </Form.Item>
      <Choice
        name="account_state"
        label={t("meter.account")}
        values={ACCOUNTS}
        words="meter.accounts"
        onPick={phone ? undefined : submit}
      />
    </>
  );
  const searchField = (
    <Form.Item name="search" className="a-filter-search">
      <Input
        prefix={<SearchOutlined />}
        placeholder={t("meter.searchPlaceholder")}
        allowClear
        maxLength={60}
        data-testid="filter-search"
        onPressEnter={submit}
      />
    </Form.Item>
  );
  const buttons = (
    <span className="a-filter-buttons">
      <Button type="primary" htmlType="submit" data-testid="filter-submit">
        {t("common.search")}
      </Button>
      <Button onClick={reset} data-testid="filter-reset">
        {t("common.reset")}
      </Button>
    </span>
  );
  return (
    <Form<Values> form={form} className="a-card a-filters" onFinish={search}>
      {searchField}
      {phone ? (
        <>
          <Badge dot={hasFilter({ ...query, search: undefined })}>
            <Button icon={<FilterOutlined />} onClick={() => setOpen(true)} aria-label={t("common.filters")} />
          </Badge>
          <Drawer
            placement="bottom"
            size="auto"
            title={t("common.filters")}
            open={open}
            forceRender
            getContainer={false}
            onClose={() => setOpen(false)}
            className="a-sheet"
          >
            <div className="a-sheet-form">
              {selects}
              {buttons}
            </div>
          </Drawer>
        </>
      ) : (
        <>
          {selects}
          {buttons}
        </>
      )}
    </Form>
  );
}

type ChoiceProps = { name: string; label: string; values: readonly string[]; words: string; onPick?: () => void };

function Choice({ name, label, values, words, onPick }: ChoiceProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  return (
    <Form.Item name={name} label={phone ? label : undefined}>
      <Select
        allowClear
        placeholder={label}
        data-testid={`filter-${name}`}
        options={values.map((value) => ({ value, label: t(`${words}.${value}`) }))}
        onChange={onPick}
      />
    </Form.Item>
  );
}
