// A list that two people change at once: what each added and took away holds.
import { expect, it } from "vitest";

import { rebased } from "@/lib/list-edit";

it.each([
  ["nothing was changed here", [1, 2], [1, 2], [2, 3], [2, 3]],
  ["one was added here, another there", [1], [1, 2], [1, 3], [1, 3, 2]],
  ["one was taken away here, another there", [1, 2, 3], [1, 3], [2, 3], [3]],
  ["both added the same", [], [1], [1], [1]],
  ["both took away the same", [1], [], [], []],
  ["taken away here what was added again there", [1, 2], [2], [2, 1], [2]],
])("%s", (_, was, now, latest, wanted) => expect(rebased({ was, now }, latest)).toEqual(wanted));
