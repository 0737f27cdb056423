// Which feature adds to which lists of the catalogue. Each module is loaded with the first list that needs it.
import { setExtensions } from "@/lib/extensions";

const ORGANISATIONS = ["operators", "providers", "properties", "collectives", "merchants"];
const organisations = (name: string) => async () => {
  const { extensionOf } = await import("@/features/organisations/extension");
  return { extension: extensionOf(name) };
};

const PEOPLE = ["users", "roles", "departments", "posts"];
const people = (name: string) => async () => {
  const { extensions } = await import("@/features/people/extensions");
  return { extension: extensions[name]! };
};

const CODED = ["rooms", "houses"] as const;
const coded = (name: (typeof CODED)[number]) => async () => {
  const { extensions } = await import("@/features/codes/extensions");
  return { extension: extensions[name] };
};

setExtensions({
  ...Object.fromEntries(ORGANISATIONS.map((name) => [name, organisations(name)])),
  ...Object.fromEntries(PEOPLE.map((name) => [name, people(name)])),
  ...Object.fromEntries(CODED.map((name) => [name, coded(name)])),
  concentrators: () => import("@/features/gateways/concentrators"),
  communities: () => import("@/features/places/extension"),
});
