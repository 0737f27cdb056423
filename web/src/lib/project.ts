// The community (project) that this person works in: lists, home and reports show only it until another one, or all, is chosen.
// Remembered by this browser; one that the session does not know is as good as none.
import { useSyncExternalStore } from "react";

import { useSites } from "./hooks";
import { remember, remembered } from "./storage";

let chosen = remembered<string | null>("project", null);
const listeners = new Set<() => void>();

export function chooseProject(site: string | null) {
  chosen = site;
  remember("project", site);
  listeners.forEach((each) => each());
}

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Code of the site; undefined: all of them. */
export function useProject(): string | undefined {
  const site = useSyncExternalStore(listen, () => chosen);
  const { data } = useSites();
  return site !== null && (!data || data.some(({ id }) => id === site)) ? site : undefined;
}
