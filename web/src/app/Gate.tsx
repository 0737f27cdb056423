// Lets nobody past without a session, and nobody with the drawn first password past the page that changes it.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import { Navigate, useLocation } from "react-router";

import { ErrorNotice, PageSkeleton } from "@/components/feedback";
import { ComeBack } from "@/features/session/ComeBack";
import { ApiError } from "@/lib/api/client";
import { followEvents } from "@/lib/events";
import { useSession } from "@/lib/hooks";
import { useSessionEnded } from "@/lib/session-end";

export function Gate({ children }: { children: ReactNode }) {
  const session = useSession();
  const location = useLocation();
  const queries = useQueryClient();
  const ended = useSessionEnded();
  const open = Boolean(session.data && !session.data.must_change_password);
  useEffect(() => (open ? followEvents(queries) : undefined), [open, queries]);
  if (session.data?.must_change_password) return <Navigate to="/first-password" replace />;
  if (session.data) {
    return (
      <>
        {children}
        {ended && <ComeBack />}
      </>
    );
  }
  if (session.error instanceof ApiError && session.error.code === "unauthenticated") {
    return <Navigate to="/login" replace state={{ from: location.pathname + location.search }} />;
  }
  if (session.error) {
    return (
      <div className="a-center">
        <ErrorNotice error={session.error} what="load" onRetry={() => void session.refetch()} />
      </div>
    );
  }
  return <PageSkeleton />;
}
