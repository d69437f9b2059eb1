import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_CONTACTS } from '../../../src/sandbox/hubspot/store/base-contacts.js';
import { NO_PROSPECTS } from '../../../src/sandbox/outreach/store/base-prospects.js';
import { aCompany, type Company } from '../company.js';
import { accountOf, contactOf, emailOf, feedRow, SEED, usageOn, writeBook } from './book.js';
import { at } from './days.js';
import { MAPPING } from './mapping.js';
import type { Event, Scene, Story } from './story.js';

/** What is changed in the shipped config/engagement.yaml, text by text. */
export type Adjusted = readonly (readonly [from: string, to: string])[];

/** No brakes, and every day a business day, so that steps fall as they read. */
export const EVERY_DAY: Adjusted = [
  ['share: 10 %', 'share: 100 %'],
  [
    'businessDays: [monday, tuesday, wednesday, thursday, friday]',
    'businessDays: [sunday, monday, tuesday, wednesday, thursday, friday, saturday]',
  ],
];

/** A company in which every story has an account of its own. */
export interface Theatre {
  readonly company: Company;
  readonly stories: readonly Story[];
  /** The morning of a day (what its stories say happens), then the run. */
  readonly play: (day: number) => Promise<void>;
  /** One more run on the day of the last. */
  readonly again: () => Promise<{ readonly changes: Readonly<Record<string, number>> }>;
  readonly adjust: (changes: Adjusted) => void;
  readonly close: () => Promise<void>;
}

const FIRST_MORNING = -120;

export async function openTheatre(stories: readonly Story[], adjusted: Adjusted): Promise<Theatre> {
  const folder = writeBook(stories);
  const company = await aCompany({
    loadDir: folder,
    seed: SEED,
    now: at(FIRST_MORNING, 8),
    hubspot: { contacts: NO_CONTACTS },
    outreach: { prospects: NO_PROSPECTS },
  });
  await installed(company);
  const adjust = (changes: Adjusted): void => adjustEngagement(company, changes);
  adjust(adjusted);
  const state = { day: Number.NaN, before: FIRST_MORNING };
  const scenes = stories.map((story, nth) => sceneOf(company, story, nth));
  const run = () => oneRun(company, state.day);
  return {
    company,
    stories,
    adjust,
    play: async (day) => {
      for (const morning of morningsBefore(stories, state.before, day))
        await happen(company, scenes, morning);
      await workIsDone(company, scenes);
      await feed(company, stories, { from: state.before, to: day });
      Object.assign(state, { day, before: day });
      await run();
    },
    again: run,
    close: async () => {
      await company.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function installed(company: Company): Promise<void> {
  const told = async (...args: readonly string[]): Promise<void> => {
    const { exit, out, err } = await company.truenorth(...args);
    if (exit !== 0) throw new Error(`truenorth ${args.join(' ')} ended with ${exit}: ${err}${out}`);
  };
  await told('init', '--yes');
  writeFileSync(join(company.folder, 'mappings', 'salesforce.yaml'), MAPPING);
  await told('install', '--apply');
}

function adjustEngagement({ folder }: Company, changes: Adjusted): void {
  const file = join(folder, 'config', 'engagement.yaml');
  const text = readFileSync(file, 'utf8');
  const changed = changes.reduce((now, [from, to]) => {
    if (!now.includes(from)) throw new Error(`config/engagement.yaml does not say "${from}"`);
    return now.replace(from, to);
  }, text);
  writeFileSync(file, changed);
}

type Placed = Omit<Scene, 'day'> & { readonly story: Story };

function sceneOf(company: Company, story: Story, nth: number): Placed {
  return {
    company,
    story,
    account: accountOf(nth, story),
    contact: (role) => contactOf(nth, role),
    email: (role) => emailOf(nth, role),
    made: new Map(),
  };
}

/** Days after the last run on which something happens, this run's included. */
function morningsBefore(stories: readonly Story[], after: number, day: number): readonly number[] {
  const days = stories.flatMap(({ days: told }) => Object.keys(told ?? {}).map(Number));
  return [...new Set([...days, day])].filter((one) => one > after && one <= day).sort((a, b) => a - b);
}

async function happen(company: Company, scenes: readonly Placed[], day: number): Promise<void> {
  await company.control('salesforce', 'POST', '/clock', { now: at(day, 8) });
  for (const scene of scenes) {
    const events: readonly Event[] = scene.story.days?.[day] ?? [];
    for (const event of events) await event({ ...scene, day });
  }
}

/** Whoever has work does it by the next morning. */
async function workIsDone(company: Company, scenes: readonly Placed[]): Promise<void> {
  const idle = new Set(scenes.filter(({ story }) => story.worked === false).map(({ account }) => account));
  const open = await company.soqlAll('SELECT Id, WhatId FROM Task WHERE IsClosed = false');
  for (const { Id, WhatId } of open)
    if (!idle.has(String(WhatId)))
      await company.asAdmin('PATCH', `/sobjects/Task/${Id}`, { Status: 'Completed' });
}

interface Span {
  readonly from: number;
  readonly to: number;
}

async function feed(company: Company, stories: readonly Story[], { from, to }: Span): Promise<void> {
  for (let week = Math.max(0, Math.floor(from / 7) + 1); 7 * week <= to; week += 1) {
    const rows = stories.flatMap((story, nth) =>
      (story.usage?.(week) ?? []).map((used) => usageOn(accountOf(nth, story), week, used)),
    );
    for (const row of [feedRow(week), ...rows])
      await company.asAdmin('POST', '/sobjects/Product_Usage__c', row);
  }
}

async function oneRun(company: Company, day: number) {
  await company.control('salesforce', 'POST', '/clock', { now: at(day, 10) });
  const now = new Date(at(day, 10)).toISOString();
  const { exit, out, err, json } = await company.truenorth('sync', '--apply', '--json', '--now', now);
  if (exit !== 0) throw new Error(`the run of day ${day} ended with ${exit}: ${err}${out}`);
  return json();
}
