// The catalogue of resources as the platform describes it (GET /catalog), and rows of any resource. Written by hand, because
// it says more than the generated types: which properties go with which type of field, and what a value of it looks like. A
// test compares the two. Nothing here names a resource.

/** A word in both languages. */
export type Label = { zh: string; en: string };

/** What this session may do with the rows of a resource; reading goes without saying, else it would not be described. */
export type ResourceAction = "create" | "edit" | "enable" | "delete" | "export";

/** Where rows live: in a site of an organisation, in the organisation itself, or they are organisations (below another). */
export type Place = "site" | "organisation" | "tree";

export type Resource = {
  /** plural; also the path of its requests and, with the group, of its page */
  name: string;
  /** singular; how permissions ("house_type:edit") and audited actions ("change_house_type") name it */
  right: string;
  label: Label;
  /** one row of it: "a building" */
  one: Label;
  /** entry of the menu under which it stands */
  group: string;
  place: Place;
  /**
   * names of the fields that name a row wherever another row refers to it, separated by blanks; of `a|b` the first that is given; a
   * reference stands for its title
   */
  title: string;
  /** false: a row is made without naming its site */
  of_site: boolean;
  actions: ResourceAction[];
  fields: Field[];
};

type Common = {
  name: string;
  label: Label;
  help?: Label;
  required: boolean;
  /** of a person: masked in lists and details */
  personal?: boolean;
  /** part of the text search; for choice, flag and reference a filter of its own, for date two (`_from`, `_to`, both included) */
  search: boolean;
  sort: boolean;
  /** a column of the table */
  listed: boolean;
  /** given at creation and never changed */
  fixed: boolean;
  /** the platform's own: shown, never asked */
  derived?: boolean;
};

/** least, most: characters; pattern: regular expression that a given text fits. */
export type TextField = Common & { type: "text"; least?: number; most?: number; pattern?: string };
/** least, most: the value; preset: what a form begins with. */
export type IntegerField = Common & { type: "integer"; least?: number; most?: number; preset?: number };
/** decimals: digits behind the point; least, most: in units of the last of them. */
export type DecimalField = Common & { type: "decimal"; decimals: number; least?: number; most?: number };
export type ChoiceField = Common & { type: "choice"; choices: { value: string; label: Label }[] };
export type FlagField = Common & { type: "flag" };
/** A day as YYYY-MM-DD. */
export type DateField = Common & { type: "date" };
export type ReferenceField = Common & {
  type: "reference";
  /** name of the resource that is referred to */
  resource: string;
  /** name of a reference field of the same form: only rows are offered whose field of that name has the same value */
  within?: string;
  /** name of a flag of the row that `within` refers to: the field exists only where that flag is true, and is required there */
  shown_if?: string;
};

/** The codes of a role: asked by a form of its own, no column. */
export type PermissionsField = Common & { type: "permissions"; least?: number; most?: number };

export type Field = PermissionsField | TextField | IntegerField | DecimalField | ChoiceField | FlagField | DateField | ReferenceField;

export type Catalog = { resources: Resource[] };

/** A row that is referred to, and the value of its title field. */
export type Reference = { id: number; title: string };

/** Text, dates and decimals (never a JSON number) as text, integers, choices by value, flags, references; null: not given. */
export type Value = string | number | boolean | Reference | string[] | null;

/** What every row has, whatever its resource; the values of its fields stand beside it under their names. */
export type RowBase = {
  id: number;
  /** place site: code of the site (community) that it belongs to; given at creation and never changed */
  site?: string;
  /** other places: the organisation that it belongs to, of an organisation the one above */
  organisation?: Reference;
  enabled: boolean;
  /** counts its changes; a change has to name the one it was made from */
  version: number;
  /** UTC milliseconds */
  created_at: number;
  updated_at: number;
};
export type Row = RowBase & { [field: string]: Value | undefined };

export type RowPage = { total: number; rows: Row[] };

/** What is sent: the id of a reference, the plain value of anything else. */
export type Body = Record<string, string | number | boolean | string[] | null>;
