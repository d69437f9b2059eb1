import type { WriteOutcome } from '../../../ports/crm.js';
import type { IntegrationError, Refusal } from '../../../ports/errors.js';
import type { Call } from './client.js';
import { salesforceError } from './errors.js';
import { COLLECTION } from './forecast.js';
import { parseAnswer } from './parse.js';
import type { Reading } from './reading.js';
import { chunks } from './records.js';
import { refusal } from './refusals.js';
import { saveResults } from './schema.js';

/** No assignment rules, no stop at duplicate alerts: what we write is not a new fact about who owns what. */
const MANNERS = {
  'Sforce-Auto-Assign': 'FALSE',
  'Sforce-Duplicate-Rule-Header': 'allowSave=true',
};

export type SaveResult = ReturnType<typeof saveResults.parse>[number];

/** One request of at most 200 records; its results in the order of the request. */
export async function sendCollection(
  reading: Reading,
  call: Pick<Call, 'operation' | 'method' | 'path' | 'body' | 'repeatable'>,
  sent: number,
): Promise<readonly SaveResult[]> {
  const answer = await reading.client.rest({ kind: 'collections', headers: MANNERS, ...call });
  const results = parseAnswer(saveResults, answer.body, call.operation);
  if (results.length === sent) return results;
  throw salesforceError('SF_COUNT_MISMATCH', {
    operation: call.operation,
    message: `${sent} records were sent and ${results.length} results came back.`,
  });
}

export function refusalOf(result: SaveResult | undefined): Refusal {
  const error = result?.errors[0];
  return refusal(error?.statusCode ?? 'UNKNOWN_EXCEPTION', error?.message ?? '', error?.fields ?? []);
}

/** A request that failed as a whole, told of each of its records: records of earlier requests keep their outcomes. */
export function refusalOfAll(error: IntegrationError): Refusal {
  return {
    code: error.code,
    message: error.message,
    fields: [],
    retryable: error.retryable || error.kind === 'RateLimited',
    advice: error.actions.join(' '),
  };
}

/** Locked rows are tried again in ever smaller companies, so that one busy record holds up few others. */
const SIZES = [COLLECTION, 50, 10] as const;
const LOCK_WAIT_MS = 2000;

/** Only for what may be sent twice. */
export async function* inSmallerCompanies<Item>(
  reading: Reading,
  items: readonly Item[],
  send: (some: readonly Item[]) => Promise<readonly WriteOutcome[]>,
): AsyncGenerator<readonly WriteOutcome[]> {
  let waiting = items;
  for (const [round, size] of SIZES.entries()) {
    const last = round === SIZES.length - 1;
    const locked: Item[] = [];
    for (const some of chunks(waiting, size)) {
      const outcomes = await send(some);
      const settled = outcomes.filter((outcome) => last || !isLocked(outcome));
      if (settled.length > 0) yield settled;
      locked.push(...some.filter((_, index) => !last && isLocked(outcomes[index])));
    }
    if (locked.length === 0) return;
    reading.log.info('records were locked, trying again in smaller groups', { rows: locked.length });
    await reading.clock.sleep(Math.round(LOCK_WAIT_MS * (round + 0.5 + reading.retry.random())));
    waiting = locked;
  }
}

export function isLocked(outcome: WriteOutcome | undefined): boolean {
  return outcome !== undefined && !outcome.ok && outcome.refusal.code === 'UNABLE_TO_LOCK_ROW';
}
