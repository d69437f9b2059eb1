import type { SandboxClock } from '../clock.js';
import type { FaultBoard } from '../http/fault-board.js';
import type { Quota } from './rules/quota.js';
import type { MailingStore } from './store/mailings.js';
import type { ProspectStore } from './store/prospects.js';
import type { Rows } from './store/rows.js';
import type { StateStore } from './store/states.js';
import type { TokenStore } from './store/tokens.js';

/** Everything that one Outreach account holds. */
export interface Org {
  /** When the account was opened, in milliseconds since 1970. */
  readonly openedAt: number;
  readonly clock: SandboxClock;
  readonly faults: FaultBoard;
  /** `http://127.0.0.1:PORT/api/v2` */
  readonly root: () => string;
  /** Whom the tokens belong to; null when the account has no users. */
  readonly userId: number | null;
  readonly accounts: Rows;
  readonly users: Rows;
  readonly mailboxes: Rows;
  readonly rulesets: Rows;
  readonly sequences: Rows;
  readonly prospects: ProspectStore;
  readonly states: StateStore;
  readonly mailings: MailingStore;
  readonly tokens: TokenStore;
  readonly quota: Quota;
}
