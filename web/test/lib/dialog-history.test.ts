// Against a history as browsers have it: entries, a place among them, and moves that arrive later.
import { beforeEach, describe, expect, it } from "vitest";

import { createDialogHistory } from "@/lib/dialog-history";

let entries: unknown[];
let at: number;
let moves: number[];
let tasks: (() => void)[];
/** What the router heard: names of pages. */
let routed: string[];
let dialogs: ReturnType<typeof createDialogHistory>;

const page = (key: string) => ({ key, idx: 0 });
const key = () => (entries[at] as { key: string }).key;
const depth = () => (entries[at] as { dialogs?: number }).dialogs ?? 0;

beforeEach(() => {
  [entries, at, moves, tasks, routed] = [[page("list"), page("meter")], 1, [], [], []];
  const history = {
    get state() {
      return entries[at];
    },
    pushState(state: unknown) {
      entries = [...entries.slice(0, at + 1), state];
      at += 1;
    },
    go: (by: number) => void moves.push(by),
  };
  dialogs = createDialogHistory(() => history, (task) => void tasks.push(task));
  dialogs.entered("meter");
  run();
});

/** Everything that is due happens; moves beyond the ends do nothing, as in browsers. */
function run() {
  while (tasks.length > 0 || moves.length > 0) {
    const task = tasks.shift();
    if (task) task();
    else arrive(moves.shift()!);
  }
}
function arrive(by: number) {
  if (entries[at + by] === undefined) return;
  at += by;
  if (!dialogs.popped(entries[at])) {
    routed.push(key());
    dialogs.entered(key());
  }
}
const press = (by: number) => {
  arrive(by);
  run();
};
/** The router pushes or replaces an entry of its own. */
const navigate = (to: string, replace = false) => {
  entries = [...entries.slice(0, replace ? at : at + 1), page(to)];
  at = entries.length - 1;
  dialogs.entered(to);
};

function open(closable = true) {
  const dialog = { isOpen: true, shut: () => {} };
  const gone = dialogs.add({
    close: () => dialog.shut(),
    closable: () => closable,
  });
  dialog.shut = () => {
    dialog.isOpen = false;
    gone();
  };
  run();
  return dialog;
}

describe("Back", () => {
  it("closes the dialog and stays on the page; the next one leaves", () => {
    const dialog = open();
    press(-1);
    expect(dialog.isOpen).toBe(false);
    expect([key(), depth(), routed]).toEqual(["meter", 0, []]);
    press(-1);
    expect(routed).toEqual(["list"]);
  });

  it("closes one dialog at a time, the top one first", () => {
    const [below, top] = [open(), open()];
    press(-1);
    expect([below.isOpen, top.isOpen]).toEqual([true, false]);
    press(-1);
    expect([below.isOpen, key(), routed]).toEqual([false, "meter", []]);
  });

  it("leaves alone a dialog that has to stay, however often it is pressed", () => {
    const dialog = open(false);
    press(-1);
    press(-1);
    expect([dialog.isOpen, key(), depth(), routed]).toEqual([true, "meter", 1, []]);
  });

  it("gives a dialog that refuses to close its entry again", () => {
    const dialog = open();
    dialog.shut = () => {};
    press(-1);
    expect([key(), depth(), routed]).toEqual(["meter", 1, []]);
  });

  it("leaves at once after a dialog was closed by its own button", () => {
    open().shut();
    run();
    expect(depth()).toBe(0);
    press(-1);
    expect(routed).toEqual(["list"]);
  });
});

it("a sheet that gives way to a dialog in one click moves nothing", () => {
  const sheet = open();
  sheet.shut();
  const dialog = open();
  expect([at, depth()]).toEqual([2, 1]);
  press(-1);
  expect([dialog.isOpen, key(), routed]).toEqual([false, "meter", []]);
});

it("a page that is left from inside a dialog takes one Back to return to", () => {
  const dialog = open();
  navigate("other");
  dialog.shut();
  run();
  press(-1);
  expect([key(), depth(), routed]).toEqual(["meter", 0, ["meter"]]);
});

it("a page that was on its way while the dialog closed is not lost", () => {
  const dialog = open();
  dialog.shut();
  tasks.shift()!();
  expect(moves).toEqual([-1]);
  run();
  navigate("other");
  run();
  expect([key(), routed]).toEqual(["other", []]);
  press(-1);
  expect(routed).toEqual(["meter"]);
});

it("Forward does not open a closed dialog again, and leads nowhere", () => {
  open();
  press(-1);
  press(1);
  expect([key(), depth(), routed]).toEqual(["meter", 0, []]);
});

it("a reload under an open dialog leaves no entry that Back would stop at", () => {
  open();
  dialogs = createDialogHistory(
    () => ({ state: entries[at], pushState: () => expect.unreachable(), go: (by: number) => void moves.push(by) }),
    (task) => void tasks.push(task),
  );
  dialogs.entered("meter");
  run();
  expect([key(), depth()]).toEqual(["meter", 0]);
});

it("a page that is replaced by its own dialog is replaced, not kept below", () => {
  const dialog = open();
  dialog.shut();
  dialogs.afterDialogs(() => navigate("gone", true));
  run();
  expect(entries.map((entry) => (entry as { key: string }).key).slice(0, at + 1)).toEqual(["list", "gone"]);
});

it("an action that waits for no dialog runs soon", () => {
  let ran = false;
  dialogs.afterDialogs(() => (ran = true));
  run();
  expect(ran).toBe(true);
});
