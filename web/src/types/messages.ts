// Messages to people: the inbox (站内信), what went out by SMS and mail, who hears of a meter, announcements and the stock of SMS.
import type { Label } from "./catalog";

export const METER_MESSAGES = ["low_balance_1", "low_balance_2", "cut_off", "reconnected", "command_unanswered", "meter_unreachable", "reading_quarantined", "use_while_cut", "no_use", "night_flow", "use_jump"] as const;
/** What somebody may subscribe to at a meter. */
export type MeterMessageKind = (typeof METER_MESSAGES)[number];
export const MESSAGE_KINDS = [...METER_MESSAGES, "gateway_offline", "announcement", "sms_low", "sms_empty", "test"] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** count: of equal messages that it stands for; words: the same in both languages */
export type InboxRow = { id: number; kind: MessageKind; at: number; count: number; read: boolean; meter: number | null; gateway: string | null; site: string | null; words: { title: Label; text: Label } };
export type InboxPage = { unread: number; total: number; rows: InboxRow[] };

export const DELIVERY_STATES = ["pending", "sending", "sent", "failed", "given_up", "no_package", "no_provider"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export const CHANNELS = ["sms", "mail"] as const;
export type Channel = (typeof CHANNELS)[number];
/** Which ways out the platform is configured for. */
export type Ways = { sms: boolean; mail: boolean };
export type Delivery = {
  id: number;
  kind: MessageKind;
  channel: Channel;
  name: string;
  address: string;
  language: string;
  state: DeliveryState;
  /** a code of the newest attempt; empty: none */
  error: string;
  attempts: number;
  count: number;
  text: string;
  created_at: number;
  ended_at: number | null;
  /** pending: not before */
  next_at: number | null;
  meter: number | null;
  meter_name: string;
  room: string;
  site: string | null;
};
export type DeliveryPage = { total: number; rows: Delivery[]; ways: Ways };

export type MessageLanguage = "zh-CN" | "en";
export type Subscriber = { id: number; name: string; mobile: string; mail: string; language: MessageLanguage; kinds: MeterMessageKind[] };
/** household: mobile of the household that has the account, which hears of the balance and the supply anyway */
export type Subscribers = { version: number; rows: Subscriber[]; household: string | null };
export type SubscriberInput = Omit<Subscriber, "id"> & { id?: number };
export const MOST_SUBSCRIBERS = 10;

export type AnnouncementOrder = { id: string; title: string; text: string; sites?: string[]; sms: boolean; inbox: boolean; dry: boolean; households?: number; staff?: number };
export type AnnouncementCount = { households: number; staff: number; sms_remaining: number; ways: Ways };
/** sites null: all of the company; made: SMS on their way so far, sent: of them accepted */
export type Announcement = { id: number; title: string; text: string; sites: string[] | null; sms: boolean; inbox: boolean; households: number; staff: number; made: number; sent: number; by: string; at: number };
export type AnnouncementPage = { total: number; rows: Announcement[] };

export type SmsPackage = { id: number; count: number; price: string; note: string; by: string; at: number };
/** low: a tenth or less of what was there after the newest purchase */
export type SmsStock = { remaining: number; bought: number; used: number; low: boolean; rows: SmsPackage[] };
export type SmsPackageOrder = { id: string; count: number; price: string; note: string };
