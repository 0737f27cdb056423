// A list that is saved as a whole: what it was made from goes with it, so that what somebody else changed meanwhile is not undone unseen.
import { useState } from "react";

export type Edit<T> = { was: T[]; now: T[] };

/** What was added and taken away stays so, on top of the latest. Pure; tested by table. */
export function rebased<T>({ was, now }: Edit<T>, latest: T[]): T[] {
  const taken = was.filter((each) => !now.includes(each));
  const added = now.filter((each) => !was.includes(each) && !latest.includes(each));
  return [...latest.filter((each) => !taken.includes(each)), ...added];
}

/** loaded: the list as it is known now; undefined until it is. An edit keeps the one that it began with, whatever is loaded behind it. */
export function useListEdit<T>(loaded: T[] | undefined) {
  const [edit, setEdit] = useState<Edit<T> | null>(null);
  return {
    edit: edit ?? (loaded && { was: loaded, now: loaded }),
    touched: edit !== null,
    change: (now: T[]) => setEdit({ was: edit?.was ?? loaded ?? [], now }),
    rebase: (latest: T[]) => setEdit(edit && { was: latest, now: rebased(edit, latest) }),
  };
}
