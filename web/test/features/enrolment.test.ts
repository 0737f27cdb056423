import { describe, expect, it } from "vitest";

import { enrolCommand, reachable, timeLeft } from "@/features/gateways/enrolment";

describe("接入码", () => {
  it.each([
    ["https://anju.example.com", "", "anju-gateway enroll --platform https://anju.example.com --code K7MWX-3PQ9D --config /etc/anju-gateway/gateway.toml"],
    ["https://anju.example.com", "sha256//x=", "anju-gateway enroll --platform https://anju.example.com --code K7MWX-3PQ9D --pin sha256//x= --config /etc/anju-gateway/gateway.toml"],
    ["http://10.0.0.1:8080", "sha256//x=", "anju-gateway enroll --platform http://10.0.0.1:8080 --code K7MWX-3PQ9D --insecure --config /etc/anju-gateway/gateway.toml"],
  ])("the command for %s with pin %s", (origin, pin, command) => expect(enrolCommand(origin, "K7MWX-3PQ9D", pin)).toBe(command));

  it.each([
    ["http://127.0.0.1:8080", false],
    ["https://localhost", false],
    ["http://[::1]:8080", false],
    ["https://localhost.example", true],
    ["https://anju.example.com:8443", true],
  ])("%s can be reached from the box: %s", (origin, expected) => expect(reachable(origin)).toBe(expected));

  it.each([
    [86_400_000, "24:00:00"],
    [86_399_001, "24:00:00"],
    [86_399_000, "23:59:59"],
    [61_000, "00:01:01"],
    [1, "00:00:01"],
    [0, ""],
    [-5, ""],
  ])("%i ms are shown as %s", (left, expected) => expect(timeLeft(1_764_000_000_000 + left, 1_764_000_000_000)).toBe(expected));
});
