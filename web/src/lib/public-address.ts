// The address that codes and links lead to, where it is another one than this browser's.
import { remembered } from "./storage";

/** The address people reach the console under, as codes carry it: http(s), host, port, perhaps a path; null: not one. */
export function publicAddress(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  if (!["http:", "https:"].includes(url.protocol) || url.username || url.password || url.search || url.hash) return null;
  return url.href.replace(/\/+$/, "");
}

/** What somebody said on the page of printed codes; this browser's as long as that is not one. */
export const consoleAddress = () => publicAddress(remembered("codes.address", location.origin)) ?? location.origin;
