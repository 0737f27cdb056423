// Which gateways a release fits, by the rules of protocols/wire/release.hpp (check_fits): what the gateway would refuse is not ordered. Pure;
// tested by table.
import type { GatewayRow, Release } from "@/types/api";
import { isOver } from "./upgrade";

export type Misfit = "under_way" | "wrong_architecture" | "running" | "not_newer" | "too_old";
/** No obstacle, but worth knowing before it is ordered. */
export type Remark = "offline" | "unknown_architecture" | "unknown_version";

/** "anju-gateway 0.1.0" and "0.1.0" -> "0.1.0"; null: it has not said, or says something else */
export const versionOf = (software: string | undefined): string | null => /(?:^|\s)(\d{1,5}\.\d{1,5}\.\d{1,5})$/.exec(software ?? "")?.[1] ?? null;

/** < 0: one is below the other. Both are 1.2.3. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split(".").map(Number));
  const at = [0, 1, 2].find((part) => left![part] !== right![part]);
  return at === undefined ? 0 : left![at]! - right![at]!;
}

type Judged = Pick<Release, "version" | "architecture" | "minimum">;

/** null: it may be ordered. What is not known of a gateway is no reason against it: the gateway judges again. */
export function misfitOf(release: Judged, gateway: Pick<GatewayRow, "software" | "architecture" | "upgrade">): Misfit | null {
  if (gateway.upgrade && !isOver(gateway.upgrade.step)) return "under_way";
  if (gateway.architecture && gateway.architecture !== release.architecture) return "wrong_architecture";
  const running = versionOf(gateway.software);
  if (running === null) return null;
  if (running === release.version) return "running";
  if (compareVersions(release.version, running) < 0) return "not_newer";
  return compareVersions(running, release.minimum) < 0 ? "too_old" : null;
}

export function remarksOn(gateway: Pick<GatewayRow, "online" | "software" | "architecture">): Remark[] {
  return [
    ...(gateway.online ? [] : ["offline" as const]),
    ...(gateway.architecture ? [] : ["unknown_architecture" as const]),
    ...(versionOf(gateway.software) === null ? ["unknown_version" as const] : []),
  ];
}

/** The newest release that fits, else the newest for its processor, else none. releases: in any order */
export function bestFor<Each extends Judged>(releases: Each[], gateway: Parameters<typeof misfitOf>[1]): Each | undefined {
  const newest = [...releases].sort((a, b) => compareVersions(b.version, a.version));
  return newest.find((release) => misfitOf(release, gateway) === null) ?? newest.find((release) => release.architecture === gateway.architecture);
}
