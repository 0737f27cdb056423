// Releases of the gateway's program and the orders to take them.
export type Step = "waiting" | "downloading" | "offered" | "trial" | "installed" | "rolled_back" | "refused" | "failed" | "withdrawn";

export type Release = {
  id: number;
  /** 1.2.3 */
  version: string;
  /** Debian's name: amd64, arm64, armhf */
  architecture: string;
  /** bytes of the whole file */
  size: number;
  sha256: string;
  /** the least version that it may take the place of */
  minimum: string;
  spool: number;
  /** null: the platform knows no makers' keys */
  signed_by: string | null;
  note: string;
  by: string;
  at: number;
  /** false: of an organisation above, which alone deletes it */
  own: boolean;
  /** gateways that are ordered to it and not done */
  wanted: number;
  /** gateways that run it */
  installed: number;
};

export type Upgrade = {
  order: string;
  /** its id; the release may be deleted since */
  release: number;
  version: string;
  step: Step;
  /** a code: of the last ones, and why a download waits */
  reason: string | null;
  /** received of `size` */
  bytes: number;
  size: number;
  ordered_at: number;
  ordered_by: string;
  at: number;
};
