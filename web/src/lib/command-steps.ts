// Which of the four stations a command has passed, and where it broke off. Pure; tested by table.
import type { CommandRow, CommandState } from "@/types/api";

export type Step = { state: CommandState; at: number | null; look: "done" | "now" | "todo" | "broken" };

const way: CommandState[] = ["queued", "sent", "acked", "verified"];

export function commandSteps(
  command: Pick<CommandRow, "state" | "created_at" | "sent_at" | "acked_at" | "ended_at">,
): Step[] {
  const at: Partial<Record<CommandState, number | null>> = {
    queued: command.created_at,
    sent: command.sent_at ?? null,
    acked: command.acked_at ?? null,
    verified: command.state === "verified" ? (command.ended_at ?? null) : null,
  };
  const reached = way.indexOf(command.state);
  if (reached >= 0) {
    return way.map((state, index) => ({
      state,
      at: at[state] ?? null,
      // A station that was passed counts as done even if nobody noted its time.
      look: index < reached || command.state === "verified" ? "done" : index === reached ? "now" : "todo",
    }));
  }
  const passed: Step[] = way
    .filter((state) => state !== "verified" && at[state])
    .map((state) => ({ state, at: at[state] ?? null, look: "done" }));
  return [...passed, { state: command.state, at: command.ended_at ?? null, look: "broken" }];
}

export const isUnderWay = (state: CommandState) => state === "queued" || state === "sent" || state === "acked";
