import { CHANNELS } from '../../domain/engagement/channel.js';
import type { EnrolmentRequest } from '../../ports/marketing.js';
import type { LedgerEntry } from '../../ports/state-store.js';
import type { Tools } from '../../sync/context.js';
import type { FoundPerson } from './find-person.js';

/** Places in lists, sequences and campaigns, by channel and what came of leaving. */
export type Left = Readonly<Record<string, number>>;

/** Takes somebody out of everything that we put them into and that they have not left; counts only unless `apply`. */
export async function leaveAll(
  { state, channels }: Pick<Tools, 'state' | 'channels'>,
  { persons }: FoundPerson,
  apply: boolean,
): Promise<Left> {
  const counts: Record<string, number> = {};
  for (const person of persons) {
    for (const entry of (await state.ledger.ofPerson(person)).filter(isIn)) {
      const channel = channels.get(entry.channel);
      const [outcome] =
        apply && channel !== undefined ? await channel.leave(entry.target, [requestOf(entry)]) : [];
      const how = channel === undefined ? 'not connected' : (outcome?.outcome ?? 'would leave');
      const name = `${entry.channel}: ${how}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}

function isIn({ channel, status, leftOn, recordId, contact }: LedgerEntry): boolean {
  const reached = status === 'enrolled' || status === 'already' || status === 'unclear';
  const known = recordId !== null || contact !== null;
  return reached && known && leftOn === null && CHANNELS[channel].reaches === 'person';
}

function requestOf(entry: LedgerEntry): EnrolmentRequest {
  return {
    key: entry.key,
    account: entry.account,
    contactId: entry.contact,
    person: entry.person,
    recordId: entry.recordId ?? entry.contact ?? '',
    senderEmail: entry.sender ?? '',
    since: entry.day,
    task: null,
    facts: {},
  };
}
