import { describe, expect, it } from "vitest";

import { codeOf, drawCode } from "@/features/places/code";
import { citiesOf, degrees, find, placeOf, provinceNames, spotOf } from "@/features/places/find";
import outline from "@/features/places/outline.json";

const garden = { id: "garden", name: "花园小区", province: "浙江省", city: "杭州市", latitude: "30.250000", longitude: "120.160000" };

describe("ten-community-create: find", () => {
  const names = (words: string) => find(words, [garden]).map((each) => (each.kind === "community" ? each.community.id : (each.city ?? each.province)));
  it.each([
    ["", []],
    ["没有这个地方", []],
    ["花园小区", ["garden"]],
    ["花园小区二期", ["garden"]],
    ["深圳湾一号", ["深圳市"]],
    ["深圳", ["深圳市"]],
    ["浙江", ["浙江省"]],
  ])("'%s' names %j", (words, found) => expect(names(words)).toEqual(found));

  it("a municipality is found as its city, with its province", () => {
    expect(find("北京华府", [])).toMatchObject([{ kind: "city", province: "北京市", city: "北京市" }]);
  });
  it("the longer name in the words comes first", () => expect(names("吉林长春花园")[0]).toMatch(/吉林|长春/));
  it("a community brings its place and position with it", () => {
    expect(find("花园", [garden])[0]).toMatchObject({ kind: "community", community: garden, at: [30.25, 120.16] });
  });
  it("never more than a list can show", () => expect(find("州", []).length).toBeLessThanOrEqual(12));
});

describe("provinces, cities and the standard map", () => {
  it("has all 34, each with its cities", () => {
    expect(provinceNames).toHaveLength(34);
    for (const name of provinceNames) expect(citiesOf(name).length, name).toBeGreaterThan(0);
    expect(citiesOf("广东省")).toContain("深圳市");
    expect(citiesOf(undefined)).toEqual([]);
  });
  it("each lies within the country", () => {
    for (const province of provinceNames) {
      for (const city of citiesOf(province)) {
        const [latitude, longitude] = placeOf(province, city)!.at;
        expect(latitude > 3 && latitude < 54 && longitude > 73 && longitude < 136, city).toBe(true);
      }
    }
  });
  it("draws Taiwan, southern Tibet, the islands of the South China Sea and their line", () => {
    const points = (name: string, type: string) =>
      outline.features.filter(({ properties, geometry }) => properties.name === name && geometry.type === type).flatMap(({ geometry }) => (geometry.coordinates as unknown[]).flat(type === "MultiPolygon" ? 2 : 1) as [number, number][]);
    const south = (all: [number, number][]) => Math.min(...all.map(([, latitude]) => latitude));
    expect(points("台湾省", "MultiPolygon").length).toBeGreaterThan(20);
    expect(south(points("海南省", "MultiPolygon"))).toBeLessThan(4);
    expect(south(points("西藏自治区", "MultiPolygon").filter(([longitude]) => longitude > 92))).toBeLessThan(27.2);
    expect(south(points("", "MultiLineString"))).toBeLessThan(3.6);
  });
});

describe("positions", () => {
  it.each([
    [{ latitude: "22.543100", longitude: "-114.0579" }, [22.5431, -114.0579]],
    [{ latitude: "22.5", longitude: "" }, undefined],
    [{ latitude: null, longitude: null }, undefined],
    [{ latitude: "x", longitude: "1" }, undefined],
    [{ latitude: "90.1", longitude: "1" }, undefined],
  ])("%j is %j", (given, spot) => expect(spotOf(given)).toEqual(spot));
  it("is sent with six places", () => expect([degrees(22.54312345), degrees(-114)]).toEqual(["22.543123", "-114.000000"]));
});

describe("codes of communities", () => {
  it.each([
    ["Garden City", "garden-city"],
    ["花园 Garden 2", "garden-2"],
    ["花园", undefined],
    ["A1", undefined],
  ])("%s proposes %s", (name, code) => expect(codeOf(name)).toBe(code));
  it("is drawn from letters that are not taken for each other", () => expect(drawCode(() => 0.999)).toBe("c-999999"));
});
