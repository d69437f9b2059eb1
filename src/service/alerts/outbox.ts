import type { Instant } from '../../domain/day.js';
import type { Log } from '../../ports/log.js';
import type { Messenger, OutgoingMessage } from '../../ports/messenger.js';
import type { NoteStore } from '../../ports/state-store.js';
import { reasonOf } from '../every.js';

/** A message that one messenger has not taken yet. */
interface Waiting {
  readonly to: Messenger['id'];
  readonly message: OutgoingMessage;
  readonly since: Instant;
}

const NOTE = 'alerts-outbox';
/** A messenger that is down for longer has lost what was said before. */
const KEPT_MS = 24 * 3_600_000;
const MOST = 100;

export interface Outbox {
  readonly notes: NoteStore;
  readonly messengers: readonly Messenger[];
  readonly log: Log;
  readonly now: Instant;
}

/**
 * Sends these and what waits from before; what a messenger does not take waits for the next time. Never
 * throws for a messenger: telling people must not stop the work that it tells of. Returns how many went out.
 */
export async function post(outbox: Outbox, messages: readonly OutgoingMessage[]): Promise<number> {
  const { notes, messengers, log, now } = outbox;
  if (messengers.length === 0 && messages.length > 0)
    for (const { subject } of messages) log.warn('An alert has nobody to go to', { subject });
  const waiting = ((await notes.get(NOTE)) ?? []) as readonly Waiting[];
  const fresh = messages.flatMap((message) =>
    messengers.map(({ id }): Waiting => ({ to: id, message, since: now })),
  );
  const left: Waiting[] = [];
  let sent = 0;
  for (const messenger of messengers) {
    const own = [...waiting, ...fresh].filter(({ to }) => to === messenger.id);
    const unsent = await sendAll(messenger, own, log);
    sent += own.length - unsent.length;
    left.push(...unsent);
  }
  const kept = left.filter(({ since }) => now - since < KEPT_MS).slice(-MOST);
  if (kept.length > 0) await notes.set(NOTE, kept);
  else if (waiting.length > 0) await notes.remove(NOTE);
  return sent;
}

/** In order; after the first that is not taken the rest waits, too. */
async function sendAll(messenger: Messenger, own: readonly Waiting[], log: Log): Promise<readonly Waiting[]> {
  for (const [index, { message }] of own.entries()) {
    try {
      await messenger.send(message);
    } catch (error) {
      log.warn('A message was not taken', { messenger: messenger.id, ...reasonOf(error) });
      return own.slice(index);
    }
  }
  return [];
}
