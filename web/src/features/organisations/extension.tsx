// What the lists of organisations can do beyond their description: review, accounts, figures, many at once.
import { Accounts } from "./Accounts";
import { AddAccount } from "./AddAccount";
import { AddMany } from "./AddMany";
import { Review, ReviewState } from "./Review";
import { Statistics } from "./Statistics";
import type { Extension } from "@/lib/extensions";
import type { Resource, Row } from "@/types/catalog";

/** Kinds whose figures are summed (contract of /statistics). */
const COUNTED = new Set(["operators", "providers", "properties"]);

export function extensionOf(resource: Resource["name"]): Extension {
  return {
    rowActions: [
      ...(resource === "providers"
        ? [{ name: "review", label: "organisation.review", permission: "provider:review", when: (row: Row) => row.review === "pending", first: true, Dialog: Review }]
        : []),
      ...(COUNTED.has(resource) ? [{ name: "statistics", label: "organisation.statistics", Dialog: Statistics }] : []),
      { name: "account-add", label: "organisation.addAccount", permission: "user:create", when: (row) => row.review === undefined || row.review === "approved", Dialog: AddAccount },
      { name: "accounts", label: "organisation.accounts", permission: "user:read", Dialog: Accounts },
    ],
    listActions: resource === "properties" ? [{ name: "batch", label: "organisation.addMany", permission: "property:create", Dialog: AddMany }] : [],
    cells: { review: ReviewState },
    confirm: { stop: stops[resource], start: starts[resource], remove: "organisation.removeWhat" },
  };
}

const stops: Record<string, string> = { providers: "organisation.stopProvider", properties: "organisation.stopProperty" };
const starts: Record<string, string> = { providers: "organisation.startProvider", properties: "organisation.startProperty" };
