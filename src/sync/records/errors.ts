import { formatDay } from '../../domain/day.js';
import { CRM_RECORDS, type RecordWish } from '../../ports/crm-records.js';
import type { IntegrationError } from '../../ports/errors.js';
import type { DeadLetter } from '../../ports/state-store.js';
import { PAGE, type Run } from '../context.js';
import { retryMetrics } from '../program-metrics.js';
import { publish, type RecordToPublish } from './publish.js';
import type { Tally } from './tally.js';
import { withoutAddresses } from './without-addresses.js';

/** Refused records that are told at once; what is beyond is counted in the run's record. */
const MOST = 2_000;
const TAKEN = 'retries-taken';
/** Key of the error that stopped a run as a whole. */
const STOPPED = 'run';

/** Takes the records that somebody ticked for a retry out of the dead letters. Returns how many. */
export async function takeRetries(run: Run): Promise<number> {
  if (!run.records.has('error') || !(await anyOpen(run))) return 0;
  const { object, fields } = CRM_RECORDS.error;
  const ticked = await run.crm.select(object, ['Key__c'], [{ field: fields.retry, is: true }]);
  const keys = ticked.flatMap(({ values }) => (typeof values.Key__c === 'string' ? [values.Key__c] : []));
  if (keys.length === 0) return 0;
  await run.state.notes.set(TAKEN, [...new Set([...(await takenOf(run)), ...keys])]);
  await run.state.deadLetters.retry(keys);
  await retryMetrics(run.state.notes);
  return keys.length;
}

async function anyOpen(run: Run): Promise<boolean> {
  for await (const page of run.state.published.list('error', 1)) if (page.length > 0) return true;
  return false;
}

async function takenOf(run: Run): Promise<readonly string[]> {
  const taken = await run.state.notes.get(TAKEN);
  return Array.isArray(taken) ? taken.map(String) : [];
}

/** Tells what waits in the dead letters, and what does so no longer. */
export async function publishErrors(run: Run): Promise<Tally> {
  const letters = await run.state.deadLetters.list(MOST);
  const taken = new Set(await takenOf(run));
  const open = letters.map((letter) => errorOf(run, letter, taken.has(letter.id)));
  const waiting = await publish(run, 'error', open);
  const over = await publish(run, 'error', await overNow(run));
  await run.state.published.remove('error', over.held);
  await run.state.notes.remove(TAKEN);
  return {
    written: waiting.written + over.written,
    refused: waiting.refused + over.refused,
    skipped: waiting.skipped + over.skipped,
  };
}

function errorOf(run: Run, letter: DeadLetter, taken: boolean): RecordToPublish {
  const { id, account, object, record, refusal, attempts } = letter;
  const isAccount = /^001\w{15}$/.test(account);
  const values = {
    ...(isAccount ? { account } : {}),
    record: record.slice(0, 80),
    object,
    code: refusal.code,
    message: withoutAddresses(refusal.message).slice(0, 255),
    advice: refusal.advice.slice(0, 255),
    run: letter.run,
    lastSeenOn: formatDay(letter.day),
    attempts,
    status: 'waiting',
    // A tick that was honoured is taken away, so that the next one can be seen.
    ...(taken ? { retry: false } : {}),
  } satisfies RecordWish<'error'>['values'];
  return {
    wish: { kind: 'error', key: id, values },
    account: '',
    once: { firstSeenOn: formatDay(run.today) },
  };
}

/** Open errors in the CRM that no letter stands behind any more. */
async function overNow(run: Run): Promise<readonly RecordToPublish[]> {
  const over: RecordToPublish[] = [];
  for await (const page of run.state.published.list('error', PAGE)) {
    const open = await run.state.deadLetters.known(page.map(({ key }) => key));
    for (const { key } of page) {
      if (open.has(key)) continue;
      const values = { status: 'resolved', retry: false, lastSeenOn: formatDay(run.today) };
      over.push({ wish: { kind: 'error', key, values }, account: '' });
    }
  }
  return over;
}

/** What stopped a run as a whole is an error record, too, until a later run gets past it. */
export async function publishStop(run: Run, error: IntegrationError): Promise<void> {
  const values = {
    record: run.id,
    object: CRM_RECORDS.run.object,
    code: error.code,
    message: withoutAddresses(error.message).slice(0, 255),
    advice: error.actions.join(' ').slice(0, 255),
    run: run.id,
    lastSeenOn: formatDay(run.today),
    status: 'waiting',
  } satisfies RecordWish<'error'>['values'];
  const wish: RecordWish = { kind: 'error', key: STOPPED, values };
  await publish(run, 'error', [{ wish, account: '', once: { firstSeenOn: formatDay(run.today) } }]);
}
