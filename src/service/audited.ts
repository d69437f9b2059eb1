import type { AuditEntry } from '../ports/service-store.js';
import type { Asker, Desk } from './desk.js';

/** A change as it is written down: a verb and a noun, the id of the thing, and what else there is to say. */
export type Change = Pick<AuditEntry, 'what' | 'subject' | 'particulars'>;

/** Writes down who has changed what, in the audit and in the log. */
export async function noteChange(
  { store, clock, log }: Pick<Desk, 'store' | 'clock' | 'log'>,
  asker: Asker,
  change: Change,
): Promise<void> {
  await store.audit.add({ at: clock.now(), ...asker, ...change });
  const { what, subject } = change;
  log.info('Somebody changed something', { ...asker, what, subject });
}
