import type { OrgModel } from './org-model.js';

/** One thing of ours in an org, by its kind (`CustomField`) and name (`Account.Truenorth_Score__c`). */
export interface OrgPart {
  readonly type: string;
  readonly name: string;
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

/** Putting our parts into the CRM, and taking them out again. */
export interface CrmInstaller {
  readonly difference: (model: OrgModel) => Promise<InstallDifference>;
  /** Carries the difference out, all or nothing; running it again finds nothing to do. */
  readonly apply: (model: OrgModel) => Promise<InstallDifference>;
  readonly standing: (model: OrgModel) => Promise<InstallStanding>;
}
