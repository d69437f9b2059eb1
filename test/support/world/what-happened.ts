import type { Channel, EnrolmentRequest } from '../../../src/ports/marketing.js';
import type { LedgerEntry } from '../../../src/ports/state-store.js';
import { NO_CALLS, type Tools } from '../../../src/sync/context.js';
import { changed, type Hold, keepControls, readControls } from '../../../src/sync/controls.js';
import type { Report } from '../../../src/sync/report.js';
import { runSync } from '../../../src/sync/run-sync.js';
import type { World } from './world.js';

/** What was really done, as `target +days since first`, in the order of doing; the day of a task's edge left out. */
export function doings({ deeds }: World, first: number): readonly string[] {
  return deeds.map(({ target, day }) => `${target.replace(/ \(.*/, '')} +${day - first}`);
}

/** The ledger of an account as `playbook/step status code`, sorted. */
export async function decisions({ state }: World, account: string): Promise<readonly string[]> {
  const entries = await state.ledger.ofAccount(account);
  return entries.map(({ playbook, step, status, code }) =>
    [`${playbook}/${step}`, status, ...(code === null ? [] : [code])].join(' '),
  );
}

/** The one entry of an account's ledger for a step. */
export async function entryFor({ state }: World, account: string, step: string): Promise<LedgerEntry> {
  const entry = (await state.ledger.ofAccount(account)).find((one) => one.step === step);
  if (entry === undefined) throw new Error(`nothing was decided about ${step}`);
  return entry;
}

/** Whether the marketing tool itself has the person in this list now. */
export async function isInList(world: World, email: string, target: string): Promise<boolean> {
  const known = world.hubspot.lookUp(email);
  const list = world.hubspot.channels.find(({ id }) => id === 'hubspot-list');
  if (known === null || list === undefined) return false;
  return (await list.enrolled(target, [aRequest(known.id)])).size > 0;
}

function aRequest(recordId: string): EnrolmentRequest {
  const about = { key: 'k', account: 'a', contactId: null, person: null, senderEmail: '', since: 0 };
  return { ...about, recordId, task: null, facts: {} };
}

/** Days on which episodes ended, and why; null = it runs. */
export async function endings({ state }: World, account: string, first: number) {
  return (await state.episodes.ofAccount(account)).map(({ playbook, ended }) => ({
    playbook,
    ended: ended === null ? null : `${ended.by} +${ended.on - first}`,
  }));
}

/** What `truenorth pause` and `resume` do. */
export async function hold({ state }: World, what: Partial<Hold>, on: boolean): Promise<void> {
  const whole = { all: false, fields: false, playbook: null, channel: null, ...what };
  await keepControls(state.notes, changed(await readControls(state.notes), whole, on));
}

/** What `truenorth stop` does, for an episode of the account or for the account itself. */
export async function stop({ state }: World, account: string, id: string): Promise<void> {
  const controls = await readControls(state.notes);
  await keepControls(state.notes, { ...controls, stopped: [...controls.stopped, id] });
  await state.assessments.markChanged([account]);
}

/** Somebody closes every task that is open. */
export function closeTasks({ crm: { tables } }: World): void {
  for (const { id, deleted } of tables.rows('Task'))
    if (!deleted) tables.update('Task', id, { IsClosed: true, Status: 'Completed' });
}

/** So many days with a run on each. */
export async function eachDay(world: World, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    await world.sync();
    world.pass(1);
  }
}

let runs = 0;

/** A run with further channels, or other tools. */
export function syncWith(
  { tools }: World,
  { channels = [], ...also }: Partial<Omit<Tools, 'channels'>> & { readonly channels?: readonly Channel[] },
): Promise<Report> {
  runs += 1;
  const all = new Map([...tools.channels, ...channels.map((channel) => [channel.id, channel] as const)]);
  return runSync(
    { ...tools, ...also, channels: all },
    {
      apply: true,
      runId: `run-with-${runs}`,
      callsBefore: NO_CALLS,
      holder: `holder-with-${runs}`,
      holderIsGone: () => false,
      realNow: tools.clock.now,
    },
  );
}

/** What a run that finds nothing to do has changed. */
export const NOTHING = { fields: 0, records: 0, enrolments: 0, tasks: 0, leaves: 0, crmRecords: 0 };
