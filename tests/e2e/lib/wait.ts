// Waiting for something to become true, with a limit and a sentence that says what was missing.

export const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export class Timeout extends Error {}

/**
 * Asks every `everyMs` until `ask` answers something other than undefined, null or false. An exception of `ask` counts as
 * "not yet" and its message is shown when the time is over.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  { timeoutMs = 30_000, everyMs = 200 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  let why = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
      why = '';
    } catch (error) {
      if (error instanceof Fatal) throw error;
      why = `: ${(error as Error).message}`;
    }
    if (Date.now() > end) throw new Timeout(`after ${Math.round(timeoutMs / 1000)} s still waiting for: ${what}${why}`);
    await sleep(everyMs);
  }
}

/** Ends a wait at once: what is awaited can never come. */
export class Fatal extends Error {}
