// The file that goes onto the gateway. Its key is in a file of its own, so that this one may be shown to anybody.
export const runCommand = "anju-gateway run --config /etc/anju/gateway.toml";

export function configurationOf(site: string, gateway: string, host: string): string {
  return `site = "${site}"
gateway = "${gateway}"
key_file = "/etc/anju/${gateway}.key"
data = "/var/lib/anju"

[mqtt]
url = "mqtt://${host}:1883"
`;
}
