// Requests and hooks of messages to people.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { request, type Query } from "./client";
import { keys } from "./keys";
import type * as messages from "@/types/messages";

/** Backup to the event stream. */
const REFRESH_MS = 120_000;

const list = <Page>(path: string, query: Query) => ({
  queryKey: keys.messages(path, query),
  queryFn: ({ signal }: { signal: AbortSignal }) => request<Page>("GET", path, { query, signal }),
  placeholderData: keepPreviousData,
});

export const useInbox = (query: { unread?: boolean; page: number; page_size: number }) => useQuery({ ...list<messages.InboxPage>("/inbox", query), refetchInterval: REFRESH_MS });
export const useDeliveries = (query: { state?: string; channel?: string; kind?: string; from?: number; page: number; page_size: number; site?: string }) =>
  useQuery({ ...list<messages.DeliveryPage>("/messages", query), refetchInterval: REFRESH_MS });
export const useMeterDeliveries = (meter: number) => useQuery(list<messages.DeliveryPage>(`/meters/${meter}/messages`, {}));
export const useSubscribers = (meter: number) => useQuery(list<messages.Subscribers>(`/meters/${meter}/subscribers`, {}));
export const useAnnouncements = (query: { page: number; page_size: number }) => useQuery({ ...list<messages.AnnouncementPage>("/announcements", query), refetchInterval: REFRESH_MS });
export const useSmsStock = (enabled = true) => useQuery({ ...list<messages.SmsStock>("/sms-packages", {}), enabled });

export const readInboxRow = (row: number) => request<void>("POST", `/inbox/${row}/read`);
/** through: `at` of the newest row that was shown */
export const readInbox = (through: number) => request<void>("POST", "/inbox/read", { body: { through } });
export const resend = (message: number) => request<messages.Delivery>("POST", `/messages/${message}/resend`);
export const sendTest = (channel: messages.Channel) => request<messages.Delivery>("POST", "/messages/test", { body: { channel } });
export const changeSubscribers = (meter: number, body: { version: number; rows: messages.SubscriberInput[] }) => request<messages.Subscribers>("PUT", `/meters/${meter}/subscribers`, { body });
export const countAnnouncement = (body: messages.AnnouncementOrder) => request<messages.AnnouncementCount>("POST", "/announcements", { body });
export const announce = (body: messages.AnnouncementOrder) => request<messages.Announcement>("POST", "/announcements", { body });
export const buySms = (body: messages.SmsPackageOrder) => request<messages.SmsPackage>("POST", "/sms-packages", { body });

/** Something that changes what the lists of messages show. */
export function useMessageChange<Wanted, Result>(change: (wanted: Wanted) => Promise<Result>, done?: (result: Result) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (result) => done?.(result),
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.allMessages }),
  });
}
