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
/** Files, both ways, may take their time. */
const FILE_TIMEOUT_MS = 120_000;

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

/** csrf: of another session than the staff's */
type Options = { query?: Query; body?: unknown; signal?: AbortSignal; csrf?: string };

export async function request<T>(method: string, path: string, { query, body, signal, csrf }: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = csrf ?? csrfToken;
  const upload = body instanceof Blob;
  if (body !== undefined) headers["Content-Type"] = upload ? "application/octet-stream" : "application/json";
  const timeout = AbortSignal.timeout(upload ? FILE_TIMEOUT_MS : TIMEOUT_MS);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/api/v1${path}${queryString(query ?? {})}`, {
      method,
      headers,
      body: body === undefined || upload ? body : JSON.stringify(body),
      credentials: "same-origin",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(timeout.aborted ? "timeout" : "network", 0, String(cause));
  }
  if (!response.ok) throw refused(path, response.status, text);
  return answerOf(response.status, text);
}

/** text: of an answer that says that it went well. Throws `unanswered` where it is not the platform's, such as the page of a proxy. */
function answerOf<T>(status: number, text: string): T {
  try {
    return (text ? JSON.parse(text) : undefined) as T;
  } catch {
    throw new ApiError("unanswered", status, text.slice(0, 200));
  }
}

/** Without a byte of progress for this long an upload is given up. A slow line alone is no reason. */
const STALLED_MS = 60_000;

type Sending = { query?: Query; signal?: AbortSignal; progress: (done: number) => void };

/** A file on its way to the platform, with how much of it is gone (0 to 1), which `fetch` does not tell. */
export function sendFile<T>(path: string, body: Blob, { query, signal, progress }: Sending): Promise<T> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    let stalled = false;
    let timer: ReturnType<typeof setTimeout>;
    const moved = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        stalled = true;
        sending.abort();
      }, STALLED_MS);
    };
    sending.open("POST", `/api/v1${path}${queryString(query ?? {})}`);
    sending.setRequestHeader("Accept", "application/json");
    sending.setRequestHeader("Content-Type", "application/octet-stream");
    sending.setRequestHeader("X-CSRF-Token", csrfToken);
    sending.upload.onprogress = ({ loaded, total }) => {
      moved();
      progress(total > 0 ? loaded / total : 0);
    };
    sending.onload = () => {
      if (sending.status < 200 || sending.status > 299) return reject(refused(path, sending.status, sending.responseText));
      try {
        resolve(answerOf<T>(sending.status, sending.responseText));
      } catch (error) {
        // What an event's handler throws nobody catches, and the promise would never end.
        reject(error);
      }
    };
    sending.onerror = () => reject(new ApiError("network", 0, path));
    sending.onabort = () => reject(stalled ? new ApiError("timeout", 0, path) : (signal?.reason ?? new ApiError("network", 0, path)));
    sending.onloadend = () => clearTimeout(timer);
    signal?.addEventListener("abort", () => sending.abort(), { once: true });
    moved();
    sending.send(body);
  });
}

function refused(path: string, status: number, text: string): ApiError {
  const error = errorOf(status, text);
  if ((error.code === "unauthenticated" || error.code === "password_change_required") && path !== "/session" && !path.startsWith("/my/")) onUnauthenticated(error.code);
  return error;
}

/** A file with the name that the platform gives it, or what it answered instead of one. */
export type Fetched<T> = { file: Blob; name: string } | { answer: T };

export async function requestFile<T>(path: string, query: Query = {}): Promise<Fetched<T>> {
  const timeout = AbortSignal.timeout(FILE_TIMEOUT_MS);
  try {
    const response = await fetch(`/api/v1${path}${queryString(query)}`, { credentials: "same-origin", signal: timeout });
    if (!response.ok) throw refused(path, response.status, await response.text());
    if (response.headers.get("Content-Type")?.startsWith("application/json")) return { answer: (await response.json()) as T };
    return { file: await response.blob(), name: fileName(response.headers.get("Content-Disposition") ?? "") };
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    throw new ApiError(timeout.aborted ? "timeout" : "network", 0, String(cause));
  }
}

/** Of a Content-Disposition, the one in the reader's language first; exported for its table test. */
export function fileName(disposition: string): string {
  const long = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (long) {
    try {
      return decodeURIComponent(long);
    } catch {
      // A broken escape: the plain name has to do.
    }
  }
  return /filename="([^"]+)"/i.exec(disposition)?.[1] ?? "export.xlsx";
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
