import type { ApiRecord } from './record.js';
import { textOf } from './record.js';
import { type Rows, startRows } from './rows.js';

export interface MailingStore extends Rows {
  /** In the order of their ids. */
  readonly ofState: (stateId: number) => readonly ApiRecord[];
  readonly scheduled: () => readonly ApiRecord[];
  /** Delivered from this mailbox on this day (`2026-03-02`, UTC). */
  readonly sentOn: (mailboxId: number, day: string) => number;
}

export function startMailings(lastId: number): MailingStore {
  const byState = new Map<number, Set<number>>();
  const waiting = new Set<number>();
  const sent = new Map<string, number>();
  const idsOf = (stateId: number): readonly number[] => [...(byState.get(stateId) ?? [])];
  const rows = startRows({
    lastId,
    lookups: { 'sequenceState.id': (value) => idsOf(Number(value)) },
    onWrite: (before, after) => {
      if (after === null) return;
      const stateId = after.related.sequenceState ?? 0;
      byState.set(stateId, (byState.get(stateId) ?? new Set()).add(after.id));
      if (after.attributes.state === 'scheduled') waiting.add(after.id);
      else waiting.delete(after.id);
      const deliveredAt = textOf(after, 'deliveredAt');
      if (deliveredAt === '' || (before !== null && textOf(before, 'deliveredAt') !== '')) return;
      const key = keyOf(after.related.mailbox ?? 0, deliveredAt.slice(0, 10));
      sent.set(key, (sent.get(key) ?? 0) + 1);
    },
  });
  const present = (ids: Iterable<number>): readonly ApiRecord[] =>
    [...ids].map(rows.byId).filter((record) => record !== null);
  return {
    ...rows,
    ofState: (stateId) => present(idsOf(stateId)),
    scheduled: () => present(waiting),
    sentOn: (mailboxId, day) => sent.get(keyOf(mailboxId, day)) ?? 0,
  };
}

function keyOf(mailboxId: number, day: string): string {
  return `${mailboxId}/${day}`;
}
