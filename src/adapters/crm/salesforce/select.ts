import type { Criterion, CrmRecord } from '../../../ports/crm.js';
import { type RowShape, readJson, toRecord, type ValueType } from './convert.js';
import { salesforceError } from './errors.js';
import { pathOf, QUERIES_TOGETHER, queryPage, queryTogether, type Row, rowsOf } from './query.js';
import type { Reading } from './reading.js';
import { chunks, columns, shapeOf } from './records.js';
import { atLeast, below, name, oneOf, quote, select } from './soql.js';

/** An address and its headers may have 16 KB together; the rest is left to the access token. */
const LONGEST_ADDRESS = 12_000;

/** Living records that meet all criteria. Long lists are cut, and five pieces asked in one request. */
export async function selectRecords(
  reading: Reading,
  object: string,
  ask: { readonly fields: readonly string[]; readonly criteria: readonly Criterion[] },
): Promise<readonly CrmRecord[]> {
  if (ask.criteria.some((one) => 'in' in one && one.in.length === 0)) return [];
  const asked = [...ask.fields, ...ask.criteria.map(({ field }) => field)];
  const shape = await shapeOf(reading, object, asked);
  const queries = pieces(object, { ...shape, fields: ask.fields }, ask.criteria);
  const found = new Map<string, CrmRecord>();
  for (const together of chunks(queries, QUERIES_TOGETHER)) {
    for await (const rows of rowsOfAll(reading, object, together)) {
      for (const row of rows) {
        const record = toRecord(readJson(row), { ...shape, fields: ask.fields });
        found.set(record.id, record);
      }
    }
  }
  return [...found.values()];
}

type List = Extract<Criterion, { readonly in: readonly string[] }>;

/** The longest list is spread over as many queries as it takes; all the other criteria stand in each. */
function pieces(object: string, shape: RowShape, criteria: readonly Criterion[]): readonly string[] {
  const lists = criteria.filter((one): one is List => 'in' in one);
  const [longest] = lists.toSorted((a, b) => b.in.length - a.in.length);
  const others = criteria.filter((one) => one !== longest).map((one) => condition(one, shape.types));
  const soql = (some: readonly string[]): string =>
    select({
      object,
      fields: columns(shape),
      conditions: [...others, longest === undefined ? null : oneOf(longest.field, some)],
    });
  return longest === undefined ? [soql([])] : cut([...new Set(longest.in)], soql);
}

/** As many texts in each query as its address can take, at least one. */
function cut(texts: readonly string[], soql: (some: readonly string[]) => string): readonly string[] {
  const space = LONGEST_ADDRESS - encodeURIComponent(soql([])).length;
  const queries: string[] = [];
  let some: string[] = [];
  let length = 0;
  for (const text of texts) {
    const more = encodeURIComponent(`${quote(text)},`).length;
    if (some.length > 0 && length + more > space) {
      queries.push(soql(some));
      some = [];
      length = 0;
    }
    some.push(text);
    length += more;
  }
  return [...queries, soql(some)];
}

function condition(criterion: Criterion, types: ReadonlyMap<string, ValueType>): string {
  if ('in' in criterion) return oneOf(criterion.field, [...new Set(criterion.in)]);
  if ('is' in criterion) return `${name(criterion.field)} = ${criterion.is}`;
  return 'below' in criterion
    ? below(criterion.field, criterion.below, types.get(criterion.field))
    : atLeast(criterion.field, criterion.atLeast, types.get(criterion.field));
}

/** Rows of up to five queries in one request, and the pages behind them. */
async function* rowsOfAll(
  reading: Reading,
  object: string,
  queries: readonly string[],
): AsyncGenerator<readonly Row[]> {
  const named = Object.fromEntries(queries.map((soql, index) => [`${object}${index + 1}`, soql]));
  const outcomes = await queryTogether(reading.client, reading.apiVersion, named);
  for (const query of Object.keys(named)) {
    const outcome = outcomes.get(query);
    // Taken for empty, it would be read as "not there" and made again.
    if (outcome === undefined) throw unanswered(object);
    yield rowsOf(outcome);
    let next = 'next' in outcome ? outcome.next : null;
    while (next !== null) {
      const page = await queryPage(reading.client, pathOf(next), `query ${object}`);
      yield page.records;
      next = page.nextRecordsUrl ?? null;
    }
  }
}

function unanswered(object: string) {
  return salesforceError('SF_COUNT_MISMATCH', {
    operation: `query ${object}`,
    message: `Salesforce left one of several queries for ${object} unanswered.`,
  });
}
