// 预付费管理: the housing sources that were imported, each with its rooms and meters.
import { ImportOutlined } from "@ant-design/icons";
import { Button, Form, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";

import { ImportSource } from "./ImportSource";
import { TakeOut } from "./TakeOut";
import { TYPES } from "./types";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/feedback";
import { FilterCard, FilterItem } from "@/components/FilterCard";
import { ResourcePage, type Column } from "@/components/ResourcePage";
import { ActionSheet, RowActions, widthOfActions, type RowAction } from "@/components/RowActions";
import { TimeText } from "@/components/TimeText";
import { usePrepaidSources } from "@/lib/api/queries";
import { useCan } from "@/lib/hooks";
import type { PrepaidSource } from "@/types/api";


type Values = { search?: string; type?: string };

export function PrepaidPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const can = useCan();
  const [parameters, setParameters] = useSearchParams();
  const [form] = Form.useForm<Values>();
  const [importing, setImporting] = useState(false);
  const [leaving, setLeaving] = useState<PrepaidSource | null>(null);
  const search = parameters.get("search")?.slice(0, 60) || undefined;
  const type = TYPES.find((each) => each === parameters.get("type"));
  const page = Math.max(1, Number(parameters.get("page")) || 1);
  const size = [10, 20, 50, 100].find((each) => each === Number(parameters.get("page_size"))) ?? 20;
  const sources = usePrepaidSources({ search, type, page, page_size: size });
  useEffect(() => form.setFieldsValue({ search: search ?? "", type }), [form, search, type]);
  const ask = (next: Record<string, string | number | undefined>) => setParameters(new URLSearchParams(Object.entries(next).flatMap(([name, value]) => (value && !(name === "page" && value === 1) ? [[name, String(value)]] : []))));
  const mayEdit = can("prepaid:edit");
  const add = mayEdit && can("source:read") && (
    <Button type="primary" icon={<ImportOutlined />} onClick={() => setImporting(true)} data-testid="prepaid-import">
      {t("prepaid.import")}
    </Button>
  );
  const open = (source: PrepaidSource) => void navigate(`/prepaid/${source.id}?name=${encodeURIComponent(source.name)}`);
  const actionsOf = (source: PrepaidSource): RowAction[] => [
    { name: "open", label: t("prepaid.tree"), run: () => open(source) },
    ...(mayEdit ? [{ name: "remove", label: t("prepaid.takeOut"), danger: true, run: () => setLeaving(source) }] : []),
  ];
  const rooms = (source: PrepaidSource) => (
    <span className="a-number">
      {source.rooms}
      {source.waiting > 0 && (
        <>
          {" "}
          <Chip bare tone="warn">
            {t("prepaid.waiting", { n: source.waiting })}
          </Chip>
        </>
      )}
    </span>
  );
  const columns: Column<PrepaidSource>[] = [
    { key: "code", title: t("prepaid.code"), always: true, width: 110, render: (_, row) => <span className="a-number">{row.code}</span> },
    {
      key: "name",
      title: t("prepaid.name"),
      always: true,
      width: 200,
      ellipsis: true,
      render: (_, row) => (
        <Link className="a-strong-link" to={`/prepaid/${row.id}?name=${encodeURIComponent(row.name)}`}>
          {row.name}
        </Link>
      ),
    },
    { key: "type", title: t("prepaid.type"), width: 120, render: (_, row) => t(`prepaid.types.${row.type}`) },
    { key: "zone", title: t("prepaid.zone"), width: 110, ellipsis: true, dataIndex: "zone" },
    { key: "address", title: t("prepaid.address"), width: 200, ellipsis: true, dataIndex: "address" },
    { key: "rooms", title: t("prepaid.rooms"), width: 150, render: (_, row) => rooms(row) },
    { key: "with", title: t("prepaid.roomsWithMeter"), width: 110, align: "right", dataIndex: "rooms_with_meter" },
    { key: "gateways", title: t("prepaid.gateways"), width: 90, align: "right", dataIndex: "gateways" },
    { key: "meters", title: t("prepaid.meters"), width: 80, align: "right", dataIndex: "meters" },
    { key: "since", title: t("prepaid.since"), width: 172, render: (_, row) => <TimeText at={row.since} site={row.site} /> },
    { key: "actions", title: t("common.actions"), always: true, fixed: "right", width: widthOfActions(sources.data?.rows.map(actionsOf), t("common.more")), render: (_, row) => <RowActions actions={actionsOf(row)} /> },
  ];
  const narrowed = Boolean(search || type);
  return (
    <>
      <ResourcePage
        name="prepaid"
        title={t("prepaid.title")}
        subtitle={t("prepaid.subtitle")}
        actions={add}
        filters={
          <FilterCard<Values>
            form={form}
            placeholder={t("prepaid.placeholder")}
            narrowed={Boolean(type)}
            onSearch={(values) => ask({ search: values.search?.trim(), type: values.type, page_size: size === 20 ? undefined : size })}
            onReset={() => ask({})}
          >
            <FilterItem name="type" label={t("prepaid.type")}>
              <Select allowClear options={TYPES.map((value) => ({ value, label: t(`prepaid.types.${value}`) }))} />
            </FilterItem>
          </FilterCard>
        }
        columns={columns}
        rows={sources.data?.rows}
        rowKey={(row) => row.id}
        rowTestId="prepaid-row"
        loading={sources.isFetching}
        error={sources.error}
        onReload={() => void sources.refetch()}
        onOpen={open}
        card={(row) => (
          <>
            <Link to={`/prepaid/${row.id}?name=${encodeURIComponent(row.name)}`} className="a-row-card-body">
              <span className="a-row-card-head">
                <b>{row.name}</b>
                <span className="a-muted">{t(`prepaid.types.${row.type}`)}</span>
              </span>
              <span className="a-muted">{[row.code, row.zone, row.address].filter(Boolean).join(" \u00b7 ")}</span>
              <span className="a-row-card-numbers">
                <span>
                  <small>{t("prepaid.rooms")}</small>
                  {rooms(row)}
                </span>
                <span>
                  <small>{t("prepaid.gateways")}</small>
                  {row.gateways}
                </span>
                <span>
                  <small>{t("prepaid.meters")}</small>
                  {row.meters}
                </span>
              </span>
            </Link>
            <ActionSheet title={row.name} actions={actionsOf(row)} />
          </>
        )}
        empty={
          narrowed ? (
            <EmptyState title={t("prepaid.noMatch")} hint={t("catalog.noMatchHint")} action={<Button onClick={() => ask({})}>{t("common.reset")}</Button>} />
          ) : (
            <EmptyState title={t("prepaid.empty")} hint={t("prepaid.emptyHint")} action={add} />
          )
        }
        paging={{ page, size, total: sources.data?.total ?? 0, onChange: (next, many) => ask({ search, type, page: many === size ? next : 1, page_size: many }) }}
      />
      {importing && <ImportSource onClose={() => setImporting(false)} />}
      {leaving && <TakeOut source={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}
