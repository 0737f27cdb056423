// The search card of a resource: text, then every field that is a filter of its own, the site and the state.
import { Form, Select } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { dependents, ORGANISATION, outerOf, placeOf, SITE } from "./conditions";
import { usePlaces } from "./places";
import { conditionsOf, CREATED, filterFields, hasFilter, type ListQuery } from "./query";
import { ReferenceFilter, type Within } from "./ReferenceSelect";
import { DayInput } from "@/components/DayInput";
import { FilterCard, FilterItem } from "@/components/FilterCard";
import { OrganisationFilter } from "@/components/OrganisationSelect";
import { useLabel } from "@/components/words";
import { useCatalog } from "@/lib/api/queries";
import { useProject } from "@/lib/project";
import type { Field, ReferenceField, Resource } from "@/types/catalog";

type Props = { resource: Resource; query: ListQuery; onChange: (query: ListQuery) => void };
/** `search`, `sort` and the filters, as the address bar has them */
type Values = Record<string, string | undefined>;

/** Conditions in the first line; at 1366 px more of them have no room for their words. A span of days needs the room of four. */
const FIRST_LINE = 5;
const ROOM_OF_DAY = 2;

export function CatalogFilters({ resource, query, onChange }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const places = usePlaces(resource);
  const readable = useCatalog().data?.resources ?? [];
  const [form] = Form.useForm<Values>();
  const values = (Form.useWatch([], { form, preserve: true }) as Values | undefined) ?? {};
  const known = filterFields(resource).filter((field) => field.type !== "reference" || readable.some(({ name }) => name === field.resource));
  // Units are asked for once a building is: there is a unit 1 in each.
  const fields = known.filter((field) => {
    const outer = outerOf(field, known);
    return !outer || values[outer.name] !== undefined || values[field.name] !== undefined;
  });
  useEffect(() => {
    const names = [placeOf(resource), "enabled", ...CREATED, ...filterFields(resource).flatMap(conditionsOf)];
    form.setFieldsValue({ search: query.search ?? "", sort: query.sort, ...Object.fromEntries(names.map((name) => [name, query.filters[name]])) });
  }, [form, resource, query]);
  const searched = resource.fields.filter((field) => field.search && !filterFields(resource).includes(field)).map((field) => label(field.label));
  const item = (field: Field) =>
    conditionsOf(field).map((name) => (
      <FilterItem key={name} name={name} label={field.type === "date" ? t(name.endsWith("_from") ? "catalog.from" : "catalog.to", { field: label(field.label) }) : label(field.label)}>
        <Condition field={field} outer={outerOf(field, known)} values={values} />
      </FilterItem>
    ));
  const choices = [
    ...(places.several
      ? [
          <FilterItem key={placeOf(resource)} name={placeOf(resource)} label={places.label}>
            {placeOf(resource) === SITE ? (
              <Select allowClear showSearch={{ optionFilterProp: "label" }} options={places.sites.map(({ id, name }) => ({ value: id, label: name }))} />
            ) : (
              <OrganisationFilter />
            )}
          </FilterItem>,
        ]
      : []),
    ...fields.filter(({ type }) => type !== "date").flatMap(item),
    <FilterItem key="enabled" name="enabled" label={t("catalog.state")}>
      <Select
        allowClear
        options={[
          { value: "true", label: t("catalog.enabled") },
          { value: "false", label: t("catalog.disabled") },
        ]}
      />
    </FilterItem>,
  ];
  const days = [
    ...fields.filter(({ type }) => type === "date").flatMap(item),
    ...(placeOf(resource) === SITE
      ? []
      : CREATED.map((name) => (
          <FilterItem key={name} name={name} label={t(`catalog.${name}`)}>
            <DayInput />
          </FilterItem>
        ))),
  ];
  const conditions = [...choices, ...days];
  const fits = choices.length + ROOM_OF_DAY * days.length <= FIRST_LINE + 1;
  // Without days all choices may stay; a single one more than there is room for does as well.
  const first = fits ? conditions.length : choices.length <= FIRST_LINE + Number(days.length === 0) ? choices.length : FIRST_LINE;
  const later = conditions.slice(first);
  const sorts = resource.fields.filter(({ sort }) => sort);
  return (
    <FilterCard<Values>
      form={form}
      placeholder={searched.join(" / ") || t("common.search")}
      narrowed={hasFilter({ ...query, search: undefined })}
      onPick={(changed) => {
        for (const name of Object.keys(changed)) for (const each of dependents(resource.fields, name)) form.setFieldValue(each, undefined);
      }}
      onSearch={({ search, sort, ...filters }) =>
        onChange({
          search: search?.trim() || undefined,
          filters: Object.fromEntries(Object.entries(filters).filter((each): each is [string, string] => Boolean(each[1]))),
          sort,
          page: 1,
          size: query.size,
        })
      }
      onReset={() => onChange({ filters: {}, page: 1, size: query.size })}
      more={later.length > 0 ? later : undefined}
      moreNarrowed={later.some(({ key }) => query.filters[String(key)] !== undefined)}
      sheet={
        sorts.length > 0 && (
          <FilterItem name="sort" label={t("catalog.sort")}>
            <Select
              allowClear
              placeholder={t("catalog.newest")}
              options={sorts.flatMap(({ name, label: word }) => [
                { value: name, label: t("catalog.ascending", { field: label(word) }) },
                { value: `-${name}`, label: t("catalog.descending", { field: label(word) }) },
              ])}
            />
          </FilterItem>
        )
      }
    >
      {conditions.slice(0, first)}
    </FilterCard>
  );
}

type ConditionProps = { field: Field; outer: ReferenceField | undefined; values: Values };

/** The control of one condition; the form hands value and handlers to it. */
function Condition({ field, outer, values, ...control }: ConditionProps) {
  const project = useProject();
  const { t } = useTranslation();
  const label = useLabel();
  const within: Within | undefined = outer && { name: outer.name, label: label(outer.label), id: Number(values[outer.name]) || undefined };
  switch (field.type) {
    case "reference":
      return <ReferenceFilter {...control} resource={field.resource} site={values[SITE] ?? project} organisation={Number(values[ORGANISATION]) || undefined} within={within} />;
    case "date":
      return <DayInput {...control} />;
    case "choice":
      return (
        <Select
          {...control}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          options={field.choices.map((choice) => ({ value: choice.value, label: label(choice.label) }))}
        />
      );
    default:
      return (
        <Select
          {...control}
          allowClear
          options={[
            { value: "true", label: t("common.yes") },
            { value: "false", label: t("common.no") },
          ]}
        />
      );
  }
}
