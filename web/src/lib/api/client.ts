// The one HTTP client. Cookies carry the session; unsafe methods carry the CSRF token of the session answer.
// Every failure becomes an ApiError with a code that the texts know, also when there was no answer at all.
import type { ApiErrorBody } from "@/types/api";

export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly field?: string,
    readonly retryAfterS?: number,
  ) {
    super(message);
  }
}

/** True when the platform may have done what was asked: it gave no answer of its own, or failed on the way to one. */
export const outcomeUnknown = (error: unknown): boolean =>
  error instanceof ApiError && ["network", "timeout", "unanswered", "internal"].includes(error.code);

/** No answer within this time counts as `timeout`; whether a write took effect is then unknown, hence the idempotency keys. */
const TIMEOUT_MS = 20_000;

let csrfToken = "";
let onUnauthenticated: (code: string) => void = () => {};

export function setCsrfToken(token: string) {
  csrfToken = token;
}

/** Called when the platform no longer knows the session, or wants the drawn password changed first; the app asks for it. */
export function setUnauthenticatedHandler(handler: (code: string) => void) {
  onUnauthenticated = handler;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

type Options = { query?: Query; body?: unknown; signal?: AbortSignal };

export async function request<T>(method: string, path: string, { query, body, signal }: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = csrfToken;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/api/v1${path}${queryString(query ?? {})}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(timeout.aborted ? "timeout" : "network", 0, String(cause));
  }
  if (!response.ok) {
    const error = errorOf(response.status, text);
    if ((error.code === "unauthenticated" || error.code === "password_change_required") && path !== "/session") onUnauthenticated(error.code);
    throw error;
  }
  return (text ? JSON.parse(text) : undefined) as T;
}

function errorOf(status: number, text: string): ApiError {
  try {
    const body = JSON.parse(text) as ApiErrorBody;
    if (typeof body.code === "string") {
      return new ApiError(body.code, status, body.message, body.field, body.retry_after_s);
    }
  } catch {
    // Not ours: a proxy or a dead platform answered; the status has to do.
  }
  return new ApiError(status >= 500 ? "unanswered" : `http_${status}`, status, text.slice(0, 200));
}
