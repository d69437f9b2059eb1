import type { IntegrationError, Refusal } from '../../../ports/errors.js';
import type { EnrolmentRequest } from '../../../ports/marketing.js';
import { configError } from './errors.js';
import { senderUnknown, sequenceNotShared } from './refusals.js';
import type { SeenSequence, SequenceDirectory } from './sequence-directory.js';

/** By address as asked: how the sender sees the sequence, or why the sender can't send. */
export type Senders = ReadonlyMap<string, SeenSequence | Refusal>;

/** Each sender is asked about once, however many people the sender writes to. */
export async function sendersOf(
  directory: SequenceDirectory,
  target: string,
  requests: readonly EnrolmentRequest[],
): Promise<Senders> {
  const senders = new Map<string, SeenSequence | Refusal>();
  for (const address of new Set(requests.map(({ senderEmail }) => senderEmail))) {
    senders.set(address, await senderOf(directory, target, address));
  }
  return senders;
}

async function senderOf(
  directory: SequenceDirectory,
  target: string,
  address: string,
): Promise<SeenSequence | Refusal> {
  const userId = await directory.userOf(address);
  if (userId === null) return senderUnknown();
  const sequenceId = await directory.sequenceOf(userId, target);
  if (sequenceId !== null) return { userId, sequenceId };
  if ((await directory.anySequence(target)) === null) throw noSuchSequence(target);
  return sequenceNotShared(target);
}

export function noSuchSequence(target: string): IntegrationError {
  return configError('HUBSPOT_SEQUENCE_MISSING', 'find sequence', {
    message: `HubSpot has no sequence named "${target}".`,
    actions: [`Make a sequence named "${target}" in HubSpot and share it, or correct the playbook's target.`],
  });
}
