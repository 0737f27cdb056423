// The state of the event stream as pure steps, so that the banner's rules can be tested without a socket.

/** How long a broken stream stays unmentioned: a reload of the platform takes less. */
export const GRACE_MS = 3_000;

export type Connection = { state: "connecting" | "open" | "lost"; lostAt: number | null; attempts: number };

export const initialConnection: Connection = { state: "connecting", lostAt: null, attempts: 0 };

export type ConnectionEvent = { type: "opened" } | { type: "closed"; at: number };

export function stepConnection(connection: Connection, event: ConnectionEvent): Connection {
  switch (event.type) {
    case "opened":
      return { state: "open", lostAt: null, attempts: 0 };
    case "closed":
      return { state: "lost", lostAt: connection.lostAt ?? event.at, attempts: connection.attempts + 1 };
  }
}

/** Wait before the next attempt: 0.5 s doubled up to 15 s, spread by `random` (0..1) so that consoles do not come in step. */
export function retryDelayMs(attempts: number, random: number): number {
  const full = Math.min(15_000, 500 * 2 ** Math.min(attempts, 10));
  return Math.round(full / 2 + (full / 2) * random);
}

/** Age of what is seen, once it is worth a banner; null otherwise. */
export function lostForMs(connection: Connection, now: number): number | null {
  if (connection.lostAt === null || now - connection.lostAt < GRACE_MS) return null;
  return now - connection.lostAt;
}
