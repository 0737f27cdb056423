// Chooses an organisation in the tree of those in reach. What cannot be chosen stays in sight: it shows where the others lie.
import { TreeSelect } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useOrganisations } from "@/lib/api/queries";
import { treeOf, type Branch } from "@/lib/organisations";
import type { Reference } from "@/types/catalog";
import type { OrganisationNode } from "@/types/organisation";

/** Up to this many stand open from the start. */
const OPEN_UP_TO = 40;

/** What a form or a filter hands to its control. */
type Injected<T> = {
  id?: string;
  value?: T;
  onChange?: (value: T | undefined) => void;
  placeholder?: string;
  "aria-label"?: string;
  "data-testid"?: string;
};
type Props = Injected<Reference> & {
  /** undefined: every one may be chosen */
  accepts?: (node: OrganisationNode) => boolean;
  clearable?: boolean;
  autoFocus?: boolean;
  disabled?: boolean;
};

export function OrganisationSelect({ value, onChange, accepts, clearable, ...control }: Props) {
  const { t } = useTranslation();
  const { data: nodes, isFetching } = useOrganisations();
  const options = useMemo(() => {
    const option = ({ node, children }: Branch): Option => ({
      value: node.id,
      name: node.name,
      title: `${node.name} (${t(`organisation.kinds.${node.kind}`)})`,
      disabled: accepts ? !accepts(node) : false,
      children: children.map(option),
    });
    return treeOf(nodes ?? []).map(option);
  }, [nodes, accepts, t]);
  return (
    <TreeSelect<{ value: number; label: unknown }, Option>
      placeholder={t("organisation.choose")}
      {...control}
      labelInValue
      allowClear={clearable}
      loading={isFetching}
      // A row may name an organisation that the answer has no room for.
      value={value && { value: value.id, label: value.title }}
      onChange={(picked) => {
        const node = nodes?.find(({ id }) => id === picked?.value);
        onChange?.(node && { id: node.id, title: node.name });
      }}
      treeData={options}
      treeNodeLabelProp="name"
      treeDefaultExpandAll={(nodes?.length ?? 0) <= OPEN_UP_TO}
      showSearch={{ treeNodeFilterProp: "title" }}
      popupMatchSelectWidth={false}
      notFoundContent={<small className="a-muted">{t("organisation.none")}</small>}
    />
  );
}

type Option = { value: number; name: string; title: string; disabled: boolean; children: Option[] };

/** The same as a condition of a list: its value is the id as the address bar has it. */
export function OrganisationFilter({ value, onChange, ...control }: Injected<string>) {
  const { data: nodes } = useOrganisations();
  const found = nodes?.find(({ id }) => String(id) === value);
  return (
    <OrganisationSelect
      {...control}
      clearable
      value={value ? { id: Number(value), title: found?.name ?? "\u2026" } : undefined}
      onChange={(picked) => onChange?.(picked && String(picked.id))}
    />
  );
}
