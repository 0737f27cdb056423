// Which communities are given to a user or a department: a list to tick, with a search.
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useSites } from "@/lib/hooks";

/** With fewer of them nobody needs to search. */
const SEARCHED_FROM = 8;

type Props = { value: string[]; onChange: (sites: string[]) => void };

export function SitesSelect({ value, onChange }: Props) {
  const { t } = useTranslation();
  const { data: sites } = useSites();
  const [words, setWords] = useState("");
  const shown = (sites ?? []).filter(({ name, id }) => name.includes(words.trim()) || id.includes(words.trim()));
  const toggle = (site: string, on: boolean) => onChange(on ? [...value, site] : value.filter((each) => each !== site));
  return (
    <div className="a-sites" role="group" aria-label={t("people.bind")} data-testid="sites">
      {(sites?.length ?? 0) >= SEARCHED_FROM && (
        <Input allowClear value={words} maxLength={60} placeholder={t("organisation.enterSearch")} aria-label={t("organisation.enterSearch")} onChange={(event) => setWords(event.target.value)} />
      )}
      <div className="a-sites-head">
        <span className="a-muted">{t("people.chosen", { n: value.length })}</span>
        <Button type="link" size="small" onClick={() => onChange([...new Set([...value, ...shown.map(({ id }) => id)])])}>
          {t("people.all")}
        </Button>
        <Button type="link" size="small" onClick={() => onChange([])}>
          {t("people.none")}
        </Button>
      </div>
      <div className="a-sites-list">
        {shown.map(({ id, name }) => (
          <Checkbox key={id} checked={value.includes(id)} onChange={({ target }) => toggle(id, target.checked)} data-testid={`site-${id}`}>
            {name}
          </Checkbox>
        ))}
        {sites && shown.length === 0 && <small className="a-muted">{t("people.noSites")}</small>}
      </div>
    </div>
  );
}
