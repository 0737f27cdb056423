// The place of a community in its form, and what disabling one means. The map is loaded with the form that shows it.
import { drawCode } from "./code";
import { PlaceFields } from "./PlaceFields";
import type { Extension } from "@/lib/extensions";

export const extension: Extension = {
  part: {
    fields: ["code", "kind", "province", "city", "address", "latitude", "longitude", "contact", "phone"],
    Part: PlaceFields,
    begin: () => ({ code: drawCode(), kind: "residential" }),
    ask: [{ field: "greatest_power_w", text: "places.askPower" }],
  },
  confirm: { stop: "places.stopWhat", start: "places.startWhat", remove: "places.removeWhat" },
};
