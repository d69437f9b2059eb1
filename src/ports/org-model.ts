/**
 * Everything of ours that an org holds, in plain words: what `src/install/` builds from the mappings, and what a
 * CRM adapter renders, compares and deploys. Names are API names; texts are what people read.
 */
export interface OrgModel {
  readonly objects: readonly OrgObject[];
  readonly fields: readonly OrgField[];
  readonly listViews: readonly ListView[];
  readonly compactLayouts: readonly CompactLayout[];
  readonly quickActions: readonly QuickAction[];
  readonly layouts: readonly PageLayout[];
  readonly tabs: readonly string[];
  /** A page component with its source files, path -> text. */
  readonly components: readonly PageComponent[];
  readonly pages: readonly RecordPage[];
  readonly reportTypes: readonly ReportType[];
  readonly reports: readonly Report[];
  readonly dashboards: readonly Dashboard[];
  readonly permissionSets: readonly PermissionSet[];
}

/** Stands at the end of every description of ours in an org: by it we know what we may change and remove. */
export const OWNERSHIP_MARK = 'Installed by Truenorth.';

export interface OrgObject {
  readonly name: string;
  readonly label: string;
  readonly plural: string;
  readonly description: string;
  /** How a record's own number reads, as `S-{0000000}`, and what the column is called. */
  readonly numbering: { readonly label: string; readonly format: string };
  /** `parent`: who sees the account sees it. `read`: who may read the object sees every record. */
  readonly sharing: 'parent' | 'read';
  /** People make or complete these records: they are named before they are lost. */
  readonly ofPeople: boolean;
}

export type FieldKind =
  | { readonly type: 'text'; readonly length: number }
  /** Up to 255 characters over several lines. */
  | { readonly type: 'text-area' }
  | { readonly type: 'long-text'; readonly length: number; readonly lines: number }
  /** `digits` before the point and `scale` after it. */
  | { readonly type: 'number'; readonly digits: number; readonly scale: number }
  | { readonly type: 'checkbox' }
  | { readonly type: 'date' }
  | { readonly type: 'datetime' }
  | { readonly type: 'picklist'; readonly values: readonly string[]; readonly restricted: boolean }
  /** Emptied when the other record goes. `relationship` is the child name on the other object. */
  | { readonly type: 'lookup'; readonly to: string; readonly relationship: string; readonly title: string }
  /** Goes with the other record; who may read that one may make one of these. */
  | { readonly type: 'parent'; readonly to: string; readonly relationship: string; readonly title: string }
  | { readonly type: 'formula'; readonly result: 'text'; readonly formula: string };

export interface OrgField {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly kind: FieldKind;
  /** Only on objects where people make records: nothing they do elsewhere may fail because of a field of ours. */
  readonly required: boolean;
  /** Unique, and what records are upserted by. */
  readonly externalId: boolean;
  /** A formula for the value a new record starts with, or null. */
  readonly startsAs: string | null;
}

export interface ListView {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  /** Field API names; standard ones as in describe (`Name`, `OwnerId`). */
  readonly columns: readonly string[];
  readonly filters: readonly Filter[];
}

export interface Filter {
  readonly field: string;
  readonly operation: 'equals' | 'notEqual' | 'lessThan' | 'greaterThan' | 'lessOrEqual' | 'greaterOrEqual';
  /** As people would type it: `1` for a ticked box, `NEXT_N_DAYS:90`, an empty text for "empty". */
  readonly value: string;
}

export interface CompactLayout {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly fields: readonly string[];
}

/** A button on `object` that makes a record of `creates`. */
export interface QuickAction {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly creates: string;
  /** The field that is filled with the record on which the button stands. */
  readonly parentField: string;
  readonly fields: readonly { readonly name: string; readonly required: boolean }[];
}

/** How a record of ours is laid out, and which related lists stand below. */
export interface PageLayout {
  readonly object: string;
  readonly label: string;
  readonly sections: readonly { readonly label: string; readonly fields: readonly string[] }[];
  readonly related: readonly {
    readonly child: string;
    readonly lookup: string;
    readonly columns: readonly string[];
  }[];
}

export interface PageComponent {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A Lightning record page that an admin may activate; ours is never made the default by itself. */
export interface RecordPage {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly components: readonly string[];
  readonly sections: readonly { readonly label: string; readonly fields: readonly string[] }[];
  readonly related: readonly { readonly relationship: string; readonly label: string }[];
}

export interface ReportType {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly object: string;
  readonly category: 'accounts' | 'other';
  /** Child relationship that is joined, or null; `outer` keeps those without. */
  readonly join: { readonly relationship: string; readonly outer: boolean } | null;
  /** `table` is the object, or `Object.Relationship__r` of the joined one; `field` may go through a lookup. */
  readonly sections: readonly {
    readonly label: string;
    readonly columns: readonly { readonly table: string; readonly field: string; readonly shown: boolean }[];
  }[];
}

export interface ReportColumn {
  /** `Table$Field`, as report types of our own name their columns. */
  readonly field: string;
  readonly summary: 'sum' | 'average' | 'maximum' | 'minimum' | null;
}

export interface Report {
  readonly folder: string;
  readonly name: string;
  /** At most 40 characters. */
  readonly label: string;
  readonly description: string;
  readonly type: string;
  readonly columns: readonly ReportColumn[];
  readonly down: readonly ReportGrouping[];
  readonly across: readonly ReportGrouping[];
  readonly filters: readonly Filter[];
  readonly chart: ReportChart | null;
}

export interface ReportGrouping {
  readonly field: string;
  readonly by: 'value' | 'day' | 'week' | 'month' | 'quarter';
  readonly order: 'ascending' | 'descending';
}

export interface ReportChart {
  readonly kind: 'column' | 'bar' | 'line' | 'donut' | 'stacked' | 'combination';
  readonly title: string;
  readonly groupBy: string;
  readonly thenBy: string | null;
  /** What is drawn; in a combination the first are columns and those marked so are lines (the target). */
  readonly values: readonly { readonly field: string; readonly summary: string; readonly line: boolean }[];
}

export interface Dashboard {
  readonly folder: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** User name under whose rights it runs; null = whoever looks (limited per org). */
  readonly runAs: string | null;
  readonly parts: readonly DashboardPart[];
}

export interface DashboardPart {
  readonly header: string;
  readonly footer: string;
  /** `Folder/Report`. */
  readonly report: string;
  /** `chart` draws the report's own chart. */
  readonly show: 'chart' | 'number' | 'table';
  readonly row: number;
  readonly column: number;
  readonly width: number;
  readonly height: number;
}

export interface PermissionSet {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly objects: readonly {
    readonly object: string;
    readonly create: boolean;
    readonly edit: boolean;
    readonly delete: boolean;
    /** Every record, whoever owns it. */
    readonly all: boolean;
  }[];
  /** `Object.Field`. */
  readonly fields: readonly { readonly field: string; readonly editable: boolean }[];
  readonly tabs: readonly string[];
  /** True for the one that the integration user needs: it is assigned when it is installed. */
  readonly forIntegration: boolean;
}
