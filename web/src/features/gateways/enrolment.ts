// What a code for a box says to whoever stands before it. Pure; tested by table.
import { CONFIGURATION } from "./configuration";

/** Where the box finds the platform: an address of this machine alone would be the box itself. */
export const reachable = (origin: string) => !/^https?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:|$)/.test(origin);

/** What is typed on the box. pin: empty where the platform does not know its own certificate. */
export function enrolCommand(origin: string, code: string, pin: string): string {
  const trust = origin.startsWith("https:") ? (pin ? ` --pin ${pin}` : "") : " --insecure";
  return `anju-gateway enroll --platform ${origin} --code ${code}${trust} --config ${CONFIGURATION}`;
}

/** "23:59:07" that are left, from whole seconds; "" when none are. */
export function timeLeft(expiresAt: number, now: number): string {
  const seconds = Math.ceil((expiresAt - now) / 1000);
  if (seconds <= 0) return "";
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
