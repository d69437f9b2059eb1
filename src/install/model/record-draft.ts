import type { CrmRecordField, CrmRecordKind } from '../../ports/crm-records.js';
import type { OrgObject } from '../../ports/org-model.js';
import type { FieldDraft } from './field-draft.js';

/** An object of ours in plain words, with a text for every field that its records have. */
export interface RecordDraft<Kind extends CrmRecordKind> {
  readonly label: string;
  readonly plural: string;
  readonly description: string;
  readonly numbering: OrgObject['numbering'];
  readonly sharing: OrgObject['sharing'];
  readonly ofPeople: boolean;
  readonly fields: Readonly<Record<CrmRecordField<Kind>, FieldDraft>>;
}
