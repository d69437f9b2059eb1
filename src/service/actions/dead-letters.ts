import { quarrelled, retryContested } from '../../sync/quarrels.js';
import { type Change, noteChange } from '../audited.js';
import type { Asker, Desk } from '../desk.js';
import { absent } from '../refusal.js';

export interface Retried {
  /** Records and fields that the next run tries again. */
  readonly retried: number;
  /** Of those: fields that others had changed. */
  readonly contested: number;
}

/** Lets refused records and contested fields be tried again by the next run: all, or those with these ids. */
export async function retryLetters(
  desk: Desk,
  ids: readonly string[] | 'all',
  asker: Asker,
): Promise<Retried> {
  if (ids !== 'all') await requireWaiting(desk, ids);
  const { state } = desk;
  const contested = await retryContested(state, ids);
  const retried = (await state.deadLetters.retry(ids)) + contested;
  await noteChange(desk, asker, retryChange(ids, { retried, contested }));
  return { retried, contested };
}

/** A retry as the audit has it. */
export function retryChange(ids: readonly string[] | 'all', { retried, contested }: Retried): Change {
  const subject = ids === 'all' ? 'all' : ids.join(',');
  return { what: 'retry dead letters', subject, particulars: { retried, contested } };
}

/** Who names what does not wait has mistyped: nothing is tried again then. */
async function requireWaiting({ state }: Desk, ids: readonly string[]): Promise<void> {
  const waiting = await state.deadLetters.known(ids);
  const fields = new Set(await quarrelled(state.notes));
  const unknown = ids.filter((id) => !waiting.has(id) && !fields.has(id));
  if (unknown.length > 0) throw notWaiting(unknown);
}

/** Lets go of a refused record: it is not tried again before its content changes by itself. */
export async function discardLetter(desk: Desk, id: string, asker: Asker): Promise<void> {
  const discarded = await desk.state.deadLetters.discard([id]);
  if (discarded === 0) throw notWaiting([id]);
  await noteChange(desk, asker, { what: 'discard dead letter', subject: id, particulars: {} });
}

function notWaiting(ids: readonly string[]) {
  return absent({
    code: 'NOT_WAITING',
    message: `No refused record ${ids.slice(0, 10).join(', ')} waits.`,
    action: 'Take an id from the list of dead letters: it may have been settled by a run meanwhile.',
    operation: 'retry',
  });
}
