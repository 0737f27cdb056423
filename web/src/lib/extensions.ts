// What lists of the catalogue can do beyond what the platform describes. A feature says it of its resources in a module of
// its own; the app names those modules, and they are loaded with the list they belong to.
import { use, type ComponentType, type ReactNode } from "react";

import type { Body, Reference, Resource, Row } from "@/types/catalog";

export type RowDialogProps = { resource: Resource; row: Row; onClose: () => void } & Generic;
export type ListDialogProps = { resource: Resource; onClose: () => void };

/** What a form asks beside the fields of the description. Forms with it are long ones. */
export type FormExtra = {
  /** Below the fields. organisation: that the row belongs to, or shall; values: of the fields, as they stand. */
  content: (organisation: Reference | undefined, values: Record<string, unknown>) => ReactNode;
  /** Sent with the row. */
  body: (creating: boolean) => Body;
  /** After the row was saved; true: the form stays until onClose is called. */
  onSaved?: (saved: Row) => Promise<boolean | void>;
  unsaved?: boolean;
  /** false: something is missing, and said */
  ready?: () => boolean;
};
export type GenericFormProps = {
  resource: Resource;
  /** null: a new one */
  row: Row | null;
  /** of a new row, when it is known: code of the site, or the organisation */
  place?: string | Reference;
  /** a new row starts with values of this one */
  start?: Row;
  extra?: FormExtra;
  onClose: () => void;
};
type Generic = { Generic: ComponentType<GenericFormProps> };
export type FormProps = GenericFormProps & Generic;
export type ConfirmProps = { resource: Resource; row: Row; order: "start" | "stop" | "remove"; what?: string; onClose: () => void };
/** Instead of the table: gets the parts that every list has. */
export type ListProps = { resource: Resource; extension: Extension; Form: ComponentType<GenericFormProps>; Confirm: ComponentType<ConfirmProps> };

/** name: also the test handle `row-NAME`; label: key of its text; permission undefined: whoever sees the row. */
export type ExtraRowAction = {
  name: string;
  label: string;
  permission?: string;
  /** undefined: of every row */
  when?: (row: Row) => boolean;
  danger?: boolean;
  /** before the generic ones, because it is what the row waits for */
  first?: boolean;
  Dialog: ComponentType<RowDialogProps>;
};
/** name: also the test handle `list-NAME`. Opens a dialog, or a page about what the list shows. */
export type ExtraListAction = { name: string; label: string; icon?: ReactNode; permission?: string } & (
  | { Dialog: ComponentType<ListDialogProps> }
  /** search: of the list's address, with its question */
  | { page: (search: string) => string }
);

/** Several fields of a form under one control of their own, such as a place on a map. */
export type FormPart = {
  /** stand where the first of them would */
  fields: string[];
  Part: ComponentType<FormPartProps>;
  /** what a new row begins with, besides what the description presets */
  begin?: () => Record<string, string>;
  /** fields whose change is asked about once more before it is saved: the key of the question */
  ask?: { field: string; text: string }[];
};
export type FormPartProps = {
  /** null: a new row */
  row: Row | null;
  /** the ordinary control of each of its fields, with label and rules */
  items: Record<string, ReactNode>;
};

export type Extension = {
  part?: FormPart;
  rowActions?: ExtraRowAction[];
  listActions?: ExtraListAction[];
  /** by name of the field: instead of its plain value */
  cells?: Record<string, ComponentType<{ row: Row }>>;
  /** instead of the generic list */
  List?: ComponentType<ListProps>;
  /** instead of the generic form, which it gets */
  Form?: ComponentType<FormProps>;
  /** keys of the texts that say what the order forbids and what stays */
  confirm?: Partial<Record<"start" | "stop" | "remove", string>>;
};

export type Extensions = Record<string, () => Promise<{ extension: Extension }>>;

let known: Extensions = {};
const loaded = new Map<string, Promise<Extension>>();
const NONE: Extension = {};

/** Once, before anything is drawn. */
export function setExtensions(extensions: Extensions) {
  known = extensions;
}

/** Asked for before the description is there, the module comes beside it. */
export function preloadExtension(resource: string) {
  const load = known[resource];
  if (load && !loaded.has(resource)) loaded.set(resource, load().then(({ extension }) => extension));
}

/** Suspends until the module of the resource is there; a resource without one has nothing beyond its description. */
export function useExtension(resource: string): Extension {
  preloadExtension(resource);
  const extension = loaded.get(resource);
  return extension ? use(extension) : NONE;
}
