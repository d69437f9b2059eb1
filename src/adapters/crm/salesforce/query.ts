import type { IntegrationError } from '../../../ports/errors.js';
import type { Client } from './client.js';
import { isCode } from './errors.js';
import { parseAnswer } from './parse.js';
import { answerError } from './responses.js';
import { compositeAnswer, type QueryAnswer, queryAnswer } from './schema.js';

export type Row = Readonly<Record<string, unknown>>;

/** The platform allows five queries in one composite request. */
export const QUERIES_TOGETHER = 5;

export type QueryOutcome =
  /** `next` = where the rest is to be had, null when these rows are all. */
  { readonly rows: readonly Row[]; readonly next: string | null } | { readonly error: IntegrationError };

/** Up to five small queries for the price of one request, each with its own outcome. */
export async function queryTogether(
  client: Client,
  apiVersion: string,
  queries: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, QueryOutcome>> {
  const operation = `query ${Object.keys(queries).join(', ')}`;
  const answer = await client.rest({
    kind: 'query',
    operation,
    method: 'POST',
    path: '/composite',
    body: {
      allOrNone: false,
      compositeRequest: Object.entries(queries).map(([referenceId, soql]) => ({
        method: 'GET',
        url: `/services/data/v${apiVersion}/query?q=${encodeURIComponent(soql)}`,
        referenceId,
      })),
    },
    repeatable: true,
  });
  const { compositeResponse } = parseAnswer(compositeAnswer, answer.body, operation);
  return new Map(
    compositeResponse.map((part) => [part.referenceId, outcomeOf(part.httpStatusCode, part.body, operation)]),
  );
}

function outcomeOf(status: number, body: unknown, operation: string): QueryOutcome {
  if (status < 400) {
    const { records, nextRecordsUrl } = parseAnswer(queryAnswer, body, operation);
    return { rows: records, next: nextRecordsUrl ?? null };
  }
  const failed = { status, headers: new Headers(), body: JSON.stringify(body) };
  const error = answerError(failed, { operation, repeatable: true });
  if (isCode(error, 'SF_UNAVAILABLE', 'SF_THROTTLED', 'SF_CONCURRENT_LIMIT')) throw error;
  return { error };
}

/** The rows, or the error thrown. A query that was not answered at all counts as empty. */
export function rowsOf(outcome: QueryOutcome | undefined): readonly Row[] {
  if (outcome === undefined) return [];
  if ('error' in outcome) throw outcome.error;
  return outcome.rows;
}

/** The first row of a question whose refusal is an answer, too. */
export function firstRow(outcome: QueryOutcome | undefined): Row | undefined {
  return outcome !== undefined && 'rows' in outcome ? outcome.rows[0] : undefined;
}

export interface QueryPage extends QueryAnswer {
  /** The `Date` of the answer; null when it had none. */
  readonly answeredAt: number | null;
}

/** One page: of a new query, or of a cursor (`nextRecordsUrl`). */
export async function queryPage(client: Client, path: string, operation: string): Promise<QueryPage> {
  const answer = await client.rest({ kind: 'query', operation, method: 'GET', path, repeatable: true });
  const at = Date.parse(answer.headers.get('date') ?? '');
  return { ...parseAnswer(queryAnswer, answer.body, operation), answeredAt: Number.isNaN(at) ? null : at };
}

/** A cursor as a path of the instance: jsforce makes it a whole address. */
export function pathOf(nextRecordsUrl: string): string {
  return nextRecordsUrl.replace(/^https?:\/\/[^/]+/, '');
}
