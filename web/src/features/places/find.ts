// Looks a place up without any network: among the organisation's own communities and the provinces and cities of China. Pure; tested
// by table.
import provinces from "./places.json";

export type Spot = [latitude: number, longitude: number];
/** short: as people call it, without the word for what it is */
export type Place = { kind: "province" | "city"; province: string; city?: string; short: string; at: Spot; zoom: number };
export type Known = { id: string; name: string; province?: string; city?: string; latitude?: string; longitude?: string };
export type Found = Place | { kind: "community"; community: Known; at?: Spot; zoom: number };

const PROVINCE_ZOOM = 6;
const CITY_ZOOM = 9;
const GATE_ZOOM = 11;
const MOST = 12;

export const provinceNames = provinces.map(({ name }) => name);
export const citiesOf = (province: string | undefined) => provinces.find(({ name }) => name === province)?.cities.map(({ name }) => name) ?? [];

const places: Place[] = provinces.flatMap((province) => [
  { kind: "province" as const, province: province.name, short: province.short, at: province.at as Spot, zoom: PROVINCE_ZOOM },
  ...province.cities.map((city) => ({ kind: "city" as const, province: province.name, city: city.name, short: city.short, at: city.at as Spot, zoom: CITY_ZOOM })),
]);

/** Where the chosen province or city lies; undefined: nothing known is chosen. */
export function placeOf(province: string | undefined, city: string | undefined): Place | undefined {
  return (city && places.find((each) => each.province === province && each.city === city)) || places.find((each) => each.province === province && !each.city);
}

export function spotOf({ latitude, longitude }: { latitude?: string | null; longitude?: string | null }): Spot | undefined {
  if (!latitude || !longitude) return undefined;
  const spot: Spot = [Number(latitude), Number(longitude)];
  const fits = Number.isFinite(spot[0]) && Number.isFinite(spot[1]) && Math.abs(spot[0]) <= 90 && Math.abs(spot[1]) <= 180;
  return fits ? spot : undefined;
}

/**
 * What the words name: communities that are called so, places that are, and places whose name stands in the words ("深圳湾花园" is
 * probably in 深圳市). The best first; a city that is its own province once.
 */
export function find(words: string, communities: Known[]): Found[] {
  const text = words.trim();
  if (!text) return [];
  const own: Found[] = communities
    .filter(({ name }) => name.includes(text) || text.includes(name))
    .map((community) => ({ kind: "community", community, at: spotOf(community), zoom: GATE_ZOOM }));
  const nameOf = (place: Place) => place.city ?? place.province;
  const called = places.filter((place) => nameOf(place).includes(text));
  const within = places
    .filter((place) => !called.includes(place) && place.short.length >= 2 && text.includes(place.short))
    .sort((a, b) => b.short.length - a.short.length || Number(b.kind === "city") - Number(a.kind === "city"));
  const seen = new Set<string>();
  const once = [...within, ...called.sort((a, b) => Number(nameOf(b) === text) - Number(nameOf(a) === text))].filter((place) => {
    const name = nameOf(place);
    // Beijing is a province and its only city: the city has both.
    if (place.kind === "province" && places.some((each) => each.kind === "city" && each.province === name && each.city === name)) return false;
    return !seen.has(`${place.province}/${name}`) && seen.add(`${place.province}/${name}`);
  });
  return [...own, ...once].slice(0, MOST);
}

/** As REST has it: six places are a tenth of a metre. */
export const degrees = (value: number) => value.toFixed(6);
