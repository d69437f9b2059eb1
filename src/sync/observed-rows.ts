import type { CrmValue } from '../ports/crm.js';
import type { EngagementEvent } from '../ports/marketing.js';
import type { LedgerEntry, StoredRow } from '../ports/state-store.js';
import type { Run } from './context.js';

/** What came of our own work is kept like any other row: it changes the account, and assess sees it. */
export function eventRow(
  run: Run,
  event: EngagementEvent,
  of: { readonly account: string; readonly contact: string },
): StoredRow {
  const { id, person, kind, at, channel, target } = event;
  return {
    id: `${id}@${of.account}`,
    accountId: of.account,
    stamp: 0,
    values: { on: run.dayOf(at), at, kind, channel, target, person, contactId: of.contact },
    held: null,
  };
}

/** A message that went out, with the hash of the facts that went along. */
export function sentRow(entry: LedgerEntry, carried: string | null): StoredRow {
  const { key, account, day, at, channel, target, person, contact, playbook, episode, touchDays } = entry;
  const until = Math.max(day, ...touchDays);
  return {
    id: `sent:${key}`,
    accountId: account,
    stamp: 0,
    values: {
      ...{ on: day, at, kind: 'sent', channel, target, person, contactId: contact },
      ...{ carried, playbook, episode, until },
    },
    held: null,
  };
}

/** A task as it stands in the CRM. */
export function taskRow(
  run: Run,
  entry: LedgerEntry,
  state: {
    readonly dueOn: number | null;
    readonly closed: boolean;
    readonly closedOn: number | null;
    readonly owner: CrmValue;
  },
): StoredRow {
  const { account, day, episode, step, playbook, person } = entry;
  const { dueOn, closed, closedOn, owner } = state;
  return {
    id: entry.made ?? entry.key,
    accountId: account,
    stamp: 0,
    values: {
      openedOn: day,
      dueOn: dueOn ?? run.today,
      closed,
      closedOn,
      episode,
      step,
      playbook,
      person: person === '-' ? null : person,
      ownerId: typeof owner === 'string' ? owner : null,
    },
    held: null,
  };
}
