// What came of a run, seen from outside: by the embedded servers' own counts and by what lies in the database.
import { ORG } from './company.mjs';
import { rowsOf } from './servers.mjs';

/** Share of the org's daily requests that config/service.yaml grants unless it says otherwise. */
const SHARE = 0.25;

export async function figuresOf(company, runId) {
  const written = await company.salesforce('/writes?object=Account');
  const { max, used } = await company.salesforce('/quota');
  const additions = await company.hubspot('/list-additions');
  const enrolments = await company.hubspot('/enrolments');
  const pieces = await rowsOf(
    company.databaseUrl,
    `select stage, count(*)::int as pieces, sum(fence)::int as takings,
        count(*) filter (where status <> 'done')::int as open, count(distinct holder)::int as holders
      from truenorth_${ORG}.run_pieces where run = $1 group by stage order by min(position)`,
    [runId],
  );
  const items = await rowsOf(
    company.databaseUrl,
    `select kind, status, count(*)::int as count from truenorth_${ORG}.plan_items where run = $1 group by 1, 2 order by 1, 2`,
    [runId],
  );
  return { written, calls: { used, allowed: Math.floor(max * SHARE) }, additions, enrolments, pieces, items };
}

/** Sentences that say what is wrong; none when all is right. */
export function faultsOf(run, { written, calls, additions, enrolments, pieces, items }) {
  const fields = sum(items.filter(({ kind }) => kind === 'field'));
  return [
    run.status === 'done' ? [] : [`the run ended as ${run.status}: ${run.report}`],
    pieces.some(({ open }) => open > 0) ? ['a piece of the run is not done'] : [],
    items
      .filter(({ status }) => !['done', 'stale'].includes(status))
      .map(({ kind, status, count }) => `${count} items of kind ${kind} ended as ${status}`),
    written.repeated.map(({ id, field, times }) => `${field} of account ${id} was written ${times} times`),
    written.records === fields ? [] : [`${fields} accounts were to be written, ${written.records} were`],
    twice(additions, ({ listId, recordId }) => `list ${listId}, contact ${recordId}`),
    twice(enrolments, ({ sequenceId, contactId }) => `sequence ${sequenceId}, contact ${contactId}`),
    calls.used <= calls.allowed ? [] : [`${calls.used} requests were sent, ${calls.allowed} were allowed`],
  ].flat();
}

function sum(counts) {
  return counts.reduce((total, { count }) => total + count, 0);
}

function twice(rows, keyOf) {
  const seen = Map.groupBy(rows, keyOf);
  return [...seen].filter(([, same]) => same.length > 1).map(([key, same]) => `${key}: ${same.length} times`);
}

/** A plan as lines that two databases can be compared by. */
export async function planOf({ databaseUrl }, runId) {
  const found = await rowsOf(
    databaseUrl,
    `select kind, account, key, detail from truenorth_${ORG}.plan_items where run = $1`,
    [runId],
  );
  return found
    .map(({ kind, account, key, detail }) => `${kind} ${account} ${key} ${detail}`.replaceAll(runId, 'RUN'))
    .sort();
}

/** Lines that only one of two plans has, of each at most so many. */
export function differences(plan, other, most = 5) {
  const [here, there] = [new Set(plan), new Set(other)];
  const only = (lines, set, sign) => lines.filter((line) => !set.has(line)).map((line) => `${sign} ${line}`);
  const [more, less] = [only(plan, there, '+'), only(other, here, '-')];
  return { count: more.length + less.length, shown: [...more.slice(0, most), ...less.slice(0, most)] };
}
