// What a meter measures, as a picture: a bolt, a drop, two drops.
import type { SVGProps } from "react";
import { useTranslation } from "react-i18next";

import type { Kind } from "@/types/supply";

const PATHS: Record<Kind, string> = {
  electricity: "M9 1 3 9h4l-1 6 6-8H8z",
  water: "M8 1.5C5.4 5 3.8 7.3 3.8 9.7a4.2 4.2 0 0 0 8.4 0C12.2 7.3 10.6 5 8 1.5z",
  hot_water: "M5.5 1.5C3.9 3.7 3 5 3 6.4a2.5 2.5 0 0 0 5 0C8 5 7.1 3.7 5.500 1.5zM11.3 4.500c.2 1.700-.6 2.600-1.500 3.600-1 1-2.100 2.100-2.100 3.800A3.100 3.100 0 0 0 10.800 15a3.200 3.200 0 0 0 3.200-3.200c0-3-1.500-5-2.700-7.300z",
};

export function KindIcon({ kind = "electricity" }: { kind: Kind | undefined }) {
  const { t } = useTranslation();
  return <Picture kind={kind} className={`a-kind a-kind-${kind}`} role="img" aria-label={t(`supplying.kinds.${kind}`)} data-testid={`kind-${kind}`} />;
}

/** Says nothing by itself: beside a word. */
export const SupplyIcon = ({ kind = "electricity" }: { kind: Kind | undefined }) => <Picture kind={kind} aria-hidden />;

function Picture({ kind, ...rest }: { kind: Kind } & SVGProps<SVGSVGElement>) {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" {...rest}>
      <path d={PATHS[kind]} fill="currentColor" />
    </svg>
  );
}
