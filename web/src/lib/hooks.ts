// Small hooks everybody uses: the clock, the screen, the session, the site's time.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";

import { keys } from "./api/keys";
import { getSession, listSites } from "./api/requests";

/** Until the sites are known; also what the product's first sites use. */
const DEFAULT_OFFSET_MINUTES = 480;

let now = Date.now();
const clockListeners = new Set<() => void>();
let clock: ReturnType<typeof setInterval> | undefined;

/** The wall clock in steps of `everyMs` (a multiple of 1000), from one timer for the whole page. */
export function useNow(everyMs = 1000): number {
  return useSyncExternalStore(
    (listener) => {
      now = Date.now();
      clockListeners.add(listener);
      clock ??= setInterval(() => {
        now = Date.now();
        clockListeners.forEach((each) => each());
      }, 1000);
      return () => {
        clockListeners.delete(listener);
        if (clockListeners.size === 0) {
          clearInterval(clock);
          clock = undefined;
        }
      };
    },
    () => Math.floor(now / everyMs) * everyMs,
  );
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}

export const useIsPhone = () => useMedia("(max-width: 767px)");

export function useVisible(): boolean {
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const change = () => setVisible(!document.hidden);
    document.addEventListener("visibilitychange", change);
    return () => document.removeEventListener("visibilitychange", change);
  }, []);
  return visible;
}

export function useSession() {
  return useQuery({
    queryKey: keys.session,
    queryFn: ({ signal }) => getSession({ signal }),
    staleTime: Infinity,
    retry: false,
  });
}

/** Hides what the person may not do; the platform checks again. */
export function useCan(): (permission: string) => boolean {
  const { data } = useSession();
  return (permission) => data?.permissions.includes(permission) ?? false;
}

export function useSites() {
  return useQuery({ queryKey: keys.sites, queryFn: ({ signal }) => listSites({ signal }), staleTime: 600_000 });
}

/** Minutes east of UTC of the named site, or of the first one. */
export function useOffset(site?: string): number {
  const { data } = useSites();
  const found = data?.find((each) => each.id === site) ?? data?.[0];
  return found?.utc_offset_minutes ?? DEFAULT_OFFSET_MINUTES;
}
