import type { Clock } from '../../../ports/clock.js';
import type { CrmValue, ObjectDescription, OrgProfile, RecordChange } from '../../../ports/crm.js';
import type { Refusal } from '../../../ports/errors.js';

export interface MemoryOrg {
  readonly org: OrgProfile;
  readonly objects: readonly ObjectDescription[];
  readonly clock: Clock;
  /** Rows in one page of a pull. */
  readonly pageSize: number;
  /** What a `where` text means; this adapter reads no SOQL. */
  readonly meaning: (where: string) => (values: Readonly<Record<string, CrmValue>>) => boolean;
  /** Why a change, or a new record (its id is empty), is not taken; null = taken. */
  readonly refuse: (object: string, change: RecordChange) => Refusal | null;
}
