// Where a community lies: found by its name, picked on the map or typed. Offline: communities of the organisation, provinces and cities.
import { AimOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Form, Select } from "antd";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { codeOf } from "./code";
import { citiesOf, degrees, find, placeOf, provinceNames, spotOf, type Found, type Spot } from "./find";
import type { View } from "./PlaceMap";
import { useSites } from "@/lib/hooks";
import type { FormPartProps } from "@/lib/extensions";
import type { Community } from "@/types/api";

const PlaceMap = lazy(() => import("./PlaceMap"));

type Values = { name?: string; code?: string; province?: string; city?: string; address?: string; latitude?: string; longitude?: string };

const GATE_ZOOM = 11;

export function PlaceFields({ row, items }: FormPartProps) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Values>();
  const sites = useSites().data;
  const values = (Form.useWatch([], { form, preserve: true }) as Values | undefined) ?? {};
  const { name, province, city } = values;
  const picked = spotOf(values);
  const others = useMemo(() => (sites ?? []).filter(({ id }) => id !== row?.site), [sites, row]);
  const markers = useMemo(() => others.flatMap((each) => (spotOf(each) ? [{ id: each.id, name: each.name, at: spotOf(each)! }] : [])), [others]);
  const [view, setView] = useState<View | undefined>(() => {
    const community = row as Partial<Community> | undefined;
    const at = community && spotOf(community);
    if (at) return { at, zoom: GATE_ZOOM };
    const place = placeOf(community?.province, community?.city);
    return place && { at: place.at, zoom: place.zoom };
  });
  const [found, setFound] = useState<Found[] | null>(null);

  // A new community's code follows its name until somebody writes another one.
  const proposed = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (row) return;
    const code = form.getFieldValue("code") as string | undefined;
    proposed.current ??= code;
    const next = codeOf(name ?? "");
    if (code !== proposed.current || !next) return;
    proposed.current = next;
    form.setFieldValue("code", next);
  }, [row, name, form]);

  const go = (place: { at: Spot; zoom: number } | undefined) => place && setView({ at: place.at, zoom: place.zoom });
  const take = (place: Found) => {
    setFound(null);
    const from = place.kind === "community" ? place.community : place;
    const nextCity = from.city ?? (citiesOf(from.province).length === 1 ? citiesOf(from.province)[0] : undefined);
    form.setFieldsValue({ province: from.province, city: nextCity });
    if (!form.getFieldValue("address")) form.setFieldValue("address", [...new Set([from.province, nextCity])].filter(Boolean).join(""));
    if (place.at) go({ at: place.at, zoom: place.zoom });
    else go(placeOf(from.province, from.city));
  };
  const look = () => {
    const all = find(name ?? "", others);
    if (all.length === 1) take(all[0]!);
    else setFound(all);
  };
  const nameOf = (place: Found) =>
    place.kind === "community"
      ? t("places.community", { name: place.community.name })
      : [...new Set([place.province, place.city])].filter(Boolean).join(" ");
  const pick = ([latitude, longitude]: Spot) => {
    form.setFieldsValue({ latitude: degrees(latitude), longitude: degrees(longitude) });
    void form.validateFields(["latitude", "longitude"]);
  };
  const options = (names: string[]) => names.map((each) => ({ value: each, label: each }));
  return (
    <div className="a-place-part">
      <div className="a-form-grid">
        {items["code"]}
        {items["kind"]}
      </div>
      <div className="a-place-find">
        <Select
          open={found !== null && found.length > 0}
          value={null}
          placeholder={found?.length === 0 ? t("places.nothing") : t("places.findHint")}
          suffixIcon={null}
          onOpenChange={(open) => (open ? setFound(find(name ?? "", others)) : setFound(null))}
          options={found?.map((place, index) => ({ value: index, label: nameOf(place) }))}
          onSelect={(index: number | null) => index !== null && found && take(found[index]!)}
          aria-label={t("places.findHint")}
          data-testid="place-found"
        />
        <Button icon={<SearchOutlined />} disabled={!name} onClick={look} data-testid="place-find">
          {t("places.find")}
        </Button>
      </div>
      <p className="a-place-hint">{t("places.offline")}</p>
      <div className="a-form-grid">
        <Form.Item name="province" label={t("places.province")}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            options={options(provinceNames)}
            onChange={(next: string | undefined) => {
              const only = citiesOf(next);
              form.setFieldValue("city", only.length === 1 ? only[0] : undefined);
              go(placeOf(next, undefined));
            }}
            data-testid="field-province"
          />
        </Form.Item>
        <Form.Item name="city" label={t("places.city")}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            placeholder={province ? undefined : t("places.provinceFirst")}
            disabled={!province}
            options={options(citiesOf(province))}
            onChange={(next: string | undefined) => go(placeOf(province, next))}
            data-testid="field-city"
          />
        </Form.Item>
      </div>
      {items["address"]}
      <Suspense fallback={<div className="a-map" aria-busy />}>
        <PlaceMap label={t("places.map")} markers={markers} onPick={pick} picked={picked} view={view} />
      </Suspense>
      <p className="a-place-hint">
        {t("places.pickHint")}{" "}
        <Button
          type="link"
          size="small"
          icon={<AimOutlined />}
          disabled={!picked && !placeOf(province, city)}
          onClick={() => go(picked ? { at: picked, zoom: GATE_ZOOM } : placeOf(province, city))}
        >
          {t("places.goThere")}
        </Button>
      </p>
      <div className="a-form-grid">
        {items["latitude"]}
        {items["longitude"]}
        {items["contact"]}
        {items["phone"]}
      </div>
    </div>
  );
}
