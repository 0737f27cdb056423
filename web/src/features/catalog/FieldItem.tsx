// One field of a form: label, help, rules and the control for its type, all from the description.
import { Form, Input, Select, Switch, type FormRule } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

import { ORGANISATION, outerOf, placeOf, SITE } from "./conditions";
import { useProblemText, useValueText } from "./hooks";
import { ReferenceSelect } from "./ReferenceSelect";
import { isReferenceValue, isRequired, kindOf, type FormValue, type FormValues } from "./values";
import { useLabel } from "@/components/words";
import { typed } from "@/lib/decimal";
import type { Field, Resource } from "@/types/catalog";

/** Longer text wraps. */
const ONE_LINE = 60;
/** As many figures as lib/decimal reads, and room for how people write them. */
const FIGURES = 40;

type Props = {
  field: Field;
  resource: Resource;
  values: FormValues;
  /** given at creation: shown, not asked */
  fixed: boolean;
  /** whether it exists is not known yet */
  loading: boolean;
  autoFocus: boolean;
};

export function FieldItem({ field, resource, values, fixed, loading, autoFocus }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const text = useValueText();
  const problem = useProblemText();
  const form = Form.useFormInstance<FormValues>();
  const { name } = field;
  const testId = `field-${name}`;
  const rule: FormRule = {
    validator: async (_, value: FormValue) => {
      const found = problem(field, value);
      if (found) throw new Error(found);
    },
  };
  const long = field.type === "text" && !field.pattern && (field.most ?? 0) > ONE_LINE;
  const shared = { label: label(field.label), required: isRequired(field) && field.type !== "flag", className: long ? "a-form-wide" : undefined };
  if (fixed) {
    return (
      <Form.Item {...shared} required={false} extra={t("catalog.fixed")}>
        <Input disabled className="a-fixed" value={text(field, values[name])} data-testid={testId} />
      </Form.Item>
    );
  }
  const control = (): ReactElement => {
    switch (field.type) {
      case "text":
        return long ? (
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={field.most}
            showCount
            autoFocus={autoFocus}
            onPressEnter={(event) => {
              // As in any other field: it saves.
              event.preventDefault();
              form.submit();
            }}
            data-testid={testId}
          />
        ) : (
          <Input maxLength={field.most} inputMode={{ mobile: "tel", email: "email", other: undefined }[kindOf(field.pattern) ?? "other"] as "tel" | "email" | undefined} autoFocus={autoFocus} data-testid={testId} />
        );
      case "integer":
      case "decimal":
        return (
          <Input
            inputMode={field.type === "integer" ? "numeric" : "decimal"}
            className="a-input-number"
            maxLength={FIGURES}
            autoFocus={autoFocus}
            onBlur={({ target }) => target.value && form.setFieldValue(name, typed(target.value))}
            data-testid={testId}
          />
        );
      case "date":
        return <Input type="date" min="1900-01-01" max="2199-12-31" autoFocus={autoFocus} data-testid={testId} />;
      case "permissions":
        return <></>;
      case "flag":
        return <Switch checkedChildren={t("common.yes")} unCheckedChildren={t("common.no")} autoFocus={autoFocus} data-testid={testId} />;
      case "choice":
        return (
          <Select
            allowClear={!field.required}
            showSearch={{ optionFilterProp: "label" }}
            options={field.choices.map((choice) => ({ value: choice.value, label: label(choice.label) }))}
            autoFocus={autoFocus}
            data-testid={testId}
          />
        );
      case "reference": {
        const outer = outerOf(field, resource.fields);
        const chosen = outer && values[outer.name];
        const site = values[SITE];
        const organisation = values[ORGANISATION];
        return (
          <ReferenceSelect
            resource={field.resource}
            site={typeof site === "string" ? site : undefined}
            organisation={isReferenceValue(organisation) ? organisation.id : undefined}
            first={placeOf(resource) !== SITE || site ? undefined : t("catalog.site")}
            within={outer && { name: outer.name, label: label(outer.label), id: isReferenceValue(chosen) ? chosen.id : undefined }}
            onlyEnabled
            clearable={!isRequired(field)}
            loading={loading}
            disabled={loading}
            autoFocus={autoFocus}
            data-testid={testId}
          />
        );
      }
    }
  };
  return (
    <Form.Item {...shared} name={name} extra={field.help && label(field.help)} rules={[rule]} valuePropName={field.type === "flag" ? "checked" : "value"}>
      {control()}
    </Form.Item>
  );
}
