// Exports and imports that take longer than an answer.
import { keepPreviousData, skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { keys } from "./keys";
import { getJob, listJobs } from "./requests";
import type { Job } from "@/types/api";

/** How often one that is under way is asked for. */
const WATCH_MS = 1_000;

export const isOpen = ({ state }: Pick<Job, "state">) => state === "waiting" || state === "running";

export const useJobs = (page: number, size: number) =>
  useQuery({
    queryKey: keys.jobList({ page, size }),
    queryFn: ({ signal }) => listJobs({ page, page_size: size }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.rows.some(isOpen) ? WATCH_MS : false),
  });

/** Those under way, for the badge; asked for again only while there are any, or when one was begun. */
export const useOpenJobs = (enabled: boolean) =>
  useQuery({
    enabled,
    queryKey: keys.jobList({ open: true }),
    queryFn: ({ signal }) => listJobs({ open: true, page_size: 10 }, { signal }),
    refetchInterval: ({ state }) => (state.data?.total ? 2 * WATCH_MS : false),
  });

/** One until it has ended; `onEnd` is called once then. */
export function useJob(id: number | undefined, onEnd?: (job: Job) => void) {
  const queries = useQueryClient();
  const job = useQuery({
    queryKey: keys.job(id ?? 0),
    queryFn: id === undefined ? skipToken : ({ signal }) => getJob(id, { signal }),
    refetchInterval: ({ state }) => (state.data && !isOpen(state.data) ? false : WATCH_MS),
  });
  const ended = useRef(0);
  useEffect(() => {
    if (!job.data || isOpen(job.data) || ended.current === job.data.id) return;
    ended.current = job.data.id;
    void queries.invalidateQueries({ queryKey: keys.jobList({}).slice(0, 2) });
    onEnd?.(job.data);
  });
  return job;
}

/** 0..100 of what is known to be done; undefined: nobody knows of how much. */
export const percentOf = ({ done, total }: Pick<Job, "done" | "total">): number | undefined =>
  total > 0 ? Math.min(100, Math.floor((done * 100) / total)) : undefined;
