import type { OrgModel } from './org-model.js';

/** One thing of ours in an org, by its kind (`CustomField`) and name (`Account.Truenorth_Score__c`). */
export interface OrgPart {
  readonly type: string;
  readonly name: string;
}

export interface InstalledPart extends OrgPart {
  /** Lines that say all that the part says, in a fixed order: `label: Health Score`. */
  readonly lines: readonly string[];
}

export interface PartDifference extends OrgPart {
  readonly action: 'create' | 'change' | 'unchanged';
  /** What differs, in words; empty unless it is changed. */
  readonly changes: readonly string[];
}

/** What stands in the org against what the model wants. */
export interface InstallDifference {
  readonly parts: readonly PartDifference[];
  /** Installed by us once, no longer part of the model: told, not deleted. */
  readonly obsolete: readonly OrgPart[];
  /** Of the permission set that the integration user needs. */
  readonly assignment: 'create' | 'unchanged';
  /** Things that stand in the way, each a sentence with its mend. Nothing is applied while there are any. */
  readonly conflicts: readonly string[];
}

/** What the integration user can see of an installation, asked without any right to customise. */
export interface InstallStanding {
  /** `Object` and `Object.Field` of ours that are not there, or hidden from the user. */
  readonly missing: readonly string[];
  /** True when the integration permission set grants all that it should. */
  readonly granted: boolean;
  readonly assigned: boolean;
}

/** What taking our parts out of an org would take along. */
export interface Removal {
  /** In the order in which they go; what lies in an object goes with it. */
  readonly parts: readonly OrgPart[];
  /** Records that go with their object; none where there are none. */
  readonly records: readonly { readonly object: string; readonly count: number }[];
  /** Objects with records that people made or completed, as far as there are any. */
  readonly ofPeople: readonly string[];
  /** What somebody else added to an object of ours: it goes along. */
  readonly ofOthers: readonly string[];
}

/** Something wrong in a file that would be deployed. */
export interface FileProblem {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly sentence: string;
}

/** Putting our parts into the CRM, and taking them out again. */
export interface CrmInstaller {
  /** Of the user that we log in as. */
  readonly username: () => Promise<string>;
  /** Whether somebody with this username may log in. */
  readonly isActiveUser: (username: string) => Promise<boolean>;
  readonly difference: (model: OrgModel) => Promise<InstallDifference>;
  /** Carries the difference out, all or nothing; running it again finds nothing to do. */
  readonly apply: (model: OrgModel) => Promise<InstallDifference>;
  /** Everything of ours that the org holds, with what it says, for comparison with another org. */
  readonly installed: (model: OrgModel) => Promise<readonly InstalledPart[]>;
  readonly removal: (model: OrgModel) => Promise<Removal>;
  /** Takes everything of ours out again, all or nothing. What we did not make is not touched. */
  readonly remove: (model: OrgModel) => Promise<Removal>;
  readonly standing: (model: OrgModel) => Promise<InstallStanding>;
  /** What `apply` would deploy, as a source folder for somebody's own pipeline: path -> text. */
  readonly source: (model: OrgModel) => Promise<ReadonlyMap<string, string>>;
  /** Everything that is wrong in the files of such a folder; empty = it would be deployed. */
  readonly check: (model: OrgModel, files: ReadonlyMap<string, string>) => Promise<readonly FileProblem[]>;
}
