// The platform's push. An event never changes a value by itself: it makes cached answers old, and whoever shows them
// asks again. The exception is `live`, which carries momentary values that are kept nowhere.
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { keys, staleAfter } from "./api/keys";
import { initialConnection, retryDelayMs, stepConnection, type Connection, type ConnectionEvent } from "./connection";
import { platformNow } from "./hooks";
import type { Event, MeterPage } from "@/types/api";

/** Events are gathered this long before anything is asked again, so that a burst costs one request per shown query. */
const GATHER_MS = 600;

let connection: Connection = initialConnection;
const listeners = new Set<() => void>();

function step(event: ConnectionEvent) {
  connection = stepConnection(connection, event);
  listeners.forEach((listener) => listener());
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
  );
}

/** Opens the stream and keeps it open until the returned function is called. */
export function followEvents(queries: QueryClient): () => void {
  let socket: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let gather: ReturnType<typeof setTimeout> | undefined;
  let waiting: Event[] = [];
  let stopped = false;
  let everOpen = false;

  const flush = () => {
    gather = undefined;
    const events = waiting;
    waiting = [];
    invalidate(queries, events);
  };

  const open = () => {
    socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/events`);
    socket.onopen = () => {
      step({ type: "opened" });
      // What happened while nobody listened is unknown: everything shown is asked again.
      if (everOpen) void queries.invalidateQueries();
      everOpen = true;
    };
    socket.onmessage = (message) => {
      const event = parseEvent(message.data);
      if (!event) return;
      if (event.type === "live") {
        queries.setQueryData(keys.live(Number(event.id)), { at: event.at ?? platformNow(), ...event.values });
        return;
      }
      waiting.push(event);
      gather ??= setTimeout(flush, GATHER_MS);
    };
    socket.onclose = () => {
      if (stopped) return;
      step({ type: "closed", at: Date.now() });
      retry = setTimeout(open, retryDelayMs(connection.attempts, Math.random()));
    };
  };

  const hurry = () => {
    if (connection.state !== "lost") return;
    clearTimeout(retry);
    open();
  };
  window.addEventListener("online", hurry);
  open();
  return () => {
    stopped = true;
    window.removeEventListener("online", hurry);
    clearTimeout(retry);
    clearTimeout(gather);
    socket?.close();
  };
}

function parseEvent(data: unknown): Event | null {
  try {
    return JSON.parse(String(data)) as Event;
  } catch {
    return null;
  }
}

function invalidate(queries: QueryClient, events: Event[]) {
  const seen = new Map<string, QueryKey>();
  const meters = new Set<number>();
  let commands = false;
  for (const event of events) {
    if (event.type === "meter" || event.type === "ledger") meters.add(Number(event.id));
    if (event.type === "command") commands = true;
    for (const key of staleAfter(event)) seen.set(JSON.stringify(key), key);
  }
  for (const key of seen.values()) {
    if (key[0] === keys.meterLists[0]) invalidateLists(queries, meters);
    else void queries.invalidateQueries({ queryKey: key });
  }
  // A command event names the command only; the lists of commands that are on the screen are asked again.
  if (commands) {
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === "meter" && queryKey[2] === "commands",
    });
  }
}

/** A list is old if it shows one of the meters, or if a filter could let one in or out. */
function invalidateLists(queries: QueryClient, meters: Set<number>) {
  void queries.invalidateQueries({
    queryKey: keys.meterLists,
    predicate: ({ queryKey, state }) => {
      const filters = Object.entries(queryKey[1] ?? {}).filter(([name]) => name !== "page" && name !== "page_size");
      if (filters.some(([, value]) => value !== undefined)) return true;
      const rows = (state.data as MeterPage | undefined)?.rows;
      return !rows || rows.some((row) => meters.has(row.id));
    },
  });
}
