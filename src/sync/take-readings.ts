import type { UsageReading, UsageReadings } from '../ports/service-store.js';
import type { StateStore, StoredRow } from '../ports/state-store.js';
import type { Run } from './context.js';

/** Nobody sends anything in. */
export const NO_READINGS: UsageReadings = {
  waiting: async () => [],
  taken: async () => {},
  count: async () => 0,
};

const PAGE_OF_READINGS = 1_000;
const STRANGERS = 'usage-strangers';
const MOST_STRANGERS = 1_000;
const PRUNED = 'usage-pruned';
const DAY_MS = 86_400_000;
/** How long readings wait for an account that is not read from the CRM. */
export const STRANGER_DAYS = 30;

/**
 * Usage that was sent in becomes rows of its accounts, and leaves the inbox once it is stored: whatever breaks in
 * between is stored again, under the same ids. What comes meanwhile is left to the next time. Returns how many.
 */
export async function takeReadings(run: Run): Promise<number> {
  const upTo = await run.readings.count();
  let taken = 0;
  while (taken < upTo) {
    run.signal.throwIfAborted();
    const readings = await run.readings.waiting(PAGE_OF_READINGS);
    if (readings.length === 0) break;
    const { strangers } = await run.state.sent.save('usage', readings.map(sentRow));
    if (strangers.length > 0) await noteStrangers(run.state, strangers);
    await run.readings.taken(readings);
    taken += readings.length;
  }
  if (taken > 0) run.log.info('Usage was taken in', { run: run.id, readings: taken });
  await pruneOnceADay(run);
  return taken;
}

/** The colons keep it apart from every id of the CRM; a source has none, so that two sources never meet. */
function sentRow({ source, id, account, values, receivedAt }: UsageReading): StoredRow {
  return { id: `sent:${source}:${id}`, accountId: account, stamp: receivedAt, values, held: null };
}

async function noteStrangers(state: StateStore, found: readonly string[]): Promise<void> {
  const known = await strangersIn(state);
  await state.notes.set(STRANGERS, [...new Set([...found, ...known])].slice(0, MOST_STRANGERS));
}

/** Accounts that usage came in for and that are still not read from the CRM. */
async function strangersIn(state: StateStore): Promise<readonly string[]> {
  const noted = await state.notes.get(STRANGERS);
  if (!Array.isArray(noted) || noted.length === 0) return [];
  const accounts = noted.map(String);
  const kept = await state.rows.heldOf(accounts);
  return accounts.filter((account) => !kept.has(account));
}

async function pruneOnceADay(run: Run): Promise<void> {
  const { notes, sent } = run.state;
  if ((await notes.get(PRUNED)) === run.today) return;
  const now = run.clock.now();
  const before = {
    all: now - run.settings.service.retention.usage * DAY_MS,
    strangers: now - STRANGER_DAYS * DAY_MS,
  };
  const gone = await sent.prune('usage', before);
  if (gone.strangers > 0) {
    run.log.warn('Usage of unknown accounts was let go', { run: run.id, rows: gone.strangers });
    await notes.set(STRANGERS, []);
  }
  await notes.set(PRUNED, run.today);
}

/** What the report says of usage that belongs to no account that is read. */
export async function strangersNote({ state }: Pick<Run, 'state'>): Promise<readonly string[]> {
  const [first, ...more] = await strangersIn(state);
  if (first === undefined) return [];
  const whose =
    more.length === 0 ? `account ${first}, which is` : `${more.length + 1} accounts (${first} …) that are`;
  return [
    `Usage was sent in for ${whose} not read from Salesforce: correct the id, or let "where" under objects.account in mappings/salesforce.yaml include it. It is kept for ${STRANGER_DAYS} days.`,
  ];
}
