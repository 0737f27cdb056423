// The map of China that the platform serves itself: outlines, names of places by zoom, communities, and a marker that is set with
// mouse, finger or keyboard. No tiles: nothing is asked of the network. Loaded when it is needed.
import "leaflet/dist/leaflet.css";
import "./places.css";

import L from "leaflet";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Spot } from "./find";
import outline from "./outline.json";
import provinces from "./places.json";

export type Marker = { id: string; name: string; at: Spot; tone?: "ok" | "warn" | "bad" | "idle" };
export type View = { at: Spot; zoom: number };

type Props = {
  label: string;
  markers: Marker[];
  onOpen?: (id: string) => void;
  /** undefined: nothing is picked here */
  onPick?: (at: Spot) => void;
  picked?: Spot;
  /** goes there whenever it is another object */
  view?: View;
};

/** With the islands of the South China Sea. */
const WHOLE: L.LatLngBoundsLiteral = [[3.2, 73], [54, 135.5]];
const EDGE: L.LatLngBoundsLiteral = [[-10, 50], [66, 160]];
/** From this zoom on cities are named, before it provinces. */
const CITY_ZOOM = 7;
const MOST_NAMES = 80;
/** Two communities of one city stand apart. */
const NEAR_ZOOM = 8.5;

const text = (words: string) => Object.assign(document.createElement("span"), { textContent: words });
const dot = (className: string) => L.divIcon({ className: "", html: `<i class="${className}"></i>`, iconSize: [18, 18] });

function showNames(map: L.Map, names: L.LayerGroup) {
  names.clearLayers();
  const bounds = map.getBounds();
  const all = map.getZoom() < CITY_ZOOM ? (map.getZoom() < 4 ? [] : provinces) : provinces.flatMap(({ cities }) => cities);
  for (const { name, at } of all.filter((each) => bounds.contains(each.at as Spot)).slice(0, MOST_NAMES)) {
    const label = text(name);
    label.className = "a-map-name";
    names.addLayer(L.marker(at as Spot, { icon: L.divIcon({ className: "", html: label.outerHTML, iconSize: [0, 0] }), interactive: false, keyboard: false }));
  }
}

export default function PlaceMap({ label, markers, onOpen, onPick, picked, view }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map | null>(null);
  const others = useRef<L.LayerGroup | null>(null);
  const own = useRef<L.Marker | null>(null);
  const handlers = useRef({ onOpen, onPick });
  useEffect(() => {
    handlers.current = { onOpen, onPick };
  });
  const fitted = useRef(false);
  const texts = useRef({ zoomIn: t("places.zoomIn"), zoomOut: t("places.zoomOut"), source: t("places.source") });

  useEffect(() => {
    const made = L.map(box.current!, { attributionControl: false, zoomControl: false, scrollWheelZoom: false, minZoom: 2, maxZoom: 17, maxBounds: EDGE, zoomSnap: 0.25 });
    made.fitBounds(WHOLE);
    L.control.zoom({ zoomInTitle: texts.current.zoomIn, zoomOutTitle: texts.current.zoomOut }).addTo(made);
    L.control.scale({ imperial: false }).addTo(made);
    L.control.attribution({ prefix: false }).addAttribution(texts.current.source).addTo(made);
    L.geoJSON(outline as GeoJSON.FeatureCollection, {
      interactive: false,
      style: (feature) => ({ className: feature?.geometry.type === "MultiLineString" ? "a-map-line" : "a-map-land" }),
    }).addTo(made);
    const names = L.layerGroup().addTo(made);
    made.on("moveend", () => showNames(made, names));
    showNames(made, names);
    others.current = L.layerGroup().addTo(made);
    made.on("focus", () => made.scrollWheelZoom.enable());
    made.on("blur", () => made.scrollWheelZoom.disable());
    made.on("click", ({ latlng }) => handlers.current.onPick?.([latlng.lat, latlng.lng]));
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || event.target !== box.current) return;
      event.preventDefault();
      event.stopPropagation();
      const { lat, lng } = made.getCenter();
      handlers.current.onPick?.([lat, lng]);
    };
    const element = box.current!;
    element.addEventListener("keydown", key);
    const grown = new ResizeObserver(() => made.invalidateSize());
    grown.observe(element);
    map.current = made;
    return () => {
      grown.disconnect();
      element.removeEventListener("keydown", key);
      made.remove();
      map.current = others.current = own.current = null;
    };
  }, []);

  useEffect(() => {
    const group = others.current!;
    group.clearLayers();
    // Names point away from the middle, so that two communities of one city do not cover each other.
    const middle = markers.reduce((sum, { at }) => sum + at[1], 0) / (markers.length || 1);
    for (const { id, name, at, tone } of markers) {
      const west = at[1] < middle;
      const marker = L.marker(at, { icon: dot(`a-map-dot a-map-${tone ?? "idle"}`), title: name, alt: name, keyboard: Boolean(handlers.current.onOpen) });
      marker.bindTooltip(text(name), { permanent: markers.length <= 30, direction: west ? "left" : "right", offset: [west ? -8 : 8, 0], className: "a-map-tip" });
      marker.on("click", () => handlers.current.onOpen?.(id));
      group.addLayer(marker);
    }
    // An overview begins where the communities are; afterwards whoever looks moves it himself.
    if (handlers.current.onOpen && markers.length > 0 && !fitted.current) {
      fitted.current = true;
      map.current!.fitBounds(L.latLngBounds(markers.map(({ at }) => at)).pad(0.5), { maxZoom: NEAR_ZOOM });
    }
  }, [markers]);

  const [latitude, longitude] = picked ?? [];
  useEffect(() => {
    own.current?.remove();
    own.current = null;
    if (latitude === undefined || longitude === undefined) return;
    const marker = L.marker([latitude, longitude], { icon: dot("a-map-pin"), draggable: true, keyboard: false, zIndexOffset: 1000, autoPan: true }).addTo(map.current!);
    marker.on("dragend", () => {
      const { lat, lng } = marker.getLatLng();
      handlers.current.onPick?.([lat, lng]);
    });
    own.current = marker;
    if (!map.current!.getBounds().contains([latitude, longitude])) map.current!.panTo([latitude, longitude]);
  }, [latitude, longitude]);

  useEffect(() => {
    if (view) map.current!.setView(view.at, view.zoom);
  }, [view]);

  return <div ref={box} className={`a-map${onPick ? " a-map-pick" : ""}`} role="application" aria-label={label} tabIndex={0} data-testid="place-map" />;
}
