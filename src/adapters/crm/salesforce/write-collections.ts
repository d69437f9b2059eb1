import type { RecordChange, WriteOutcome } from '../../../ports/crm.js';
import { salesforceError } from './errors.js';
import { COLLECTION } from './forecast.js';
import { parseAnswer } from './parse.js';
import type { Reading } from './reading.js';
import { chunks } from './records.js';
import { refusal } from './refusals.js';
import { saveResults } from './schema.js';

/** Locked rows are tried again in ever smaller companies, so that one busy record holds up few others. */
const SIZES = [COLLECTION, 50, 10] as const;
const LOCK_WAIT_MS = 2000;

/** No assignment rules, no stop at duplicate alerts: what we write is not a new fact about who owns what. */
const MANNERS = {
  'Sforce-Auto-Assign': 'FALSE',
  'Sforce-Duplicate-Rule-Header': 'allowSave=true',
};

export async function* writeCollections(
  reading: Reading,
  object: string,
  changes: readonly RecordChange[],
): AsyncGenerator<readonly WriteOutcome[]> {
  let waiting = changes;
  for (const [round, size] of SIZES.entries()) {
    const last = round === SIZES.length - 1;
    const locked: RecordChange[] = [];
    for (const some of chunks(waiting, size)) {
      const outcomes = await send(reading, object, some);
      const settled = outcomes.filter((outcome) => last || !isLocked(outcome));
      if (settled.length > 0) yield settled;
      locked.push(...some.filter((_, index) => !last && isLocked(outcomes[index])));
    }
    if (locked.length === 0) return;
    reading.log.info('records were locked, trying again in smaller groups', { object, rows: locked.length });
    await reading.clock.sleep(Math.round(LOCK_WAIT_MS * (round + 0.5 + reading.retry.random())));
    waiting = locked;
  }
}

export function isLocked(outcome: WriteOutcome | undefined): boolean {
  return outcome !== undefined && !outcome.ok && outcome.refusal.code === 'UNABLE_TO_LOCK_ROW';
}

/** One request. Field updates may be sent again after a lost answer: the second changes nothing more. */
async function send(
  reading: Reading,
  object: string,
  changes: readonly RecordChange[],
): Promise<readonly WriteOutcome[]> {
  const operation = `update ${object}`;
  const answer = await reading.client.rest({
    kind: 'collections',
    operation,
    method: 'PATCH',
    path: '/composite/sobjects',
    headers: MANNERS,
    body: {
      allOrNone: false,
      records: changes.map(({ id, values }) => ({ attributes: { type: object }, id, ...values })),
    },
    repeatable: true,
  });
  const results = parseAnswer(saveResults, answer.body, operation);
  if (results.length !== changes.length) throw wrongCount(operation, results.length, changes.length);
  return changes.map(({ id }, index) => outcomeOf(id, results[index]));
}

type SaveResult = ReturnType<typeof saveResults.parse>[number];

/** Results come in the order of the request. */
function outcomeOf(id: string, result: SaveResult | undefined): WriteOutcome {
  if (result?.success) return { id, ok: true };
  const error = result?.errors[0];
  return {
    id,
    ok: false,
    refusal: refusal(error?.statusCode ?? 'UNKNOWN_EXCEPTION', error?.message ?? '', error?.fields ?? []),
  };
}

function wrongCount(operation: string, got: number, sent: number) {
  return salesforceError('SF_COUNT_MISMATCH', {
    operation,
    message: `${sent} records were sent and ${got} results came back.`,
  });
}
