import { describe, expect, it } from "vitest";

import { brokerUrl, configurationOf } from "@/features/gateways/configuration";

describe("gateway.toml", () => {
  it.each([
    ["mqtt://127.0.0.1:1884", "mqtt://anju.local:1884"],
    ["mqtt://localhost:1883", "mqtt://anju.local:1883"],
    ["mqtts://[::1]:8883", "mqtts://anju.local:8883"],
    ["mqtts://broker.example:8884", "mqtts://broker.example:8884"],
    ["mqtt://broker", "mqtt://broker:1883"],
    ["mqtts://broker", "mqtts://broker:8883"],
  ])("%s of the platform is %s for the gateway", (url, seen) => expect(brokerUrl(url, "anju.local")).toBe(seen));

  it("asks for what the platform's own broker asks for", () => {
    const text = configurationOf("garden", "gw-1", { url: "mqtts://b:8884", login: true, own_ca: true }, "x");
    expect(text).toContain('url = "mqtts://b:8884"\nuser = "gw-1"\npassword = ""\nca_file = "/etc/anju-gateway/ca.pem"\n');
    expect(configurationOf("garden", "gw-1", { url: "mqtt://b:1", login: false, own_ca: false }, "x")).not.toContain("user");
  });
});
