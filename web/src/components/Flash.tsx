// Highlights its content for a moment when `on` changes: values change in place, nothing moves.
import { useEffect, useRef, type ReactNode } from "react";

export function Flash({ on, children }: { on: unknown; children: ReactNode }) {
  const element = useRef<HTMLSpanElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    element.current?.animate?.([{ backgroundColor: "var(--a-flash)" }, { backgroundColor: "transparent" }], 1400);
  }, [on]);
  return (
    <span ref={element} className="a-flash">
      {children}
    </span>
  );
}
