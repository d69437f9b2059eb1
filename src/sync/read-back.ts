import { CHANNELS } from '../domain/engagement/channel.js';
import { normaliseEmail } from '../domain/engagement/person.js';
import type { PersonToMatch } from '../ports/marketing.js';
import type { LedgerEntry } from '../ports/state-store.js';
import type { Run } from './context.js';
import { sentRow, taskRow } from './observed-rows.js';
import { isOutage, isPause, pauseSentence } from './pause.js';
import { requestAgain } from './requests.js';

const PAGE_OF_OPEN = 100;

/**
 * Keys that an earlier run left open (it was killed, or the answer never came) are read back before
 * anything is repeated: who is in the list or sequence counts as enrolled; who is not is decided again.
 * Tells why not all could be read back, or null.
 */
export async function readBackOpen(run: Run): Promise<string | null> {
  try {
    for await (const page of run.state.ledger.open(PAGE_OF_OPEN)) {
      await readBackEntries(run, page);
    }
    return null;
  } catch (error) {
    if (!isPause(error) && !isOutage(error)) throw error;
    run.log.warn('Open enrolments could not be read back', { run: run.id, code: error.code });
    return pauseSentence(error);
  }
}

/** Closes those of these open keys that are found to have been sent. */
export async function readBackEntries(run: Run, open: readonly LedgerEntry[]): Promise<void> {
  const located = await locate(run, open);
  for (const entries of byTarget(located)) await readBackTarget(run, entries);
}

/**
 * A key that no answer came for in so long will get none. It stays unclear, and counts as if it had been sent:
 * that a mail goes out twice is worse than that one is missing.
 */
const GIVEN_UP_DAYS = 30;

async function readBackTarget(run: Run, entries: readonly LedgerEntry[]): Promise<void> {
  const [first] = entries;
  const channel = first && run.channels.get(first.channel);
  if (first === undefined || channel === undefined) return;
  const { target } = first;
  const asked = entries.filter(({ recordId, day }) => recordId !== null && day >= run.today - GIVEN_UP_DAYS);
  const found =
    asked.length === 0 ? new Map<string, string>() : await channel.enrolled(target, asked.map(requestAgain));
  run.log.info('Read back open enrolments', { target, asked: asked.length, enrolled: found.size });
  const done = asked.flatMap((entry): readonly LedgerEntry[] => {
    const made = found.get(entry.key);
    if (made === undefined) return [];
    return [{ ...entry, status: 'enrolled', evidence: 'read back', made: made || null, run: run.id }];
  });
  const given = entries
    .filter(({ day, evidence }) => day < run.today - GIVEN_UP_DAYS && evidence !== GIVEN_UP)
    .map((entry): LedgerEntry => ({ ...entry, status: 'unclear', evidence: GIVEN_UP }));
  await run.state.ledger.write([...done, ...given]);
  await keepRows(run, done);
}

const GIVEN_UP = 'no answer came, and the tool shows nothing of it';

async function keepRows(run: Run, done: readonly LedgerEntry[]): Promise<void> {
  const isWork = ({ channel }: LedgerEntry): boolean => CHANNELS[channel].reaches === 'owner';
  const tasks = done
    .filter(isWork)
    .map((entry) => taskRow(run, entry, { dueOn: null, closed: false, closedOn: null, owner: entry.sender }));
  const messages = done.filter((entry) => !isWork(entry)).map((entry) => sentRow(entry, null));
  if (tasks.length > 0) await run.state.rows.keep('task', tasks);
  if (messages.length > 0) await run.state.rows.keep('engagement', messages);
}

/** Fills in the tool's record id where the run was killed before it was known. */
async function locate(run: Run, entries: readonly LedgerEntry[]): Promise<readonly LedgerEntry[]> {
  const ids = new Map<string, string>();
  for (const tool of run.marketing) {
    const missing = entries.filter(
      ({ recordId, channel }) => recordId === null && CHANNELS[channel].tool === tool.id,
    );
    if (missing.length === 0) continue;
    for (const { person, recordId } of await tool.consent(await addressesOfPersons(run, missing)))
      if (recordId !== null) ids.set(`${tool.id}|${person}`, recordId);
  }
  return entries.map((entry) => ({ ...entry, recordId: recordIdOf(entry, ids) }));
}

/** In channels without people of their own a person is known by the CRM's contact, an account by nothing. */
function recordIdOf(entry: LedgerEntry, ids: ReadonlyMap<string, string>): string | null {
  const { tool } = CHANNELS[entry.channel];
  if (entry.recordId !== null) return entry.recordId;
  return tool === null ? (entry.contact ?? '') : (ids.get(`${tool}|${entry.person}`) ?? null);
}

/** The contact may have another address by now: only the one that the key was made of is looked up. */
async function addressesOfPersons(
  run: Run,
  entries: readonly LedgerEntry[],
): Promise<readonly PersonToMatch[]> {
  const found: PersonToMatch[] = [];
  for (const { account, person } of entries) {
    for (const { id, values } of (await run.state.assessments.bundle(account))?.rows.contact ?? []) {
      const email = normaliseEmail(values.email);
      if (email !== null && run.digest.person(email) === person) {
        found.push({ person, contactId: id, email });
        break;
      }
    }
  }
  return found;
}

function byTarget(entries: readonly LedgerEntry[]): readonly (readonly LedgerEntry[])[] {
  return [...Map.groupBy(entries, ({ channel, target }) => `${channel}|${target}`).values()];
}
