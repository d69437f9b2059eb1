import type { Touches } from '../../../domain/engagement/channel.js';
import { IntegrationError } from '../../../ports/errors.js';
import type { Context } from './context.js';
import { contentRefused } from './errors.js';
import { SEQUENCE_DETAIL, type SequenceDetail } from './schema.js';
import type { SeenSequence, SequenceDirectory } from './sequence-directory.js';

const DAY_MS = 86_400_000;
/** An adaptive container's content is not told; it is taken for one e-mail. */
const MAIL_STEPS: readonly string[] = ['EMAIL', 'ADAPTIVE_CONTAINER'];

/** Reads what a sequence sends, once for each sequence. What can't be read now is unknown; a refused token is thrown. */
export function sequenceTouches(
  context: Context,
  directory: SequenceDirectory,
): (target: string) => Promise<Touches | null> {
  const known = new Map<string, Touches>();
  const read = async (target: string): Promise<Touches | null> => {
    const sequence = await directory.anySequence(target);
    return sequence === null ? null : touchesOf(await detailOf(context, sequence));
  };
  return async (target) => {
    try {
      const touches = known.get(target) ?? (await read(target));
      if (touches !== null) known.set(target, touches);
      return touches;
    } catch (error) {
      if (!(error instanceof IntegrationError) || !(error.retryable || contentRefused(error))) throw error;
      context.log.warn('the steps of a sequence could not be read', { target, code: error.code });
      return null;
    }
  };
}

function detailOf(context: Context, { sequenceId, userId }: SeenSequence): Promise<SequenceDetail> {
  return context.client.send({
    kind: 'sequences',
    method: 'GET',
    path: context.paths.sequence(sequenceId),
    query: { userId },
    answer: SEQUENCE_DETAIL,
    repeat: 'repeatable',
  });
}

/**
 * `delayMillis` is taken for the wait since the step before (the specification of 2026-08-21 calls it the step's
 * delay, no more). Days that are no working days stretch it, unless mail goes out every day.
 */
export function touchesOf({ steps, settings }: SequenceDetail): Touches {
  const inOrder = steps.toSorted((one, other) => one.stepOrder - other.stepOrder);
  const lastMail = inOrder.findLastIndex(isMail);
  const wait = inOrder.slice(0, lastMail + 1).reduce((sum, step) => sum + step.delayMillis, 0);
  const days = Math.floor(wait / DAY_MS);
  const stretch = (settings?.eligibleFollowUpDays ?? 'EVERYDAY') === 'EVERYDAY' ? 0 : 2 * Math.ceil(days / 5);
  return { count: inOrder.filter(isMail).length, days: days + stretch + 1 };
}

function isMail({ actionType }: { readonly actionType: string }): boolean {
  return MAIL_STEPS.includes(actionType);
}
