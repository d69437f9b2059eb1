import type { CreateOutcome, RecordToCreate } from '../../../ports/crm.js';
import { IntegrationError } from '../../../ports/errors.js';
import { refusalOf, refusalOfAll, type SaveResult, sendCollection } from './collections.js';
import { isCode, type SalesforceErrorCode, salesforceError } from './errors.js';
import { COLLECTION } from './forecast.js';
import { id18 } from './ids.js';
import type { Reading } from './reading.js';
import { chunks } from './records.js';
import { name } from './soql.js';

/** Inserts, 200 a request, in order. A request is not repeated once it may have been carried out. */
export async function create(
  reading: Reading,
  object: string,
  records: readonly RecordToCreate[],
): Promise<readonly CreateOutcome[]> {
  const operation = `create ${name(object)}`;
  if (new Set(records.map(({ key }) => key)).size < records.length) throw repeated(operation);
  const outcomes: CreateOutcome[] = [];
  for (const some of chunks(records, COLLECTION)) {
    try {
      outcomes.push(...(await send(reading, object, some)));
    } catch (error) {
      outcomes.push(...failedOutcomes(error, operation, { some, first: outcomes.length === 0 }));
    }
  }
  return outcomes;
}

async function send(
  reading: Reading,
  object: string,
  some: readonly RecordToCreate[],
): Promise<readonly CreateOutcome[]> {
  const records = some.map(({ values }) => ({ attributes: { type: object }, ...values }));
  const call = {
    operation: `create ${object}`,
    method: 'POST',
    path: '/composite/sobjects',
    body: { allOrNone: false, records },
    repeatable: false,
  } as const;
  const results = await sendCollection(reading, call, some.length);
  return some.map(({ key }, index) => outcomeOf(key, results[index]));
}

function outcomeOf(key: string, result: SaveResult | undefined): CreateOutcome {
  if (result?.success !== true) return { key, outcome: 'refused', refusal: refusalOf(result) };
  return typeof result.id === 'string'
    ? { key, outcome: 'created', id: id18(result.id) }
    : { key, outcome: 'unclear' };
}

/** Answers after which nothing was done. After any other failure the records have to be looked for. */
const NOTHING_DONE: readonly SalesforceErrorCode[] = [
  'SF_BUDGET_SPENT',
  'SF_DAILY_LIMIT',
  'SF_CONCURRENT_LIMIT',
  'SF_THROTTLED',
  'SF_SESSION_REFUSED',
  'SF_ACCESS_DENIED',
  'SF_API_DISABLED',
  'SF_FIELD_NOT_VISIBLE',
  'SF_OBJECT_NOT_VISIBLE',
  'SF_NOT_FOUND',
  'SF_REQUEST_REFUSED',
];

/** Thrown when nothing was done at all; an outcome of each record once earlier ones have theirs. */
function failedOutcomes(
  error: unknown,
  operation: string,
  { some, first }: { readonly some: readonly RecordToCreate[]; readonly first: boolean },
): readonly CreateOutcome[] {
  if (!(error instanceof IntegrationError)) throw error;
  // A log-in that failed names itself: the request was never sent.
  const nothingDone = error.operation !== operation || isCode(error, ...NOTHING_DONE);
  if (!nothingDone) return some.map(({ key }) => ({ key, outcome: 'unclear' }));
  if (first) throw error;
  return some.map(({ key }) => ({ key, outcome: 'refused', refusal: refusalOfAll(error) }));
}

function repeated(operation: string) {
  return salesforceError('SF_DUPLICATE_CHANGE', {
    operation,
    message: `Two records came with one key in one "${operation}".`,
  });
}
