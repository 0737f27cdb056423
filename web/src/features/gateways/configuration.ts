// The file that goes onto the gateway. Its key is in a file of its own, so that this one may be shown to anybody.
import type { Broker } from "@/types/api";

// As the package lays them out.
const FOLDER = "/etc/anju-gateway";
export const CONFIGURATION = `${FOLDER}/gateway.toml`;
export const runCommand = `anju-gateway run --config ${CONFIGURATION}`;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?|0\.0\.0\.0)$/;

/** The platform may call its broker by a name that only holds on its own machine; the console's address then names that machine. */
export function brokerUrl(url: string, consoleHost: string): string {
  const [, scheme, host, port] = /^(\w+):\/\/(\[[^\]]*\]|[^:/]*)(:\d+)?/.exec(url) ?? [];
  if (!scheme || !host) return url;
  return `${scheme}://${LOOPBACK.test(host) ? consoleHost : host}${port ?? (scheme === "mqtts" ? ":8883" : ":1883")}`;
}

export function configurationOf(site: string, gateway: string, broker: Broker, consoleHost: string): string {
  const login = broker.login ? `\nuser = "${gateway}"\npassword = ""` : "";
  const authority = broker.own_ca ? `\nca_file = "${FOLDER}/ca.pem"` : "";
  return `site = "${site}"
gateway = "${gateway}"
key_file = "${FOLDER}/${gateway}.key"
data = "/var/lib/anju-gateway"

[mqtt]
url = "${brokerUrl(broker.url, consoleHost)}"${login}${authority}
`;
}
