// The browser's Back closes the open dialog, not the page. While dialogs are open, the entry of the page in the browser's
// history has one more entry per dialog on top of it: the same address and state, and how many dialogs are open there. Back
// then arrives one lower, which closes the top dialog; a dialog that is closed otherwise takes its entry away. The router
// never hears of these entries: whoever listens to `popstate` first asks `popped`.

/** What of window.history is used. */
type Entries = { readonly state: unknown; pushState(state: unknown, unused: string): void; go(by: number): void };

type Dialog = { close: () => void; closable: () => boolean };

const depthOf = (state: unknown) => Number((state as { dialogs?: number } | null)?.dialogs ?? 0);
/** The router's own name of an entry; the first has none. */
const pageOf = (state: unknown) => (state as { key?: string } | null)?.key ?? "default";

/** entries: when first used, so that a test or a server without a window may import this. later: runs a task soon, once. */
export function createDialogHistory(entries: () => Entries, later: (task: () => void) => void) {
  let page = "default";
  let open: Dialog[] = [];
  /** depth that we are on the way to by ourselves */
  let movingTo: number | null = null;
  let waiting: (() => void)[] = [];
  let due = false;

  function moveTo(depth: number) {
    movingTo = depth;
    entries().go(depth - depthOf(entries().state));
  }

  /** Makes the history say how many dialogs are open. Late, so that one that closes while another opens moves nothing. */
  function settle() {
    due = false;
    const { state } = entries();
    // A move that has not arrived, or a page that has not: whoever arrives settles again.
    if (movingTo !== null || pageOf(state) !== page) return;
    const depth = depthOf(state);
    if (depth > open.length) return moveTo(open.length);
    for (let next = depth + 1; next <= open.length; next++) entries().pushState({ ...(state as object | null), dialogs: next }, "");
    if (open.length > 0) return;
    const actions = waiting;
    waiting = [];
    actions.forEach((action) => action());
  }

  function settleSoon() {
    if (due) return;
    due = true;
    later(settle);
  }

  return {
    /** A dialog has opened; the returned function says that it has closed. */
    add(dialog: Dialog): () => void {
      open = [...open, dialog];
      settleSoon();
      return () => {
        open = open.filter((each) => each !== dialog);
        settleSoon();
      };
    },

    /** The router shows the page of this entry. */
    entered(key: string) {
      page = key;
      settleSoon();
    },

    /** Runs the action once no dialog has an entry any more: for a dialog that leaves its page by replacing it. */
    afterDialogs(action: () => void) {
      waiting.push(action);
      settleSoon();
    },

    /** The browser has arrived at an entry with this state. True: nobody else has to know. */
    popped(state: unknown): boolean {
      const depth = depthOf(state);
      const here = pageOf(state) === page;
      if (here && depth === movingTo) {
        movingTo = null;
        settleSoon();
        return true;
      }
      movingTo = null;
      const ours = depth > 0 || open.length > 0;
      if (!here) {
        // Dialogs that were open when their page was left are gone; the page below them is meant.
        if (depth > 0) entries().go(-depth);
        return depth > 0;
      }
      if (depth > open.length) {
        moveTo(open.length);
      } else if (depth < open.length) {
        const leaving = open.slice(depth).reverse();
        if (leaving.every((dialog) => dialog.closable())) leaving.forEach((dialog) => dialog.close());
        // One that has to stay, or stays nevertheless, gets its entry again.
        else moveTo(open.length);
        settleSoon();
      }
      return ours;
    },
  };
}

export const dialogHistory = createDialogHistory(() => window.history, (task) => setTimeout(task, 0));
