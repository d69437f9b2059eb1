import type { SandboxClock } from '../clock.js';
import type { FaultBoard } from '../http/fault-board.js';
import { seeded } from '../seeded.js';
import type { Org } from './org.js';
import { startQuota } from './rules/quota.js';
import type { BaseProspects, OrgUser } from './store/base-prospects.js';
import type { Beginning } from './store/base-rows.js';
import { startMailings } from './store/mailings.js';
import { startProspects } from './store/prospects.js';
import type { ApiRecord } from './store/record.js';
import { type Rows, startRows } from './store/rows.js';
import { rulesetOf, type SequencePlan, sequenceOf } from './store/sequences.js';
import { startStates } from './store/states.js';
import { startTokens } from './store/tokens.js';
import { loginOf } from './store/users.js';

export interface OrgStart {
  readonly seed: number;
  readonly clock: SandboxClock;
  readonly faults: FaultBoard;
  readonly root: () => string;
  readonly accessToken: string;
  readonly prospects: BaseProspects;
  readonly users: readonly OrgUser[];
  readonly sequences: readonly SequencePlan[];
  readonly hourlyRequests: number;
  readonly limitsNow: () => number;
}

/** Ids of starting records and of those made later never meet. */
const ROOM_FOR_BASE = 1_000_000_000;

/** An account as it is before anybody calls: everything in it follows from the seed. */
export function openOrg(start: OrgStart): Org {
  const { seed, clock, accessToken } = start;
  const beginning = beginningOf(start);
  const { logins, sequences, openedAt, firstProspectId, firstStateId } = beginning;
  const setUp = start.sequences.map((plan, index) =>
    rulesetOf(plan, { id: sequences[index]?.id ?? 0, ownerId: null, openedAt }),
  );
  return {
    openedAt,
    clock,
    faults: start.faults,
    root: start.root,
    userId: logins[0]?.user.id ?? null,
    accounts: startRows({ lastId: 0 }),
    users: filled(logins.map(({ user }) => user)),
    mailboxes: filled(logins.map(({ mailbox }) => mailbox)),
    rulesets: filled(setUp),
    sequences: filled(sequences),
    prospects: startProspects(beginning, firstProspectId + ROOM_FOR_BASE),
    states: startStates(beginning, firstStateId + ROOM_FOR_BASE),
    mailings: startMailings(0),
    tokens: startTokens({ seed, clock, accessToken }),
    quota: startQuota({ hourly: start.hourlyRequests, now: start.limitsNow }),
  };
}

function beginningOf(start: OrgStart): Beginning {
  const draw = seeded(start.seed ^ 0x0712);
  const openedAt = Math.floor(start.clock.now());
  const firstUserId = draw.whole(100, 900, 1);
  const logins = start.users.map((person, index) => loginOf(person, firstUserId + index, openedAt));
  const firstSequenceId = draw.whole(2_000, 9_000, 2);
  const ownerId = logins[0]?.user.id ?? null;
  return {
    prospects: start.prospects,
    firstProspectId: draw.whole(2, 4, 3) * ROOM_FOR_BASE,
    firstStateId: draw.whole(6, 9, 4) * ROOM_FOR_BASE,
    openedAt,
    sequences: start.sequences.map((plan, index) =>
      sequenceOf(plan, { id: firstSequenceId + index * 7, ownerId, openedAt }),
    ),
    logins,
  };
}

function filled(records: readonly ApiRecord[]): Rows {
  const rows = startRows({ lastId: Math.max(0, ...records.map(({ id }) => id)) });
  for (const record of records) rows.write(record);
  return rows;
}
