import type { BaseProspect, BaseProspects } from './base-prospects.js';
import { type ApiRecord, isoTime } from './record.js';
import type { BaseRows } from './rows.js';
import type { Login } from './users.js';

const DAY_MS = 86_400_000;

export interface Beginning {
  readonly prospects: BaseProspects;
  readonly firstProspectId: number;
  readonly firstStateId: number;
  /** When the account was opened, in milliseconds since 1970; prospects came in the three years before it. */
  readonly openedAt: number;
  readonly sequences: readonly ApiRecord[];
  readonly logins: readonly Login[];
}

/** The starting prospects as records: id, owner and times follow from the slot. */
export function prospectRows(beginning: Beginning): BaseRows {
  const { prospects, firstProspectId } = beginning;
  return {
    count: prospects.count,
    firstId: firstProspectId,
    at: (index) => {
      const prospect = prospects.at(index);
      return prospect === null ? null : prospectOf(prospect, index, beginning);
    },
  };
}

/** The starting sequence states: one slot for each prospect, empty when it was never in a sequence. */
export function stateRows(beginning: Beginning): BaseRows {
  const { prospects, firstStateId } = beginning;
  return {
    count: prospects.count,
    firstId: firstStateId,
    at: (index) => {
      const prospect = prospects.at(index);
      const sequence = prospect === null ? null : beginning.sequences[prospect.sequence ?? -1];
      return prospect === null || sequence === null || sequence === undefined
        ? null
        : stateOf({ prospect, sequence }, index, beginning);
    },
  };
}

function prospectOf(prospect: BaseProspect, index: number, beginning: Beginning): ApiRecord {
  const { email, firstName, lastName, companyName, optedOut } = prospect;
  const createdAt = isoTime(beginning.openedAt - (30 + (index % 1_000)) * DAY_MS);
  const touchedAt = prospect.sequence === null ? null : isoTime(addedAt(index, beginning.openedAt));
  const owner = loginAt(beginning, index)?.user.id ?? null;
  return {
    id: beginning.firstProspectId + index,
    attributes: {
      emails: [email],
      firstName,
      lastName,
      name: `${firstName} ${lastName}`.trim(),
      company: companyName === '' ? null : companyName,
      externalSource: 'import',
      touchedAt,
      ...(optedOut ? optedOutSince(createdAt) : {}),
      createdAt,
      updatedAt: touchedAt ?? createdAt,
    },
    related: { owner, creator: owner, account: null },
  };
}

/** What an opted-out prospect carries; without granular opt-out it is one for all channels. */
export function optedOutSince(at: string) {
  return {
    optedOut: true,
    optedOutAt: at,
    emailOptedOut: true,
    callOptedOut: true,
    emailsOptStatus: 'opted_out',
    emailsOptedAt: at,
  };
}

interface Member {
  readonly prospect: BaseProspect;
  readonly sequence: ApiRecord;
}

function stateOf({ prospect, sequence }: Member, index: number, beginning: Beginning): ApiRecord {
  const added = isoTime(addedAt(index, beginning.openedAt));
  const login = loginAt(beginning, index);
  return {
    id: beginning.firstStateId + index,
    attributes: {
      state: startingState(prospect, sequence),
      activeAt: added,
      deliverCount: 1,
      stateChangedAt: added,
      createdAt: added,
      updatedAt: added,
    },
    related: {
      prospect: beginning.firstProspectId + index,
      sequence: sequence.id,
      mailbox: login?.mailbox.id ?? null,
      user: login?.user.id ?? null,
      creator: login?.user.id ?? null,
    },
  };
}

function startingState(prospect: BaseProspect, sequence: ApiRecord): string {
  if (prospect.optedOut) return 'opted_out';
  if (prospect.finished) return 'finished';
  return sequence.attributes.enabled === true ? 'active' : 'disabled';
}

function loginAt({ logins }: Beginning, index: number): Login | undefined {
  return logins[index % Math.max(1, logins.length)];
}

/** When the prospect at this slot joined its sequence. */
function addedAt(index: number, openedAt: number): number {
  return openedAt - (1 + (index % 20)) * DAY_MS;
}
