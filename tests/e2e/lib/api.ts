// A client of the platform's REST interface, independent of the console's code. Money and quantities stay decimal text.

export class ApiError extends Error {
  constructor(readonly status: number, readonly code: string, readonly field: string | undefined, message: string) {
    super(`${status} ${code}${field ? ` (${field})` : ''}: ${message}`);
  }
}

export interface Plan { id: number; name: string }
export interface Register { at: number; total: string; tariffs?: string[] }
export interface Meter {
  id: number; device: string; name: string; address: string; room: string; gateway: string; line: string; mode: string;
  balance: string; account_state: 'normal' | 'low_1' | 'low_2' | 'arrears';
  wanted: 'closed' | 'open'; wanted_reason: string; reported: string; reachable: boolean;
  last_reading?: Register;
  /** Only in the answer about one meter. */
  start_reading: Register; price_plan: Plan; quarantined: number; pending_command?: string;
}
export interface LedgerRow { id: number; at: number; kind: string; amount: string; balance: string; quantity?: string }
export interface Notice { id: number; at: number; kind: 'alarm_1' | 'alarm_2'; threshold: string; balance: string }
export interface Command {
  id: string; kind: string; state: string; cause: string; by: string; created_at: number; acked_at?: number; ended_at?: number;
  attempts: number; reason?: string;
  /** An alarm was raised because it lasts. */
  escalated?: boolean;
}
export interface Alarm { id: number; code: string; severity: string; active: boolean; raised_at: number; meter?: number; gateway?: string; detail: string }
export interface Gateway {
  id: string; online: boolean; software?: string; devices: number; devices_reachable: number; archive_version: number; archive_reported: number;
  last_seq?: number; stored_seq?: number; lines: { id: string; up: boolean; ok: number; timeouts: number; bad_frames: number }[];
}

export class Api {
  private cookie = '';
  private csrf = '';
  private login: { user: string; password: string } | undefined;
  /** While > 0: how long a request is tried again when the platform does not answer (it was killed). */
  patienceMs = 0;

  constructor(readonly base: string) {}

  async request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const end = Date.now() + this.patienceMs;
    for (;;) {
      try {
        return await this.once<T>(method, path, body);
      } catch (error) {
        if (error instanceof ApiError && error.status === 401 && this.login && path !== '/session') {
          if (Date.now() > end && this.patienceMs > 0) throw error;
          try { await this.logIn(this.login.user, this.login.password); continue; } catch (again) { error = again; }
        }
        const transient = !(error instanceof ApiError) || error.status >= 500;
        if (!transient || Date.now() > end) throw error;
        await new Promise((done) => setTimeout(done, 200));
      }
    }
  }

  private async once<T>(method: string, path: string, body: unknown): Promise<T> {
    const headers: Record<string, string> = {};
    if (this.cookie) headers['cookie'] = this.cookie;
    if (method !== 'GET' && this.csrf) headers['x-csrf-token'] = this.csrf;
    const bytes = body instanceof Uint8Array;
    if (body !== undefined) headers['content-type'] = bytes ? 'application/octet-stream' : 'application/json';
    const reply = await fetch(`${this.base}/api/v1${path}`, {
      method, headers, body: body === undefined ? null : bytes ? new Uint8Array(body) : JSON.stringify(body), signal: AbortSignal.timeout(15_000),
    });
    for (const cookie of reply.headers.getSetCookie()) this.cookie = cookie.split(';')[0] ?? '';
    const text = await reply.text();
    if (!reply.ok) {
      let error: { code?: string; field?: string; message?: string } = {};
      try { error = JSON.parse(text); } catch { error = { message: text.slice(0, 200) }; }
      throw new ApiError(reply.status, error.code ?? 'unknown', error.field, error.message ?? '');
    }
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** Of the session, for the event stream. */
  get sessionCookie() { return this.cookie; }

  get<T>(path: string) { return this.request<T>('GET', path); }
  post<T>(path: string, body: unknown) { return this.request<T>('POST', path, body); }
  /** The body is a file. */
  upload<T>(path: string, file: Uint8Array) { return this.request<T>('POST', path, file); }
  put<T>(path: string, body: unknown) { return this.request<T>('PUT', path, body); }

  async logIn(user: string, password: string) {
    this.cookie = this.csrf = '';
    const session = await this.once<{ csrf_token: string; must_change_password: boolean }>('POST', '/session', { user, password });
    this.csrf = session.csrf_token;
    this.login = { user, password };
    return session;
  }

  async changePassword(oldPassword: string, newPassword: string) {
    await this.put('/session/password', { old_password: oldPassword, new_password: newPassword });
    await this.logIn(this.login!.user, newPassword);
  }

  meter(id: number) { return this.get<Meter>(`/meters/${id}`); }
  async meters(): Promise<Meter[]> {
    const rows: Meter[] = [];
    for (let page = 1; ; page++) {
      const answer = await this.get<{ total: number; rows: Meter[] }>(`/meters?page=${page}&page_size=100`);
      rows.push(...answer.rows);
      if (rows.length >= answer.total || answer.rows.length === 0) return rows;
    }
  }

  /** All postings of a meter's account, newest first. */
  async ledger(meter: number): Promise<LedgerRow[]> {
    const rows: LedgerRow[] = [];
    let before: number | null | undefined;
    do {
      const page = await this.get<{ rows: LedgerRow[]; next?: number | null }>(
        `/meters/${meter}/ledger?limit=200${before ? `&before=${before}` : ''}`);
      rows.push(...page.rows);
      before = page.next;
    } while (before);
    return rows;
  }

  async commands(meter: number) { return (await this.get<{ rows: Command[] }>(`/meters/${meter}/commands?limit=200`)).rows; }
  /** The low-balance warnings of a meter, newest first. */
  async notices(meter: number) { return (await this.get<{ rows: Notice[] }>(`/meters/${meter}/notices?limit=200`)).rows; }
  async alarms(meter: number) { return (await this.get<{ rows: Alarm[] }>(`/alarms?meter=${meter}&page_size=100`)).rows; }
  gateway(id: string) { return this.get<Gateway>(`/gateways/${id}`); }

  order(meter: number, kind: string, id: string, note?: string) {
    return this.post<Command>(`/meters/${meter}/commands`, { id, kind, ...(note ? { note } : {}) });
  }
  recharge(meter: number, amount: string, id: string, note?: string) {
    return this.post<{ result: string; balance: string; reconnecting: boolean }>(
      `/meters/${meter}/recharges`, { id, amount, method: 'cash', ...(note ? { note } : {}) });
  }
}
