import { describe, expect, it } from "vitest";

import { besideFor, firstPath, groupsFor, MESSAGES, messagesFor, MONEY, moneyFor, placesFor, PLACES } from "@/app/menu";
import { houses } from "../features/catalog/samples";

const can = (...permissions: string[]) => (permission: string) => permissions.includes(permission);
const described = (name: string, group = "organisation") => ({ ...houses, name, group });
const names = (groups: ReturnType<typeof groupsFor>) => groups.flatMap(({ entries }) => entries.map(({ name }) => name));

describe("menu", () => {
  it.each(PLACES.map(({ permission, path }) => [permission, path]))("ten-role-crud: a role with %s alone sees exactly one entry, and starts there", (permission, path) => {
    expect(placesFor(can(permission)).map((place) => place.path)).toEqual([path]);
    expect(groupsFor([])).toEqual([]);
    expect(firstPath([], can(permission))).toBe(path);
  });

  it.each(["users", "roles", "departments", "posts", "providers"])("ten-role-crud: a role that may read %s alone sees exactly one entry, and starts there", (name) => {
    expect(names(groupsFor([described(name)]))).toEqual([name]);
    expect(placesFor(can("x:read"))).toEqual([]);
    expect(firstPath([described(name)], can())).toBe(`/organisation/${name}`);
  });

  it("a role that may read one list of the catalogue sees exactly that", () => {
    expect(names(groupsFor([houses]))).toEqual(["houses"]);
    expect(firstPath([houses], can("house:read"))).toBe("/space/houses");
  });

  it.each(MESSAGES.map(({ permission, path }) => [permission, path]))("sm-packages, al-push-all: a role with %s alone sees %s in the menu of messages, and starts there when it sees nothing else", (permission, path) => {
    expect(messagesFor(can(permission)).map((entry) => entry.path)).toContain(path);
    expect(messagesFor(can("x:read"))).toEqual([]);
    expect(firstPath([], can(permission))).toBe(messagesFor(can(permission))[0]!.path);
  });

  it.each(MONEY.map(({ permission, path }) => [permission, path]))("em-account-status: %s shows its menu of prepaid management beside prepaid:read, and not without", (permission, path) => {
    const shown = (...rights: string[]) => moneyFor(can(...rights)).map((entry) => entry.path);
    expect(shown("prepaid:read", "meter:read", permission)).toContain(path);
    expect(shown("meter:read", permission)).toEqual([]);
    expect(shown("prepaid:read")).toEqual([]);
    expect(shown("prepaid:read", "meter:read")).toEqual(["/money/calculations"]);
  });

  it("dv-upgrade: who may read gateways finds 固件升级 behind the concentrators, others do not", () => {
    expect(besideFor(can("gateway:read"))).toMatchObject([{ group: "device", path: "/device/firmware" }]);
    expect(besideFor(can("meter:read", "concentrator:read"))).toEqual([]);
  });

  it("a role with nothing has no menu and starts nowhere", () => {
    expect(groupsFor([])).toEqual([]);
    expect(firstPath([], can())).toBeUndefined();
  });

  it("系统管理 stands in the order of the manual, whatever the order of the description, and each entry once", () => {
    const resources = ["merchants", "posts", "departments", "operators", "properties", "user-groups", "providers", "collectives", "roles", "users"].map((name) => described(name));
    expect(names(groupsFor(resources))).toEqual([
      "providers", "properties", "users", "roles", "departments", "posts", "operators", "collectives", "merchants", "user-groups",
    ]);
  });

  it("系统管理 comes after the other groups", () =>
    expect(groupsFor([described("posts"), described("houses", "space")]).map(({ group }) => group)).toEqual(["space", "organisation"]));
});
