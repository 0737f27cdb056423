// Where the rows of a resource live, as list, form and details say it: in a site, or in an organisation.
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { ORGANISATION, placeOf, SITE } from "./conditions";
import { useOrganisations } from "@/lib/api/queries";
import { useSession, useSites } from "@/lib/hooks";
import { useProject } from "@/lib/project";
import { preferredSite } from "@/lib/settings";
import { mayHave } from "@/lib/organisations";
import type { Reference, Resource, Row } from "@/types/catalog";
import type { OrganisationKind, OrganisationNode } from "@/types/organisation";

export function usePlaces(resource: Resource) {
  const { t } = useTranslation();
  const inSite = placeOf(resource) === SITE;
  const tree = resource.place === "tree";
  const sites = useSites().data ?? [];
  const project = useProject();
  const { data: nodes } = useOrganisations(!inSite);
  const acting = useSession().data?.acting;
  // Among organisations the right is named like the kind.
  const accepts = useCallback(
    (node: OrganisationNode) => node.enabled && node.review === "approved" && (!tree || mayHave(node.kind, resource.right as OrganisationKind)),
    [tree, resource.right],
  );
  const takers = useMemo(() => nodes?.filter(accepts) ?? [], [nodes, accepts]);
  const siteName = (site: string | undefined) => sites.find(({ id }) => id === site)?.name ?? site ?? "";
  const reference = ({ id, name }: OrganisationNode): Reference => ({ id, title: name });
  return {
    label: t(inSite ? "catalog.site" : tree ? "catalog.above" : "catalog.organisation"),
    sites,
    accepts,
    /** there is more than one, so that it is said and asked for */
    several: inSite ? resource.of_site && !project && sites.length > 1 : (nodes?.length ?? 0) > 1,
    nameOf: (row: Row): string => (inSite ? siteName(row.site) : (row.organisation?.title ?? "")),
    /** What a new row starts with: what the list was narrowed to, else the only one, else the organisation that the session acts for. */
    forNew: (filters: Record<string, string>): string | Reference | undefined => {
      if (inSite) return filters[SITE] ?? project ?? (sites.length === 1 ? sites[0]!.id : sites.find(({ id }) => id === preferredSite())?.id);
      const wanted = takers.find(({ id }) => String(id) === filters[ORGANISATION]) ?? takers.find(({ id }) => id === acting?.id);
      const only = wanted ?? (takers.length === 1 ? takers[0] : undefined);
      return only && reference(only);
    },
  };
}

/** Above the form of a row, where it could have been another. */
export function PlaceNote({ resource, row }: { resource: Resource; row: Row }) {
  const { t } = useTranslation();
  const places = usePlaces(resource);
  return places.several && <p className="a-muted a-form-note">{t("detail.pair", { name: places.label, value: places.nameOf(row) })}</p>;
}
