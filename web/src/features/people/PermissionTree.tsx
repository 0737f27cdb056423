import { Button, Checkbox, Switch, Tree } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { allCodes, allKeys, groupKey, isCode, mergeCodes, thingKey, withReading } from "./permissions";
import { useLabel } from "@/components/words";
import type { PermissionGroup } from "@/lib/api/people";

type Props = { groups: PermissionGroup[]; value: string[]; onChange: (codes: string[]) => void };

export function PermissionTree({ groups, value, onChange }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const shown = useMemo(() => allCodes(groups), [groups]);
  const branches = useMemo(() => allKeys(groups), [groups]);
  const [open, setOpen] = useState<string[]>(() => groups.map(({ group }) => groupKey(group)));
  const [linked, setLinked] = useState(true);
  const ticked = value.filter((code) => shown.includes(code));
  const data = useMemo(
    () =>
      groups.map(({ group, label: name, things }) => ({
        key: groupKey(group),
        title: label(name),
        children: things.map(({ thing, label: what, verbs }) => ({
          key: thingKey(thing),
          title: label(what),
          children: verbs.map(({ code, label: verb }) => ({ key: code, title: label(verb) })),
        })),
      })),
    [groups, label],
  );
  const everything = ticked.length === shown.length;
  return (
    <div className="a-permissions" data-testid="permissions">
      <div className="a-permissions-head">
        <Checkbox
          checked={everything}
          indeterminate={!everything && ticked.length > 0}
          onChange={() => onChange(mergeCodes(value, shown, everything ? [] : shown))}
          data-testid="permissions-all"
        >
          {t("people.all")}
        </Checkbox>
        <Button type="link" size="small" onClick={() => setOpen(open.length > 0 ? [] : branches)} data-testid="permissions-expand">
          {t(open.length > 0 ? "people.collapse" : "people.expand")}
        </Button>
        <label className="a-switch-word">
          <Switch size="small" checked={linked} onChange={setLinked} data-testid="permissions-linked" />
          <span>{t("people.linked")}</span>
        </label>
        <span className="a-muted a-grow a-right">{t("people.ticked", { n: ticked.length, all: shown.length })}</span>
      </div>
      <Tree
        checkable
        selectable={false}
        checkStrictly={!linked}
        treeData={data}
        expandedKeys={open}
        onExpand={(keys) => setOpen(keys.map(String))}
        checkedKeys={linked ? ticked : { checked: ticked, halfChecked: branches.filter((key) => touched(groups, key, ticked)) }}
        onCheck={(checked, { node, checked: on }) => {
          const keys = (Array.isArray(checked) ? checked : checked.checked).map(String);
          const codes = mergeCodes(value, shown, keys);
          // What is ticked by itself needs nothing else when the two are not linked.
          onChange(linked && on && isCode(String(node.key)) ? withReading(codes, shown) : codes);
        }}
        aria-labelledby="permissions-label"
      />
    </div>
  );
}

const touched = (groups: PermissionGroup[], key: string, ticked: string[]): boolean =>
  groups.some(
    ({ group, things }) =>
      (groupKey(group) === key || things.some(({ thing }) => thingKey(thing) === key)) &&
      things.some(({ thing, verbs }) => (groupKey(group) === key || thingKey(thing) === key) && verbs.some(({ code }) => ticked.includes(code))),
  );
