import type { SandboxClock } from '../clock.js';
import type { FaultBoard } from '../http/fault-board.js';
import type { Quota } from './rules/quota.js';
import type { ObjectKind } from './schema/property.js';
import type { PropertyTable } from './schema/property-table.js';
import type { AssociationStore } from './store/associations.js';
import type { ConsentStore } from './store/consent.js';
import type { Histories } from './store/histories.js';
import type { ListStore } from './store/lists.js';
import type { ObjectStore } from './store/objects.js';
import type { SequenceStore } from './store/sequences.js';
import type { UserStore } from './store/users.js';

/** One kind of record: its rows and its properties. */
export interface ObjectRoom {
  readonly portalId: number;
  readonly clock: SandboxClock;
  readonly kind: ObjectKind;
  readonly rows: ObjectStore;
  readonly table: PropertyTable;
  readonly histories: Histories;
  /** Whether contacts that an API call makes become marketing contacts: a setting of the account, for each app. */
  readonly madeAreMarketing: boolean;
}

/** Everything that one HubSpot account holds. */
export interface Portal {
  readonly portalId: number;
  readonly timeZone: string;
  /** When the account was opened, in milliseconds since 1970. */
  readonly openedAt: number;
  /** Batch consent endpoints exist only in Enterprise. */
  readonly edition: 'professional' | 'enterprise';
  readonly clock: SandboxClock;
  readonly faults: FaultBoard;
  readonly contacts: ObjectRoom;
  readonly companies: ObjectRoom;
  readonly associations: AssociationStore;
  readonly lists: ListStore;
  readonly sequences: SequenceStore;
  readonly consent: ConsentStore;
  readonly users: UserStore;
  readonly quota: Quota;
  /** How long a write stays out of sight of search, in milliseconds. */
  readonly searchLagMs: number;
}
