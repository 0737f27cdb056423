// The search card of a list: words and conditions in one line; on a phone the conditions come up from below. Enter
// searches, a condition picked in the line searches at once, reset goes back to the list without any.
import { DownOutlined, FilterOutlined, SearchOutlined, UpOutlined } from "@ant-design/icons";
import { Badge, Button, Form, Input, type FormInstance } from "antd";
import { cloneElement, useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Drawer } from "./Dialog";
import { useIsPhone } from "@/lib/hooks";

type Props<Values> = {
  /** its field `search` has the words */
  form: FormInstance<Values>;
  placeholder: string;
  /** conditions besides the words are set */
  narrowed: boolean;
  onSearch: (values: Values) => void;
  onReset: () => void;
  /** a condition has changed; others may have to go with it */
  onPick?: (changed: object) => void;
  children?: ReactNode;
  /** conditions that a second line has, once it is wanted */
  more?: ReactNode;
  /** one of those is set */
  moreNarrowed?: boolean;
  /** fits the phone's sheet only, such as the order that the table's head has elsewhere */
  sheet?: ReactNode;
};

/** One condition: its control has the label beside it on a phone and in it elsewhere. */
export function FilterItem({ name, label, children }: { name: string; label: string; children: ReactElement<{ placeholder?: ReactNode }> }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  return (
    <Form.Item name={name} label={phone ? label : undefined}>
      {cloneElement(children, { placeholder: phone ? (children.props.placeholder ?? t("common.all")) : label, "aria-label": label, "data-testid": `filter-${name}` } as object)}
    </Form.Item>
  );
}

export function FilterCard<Values>({ form, placeholder, narrowed, onSearch, onReset, onPick, children, more, moreNarrowed, sheet }: Props<Values>) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [open, setOpen] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  const second = unfolded || Boolean(moreNarrowed);
  const search = () => {
    setOpen(false);
    // All fields, also those that are not on the screen just now.
    onSearch(form.getFieldsValue(true) as Values);
  };
  const reset = () => {
    form.resetFields();
    setOpen(false);
    setUnfolded(false);
    onReset();
  };
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
    <Form<Values>
      form={form}
      className={`a-card a-filters${second && !phone ? " a-filters-two" : ""}`}
      onFinish={search}
      onValuesChange={(changed: object) => {
        if ("search" in changed) return;
        onPick?.(changed);
        if (!phone) form.submit();
      }}
    >
      <Form.Item name="search" className="a-filter-search">
        <Input
          prefix={<SearchOutlined />}
          placeholder={placeholder}
          aria-label={placeholder}
          allowClear
          maxLength={60}
          data-testid="filter-search"
          onPressEnter={(event) => {
            // The browser would submit once more by itself.
            event.preventDefault();
            form.submit();
          }}
        />
      </Form.Item>
      {phone ? (
        (children || sheet) && (
          <>
            <Badge dot={narrowed}>
              <Button icon={<FilterOutlined />} onClick={() => setOpen(true)} aria-label={t("common.filters")} data-testid="filter-open" />
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
                {children}
                {more}
                {sheet}
                {buttons}
              </div>
            </Drawer>
          </>
        )
      ) : (
        <>
          {children}
          {second && more}
          <span className="a-filter-buttons">
            {more && !moreNarrowed && (
              <Button
                type="link"
                icon={second ? <UpOutlined /> : <DownOutlined />}
                iconPlacement="end"
                onClick={() => setUnfolded(!unfolded)}
                aria-expanded={second}
                data-testid="filter-more"
              >
                {t(second ? "common.less" : "common.more")}
              </Button>
            )}
            {buttons}
          </span>
        </>
      )}
    </Form>
  );
}
