// Small hooks everybody uses: the clock, the screen, the session, the site's time.
import { useQuery } from "@tanstack/react-query";
import { createContext, use, useCallback, useEffect, useState, useSyncExternalStore } from "react";

import { keys } from "./api/keys";
import { getSession, listSites } from "./api/requests";

/** Until the sites are known; also what the product's first sites use. */
const DEFAULT_OFFSET_MINUTES = 480;

/** How far the platform's clock is ahead of this computer's; ages would be wrong by as much. */
let skewMs = 0;
/** Less is the way of an answer, not a wrong clock. */
const SKEW_THAT_MATTERS_MS = 3_000;

export function notePlatformTime(ms: number) {
  const skew = ms - Date.now();
  skewMs = Math.abs(skew) < SKEW_THAT_MATTERS_MS ? 0 : skew;
}

/** The platform's time. */
export const platformNow = () => Date.now() + skewMs;

let now = platformNow();
const clockListeners = new Set<() => void>();
let clock: ReturnType<typeof setInterval> | undefined;

/** The wall clock in steps of `everyMs` (a multiple of 1000), from one timer for the whole page. */
export function useNow(everyMs = 1000): number {
  return useSyncExternalStore(
    (listener) => {
      now = platformNow();
      clockListeners.add(listener);
      clock ??= setInterval(() => {
        now = platformNow();
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
  const permissions = useSession().data?.permissions;
  return useCallback((permission: string) => permissions?.includes(permission) ?? false, [permissions]);
}

export function useSites() {
  return useQuery({ queryKey: keys.sites, queryFn: ({ signal }) => listSites({ signal }), staleTime: 600_000 });
}

/** The site that a page is about: its times are shown, not those of the organisation's first site. */
export const SiteContext = createContext<string | undefined>(undefined);

/** Minutes east of UTC of the named site, else of the page's, else of the first one. */
export function useOffset(site?: string): number {
  const { data } = useSites();
  const page = use(SiteContext);
  const found = data?.find((each) => each.id === (site ?? page)) ?? data?.[0];
  return found?.utc_offset_minutes ?? DEFAULT_OFFSET_MINUTES;
}
