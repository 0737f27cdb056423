// dv-upgrade: which gateways a release fits; the rules are those of protocols/wire/release.cpp, check_fits.
import { describe, expect, it } from "vitest";

import { bestFor, compareVersions, misfitOf, remarksOn, versionOf } from "@/features/gateways/firmware/fit";
import type { Upgrade, UpgradeStep } from "@/types/api";

const upgrade = (step: UpgradeStep): Upgrade => ({ order: "o", release: 1, version: "0.2.0", step, reason: null, bytes: 0, size: 9, ordered_at: 1, ordered_by: "admin", at: 1 });
const gateway = { software: "anju-gateway 0.1.5", architecture: "amd64", upgrade: null };
const release = { version: "0.2.0", architecture: "amd64", minimum: "0.1.0" };

describe("dv-upgrade: versions", () => {
  it.each([
    ["anju-gateway 0.1.0", "0.1.0"],
    ["0.10.3", "0.10.3"],
    ["", null],
    [undefined, null],
    ["anju-gateway", null],
    ["station 2.4", null],
    ["anju-gateway 0.1.0-dirty", null],
  ])("%j says %j", (software, version) => expect(versionOf(software)).toBe(version));

  it.each([
    ["0.2.0", "0.10.0", -1],
    ["1.0.0", "0.99999.99999", 1],
    ["0.1.10", "0.1.9", 1],
    ["0.1.0", "0.1.0", 0],
  ])("%s and %s are compared by numbers", (one, other, sign) => {
    expect(Math.sign(compareVersions(one, other))).toBe(sign);
    expect(Math.sign(compareVersions(other, one)) + sign).toBe(0);
  });
});

describe("dv-upgrade: what fits", () => {
  it.each([
    ["newer, same processor", {}, {}, null],
    ["another processor", { architecture: "arm64" }, {}, "wrong_architecture"],
    ["the version that runs", { software: "0.2.0" }, {}, "running"],
    ["a version below", { software: "0.2.1" }, {}, "not_newer"],
    ["a gateway that is too old", {}, { minimum: "0.1.6" }, "too_old"],
    ["exactly the least version", {}, { minimum: "0.1.5" }, null],
    ["an order that is under way", { upgrade: upgrade("trial") }, {}, "under_way"],
    ["an order that waits", { upgrade: upgrade("waiting") }, {}, "under_way"],
    ["an order that is over", { upgrade: upgrade("rolled_back") }, {}, null],
    ["a processor that nobody has said", { architecture: undefined }, {}, null],
    ["a version that nobody has said", { software: undefined }, { minimum: "9.0.0" }, null],
  ])("%s: %s", (_, ofGateway, ofRelease, misfit) => {
    expect(misfitOf({ ...release, ...ofRelease }, { ...gateway, ...ofGateway })).toBe(misfit);
  });

  it("what is not known, and offline, is said but is no obstacle", () => {
    expect(remarksOn({ online: true, ...gateway })).toEqual([]);
    expect(remarksOn({ online: false, software: undefined })).toEqual(["offline", "unknown_architecture", "unknown_version"]);
  });

  it("the best for a gateway is the newest that fits, else the newest for its processor", () => {
    const all = [release, { ...release, version: "0.10.0" }, { ...release, version: "2.0.0", minimum: "1.0.0" }, { ...release, version: "3.0.0", architecture: "arm64" }];
    expect(bestFor(all, gateway)?.version).toBe("0.10.0");
    expect(bestFor(all, { ...gateway, software: "5.0.0" })?.version).toBe("2.0.0");
    expect(bestFor(all, { ...gateway, architecture: "armhf" })).toBeUndefined();
  });
});
