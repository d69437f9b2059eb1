import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountState } from '../../../src/domain/assess-account.js';
import type { Company } from '../../support/company.js';
import { withState } from '../../support/end-state.js';
import { accountOf } from '../../support/playbooks/book.js';
import { at, on } from '../../support/playbooks/days.js';
import { aCase, isReaction, person } from '../../support/playbooks/events.js';
import { SHIPPED } from '../../support/playbooks/shipped.js';
import type { Story } from '../../support/playbooks/story.js';
import { STORIES } from '../../support/playbooks/table/index.js';
import { EVERY_DAY, openTheatre, type Theatre } from '../../support/playbooks/theatre.js';

/** Weeks into the stories of which nobody here has seen a day; then nothing more happens to anybody. */
const INSTALLED = 14;
const ALSO: readonly Story[] = [
  {
    playbook: 'critical-case',
    tells: 'is open before a renewal, at a customer whose sponsor has left',
    account: { Renewal_Date__c: on(95) },
    days: { 12: [aCase('one', { Priority: 'Critical' }), person('sponsor', { Left_Company__c: true })] },
    happens: [],
    episodes: [],
  },
];
const BOOK: readonly Story[] = [...STORIES, ...ALSO].map((story) => ({
  ...story,
  usage: (week) => (week <= 2 ? (story.usage?.(week) ?? []) : (story.usage?.(2) ?? [])),
  days: Object.fromEntries(
    Object.entries(story.days ?? {})
      .filter(([day]) => Number(day) <= INSTALLED)
      .map(([day, events]) => [day, events.filter((event) => !isReaction(event))]),
  ),
}));
const NOTHING = { enrolments: 0, tasks: 0, leaves: 0 };

describe('a company in which much was the case before anybody looked', () => {
  let theatre: Theatre;
  let company: Company;
  beforeAll(async () => {
    theatre = await openTheatre(BOOK, [
      ...EVERY_DAY,
      ['release: null', `release: ${on(10)}`],
      ['improvements: null', `improvements: ${on(10)}`],
    ]);
    company = theatre.company;
    await theatre.play(INSTALLED);
  }, 60_000);
  afterAll(() => theatre.close());

  it('has conditions that hold, for every playbook that can have one', async () => {
    const holding = await held(company);
    expect(SHIPPED.map(({ id }) => id).filter((id) => !holding.has(id))).toEqual(NOT_HELD);
  });

  it('hears nothing on the day of the installation, nor on the days after it', async () => {
    await theatre.play(INSTALLED + 1);
    await theatre.play(INSTALLED + 2);
    expect(await sent(company)).toEqual({ lists: 0, tasks: 0 });
  });

  it('hears nothing when health, tiers and every playbook are changed so that more of it holds', async () => {
    const before = await held(company);
    edit(company, 'config/health.yaml', [
      ['healthyFrom: 70', 'healthyFrom: 45'],
      ['watchFrom: 40', 'watchFrom: 20'],
    ]);
    edit(company, 'config/tiers.yaml', [['atLeast: 25000', 'atLeast: 1000']]);
    edit(company, 'config/moments.yaml', [['dueDay: 45', 'dueDay: 5']]);
    edit(company, 'config/playbooks/support-surge.yaml', [['openedLast30 > 3', 'openedLast30 > 0']]);
    edit(company, 'config/playbooks/quiet-account.yaml', [['lastTouchOn) > 60', 'lastTouchOn) > 2']]);
    edit(company, 'config/playbooks/payment-overdue.yaml', [['daysOverdue > 14', 'daysOverdue > 5']]);
    for (const { id } of SHIPPED) relabel(company, id);
    await theatre.play(INSTALLED + 3);
    expect(await sent(company)).toEqual({ lists: 0, tasks: 0 });
    const after = await held(company);
    expect(accounts(after, 'support-surge')).toBeGreaterThan(accounts(before, 'support-surge'));
  });

  it('hears nothing from another state that knows nothing of what was done, and only arms', async () => {
    const other = mkdtempSync(join(tmpdir(), 'truenorth-other-'));
    try {
      await company.inFolder(other, 'init', '--yes');
      fireOnFirstSight(company, other);
      for (const day of [INSTALLED + 4, INSTALLED + 5]) {
        const now = new Date(at(day, 10)).toISOString();
        const report = (await company.inFolder(other, 'sync', '--apply', '--json', '--now', now)).json();
        expect(report).toMatchObject({ status: 'done', changes: NOTHING });
      }
      expect(await sent(company)).toEqual({ lists: 0, tasks: 0 });
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });
});

/** What these begin with is known to nobody who was not here before: that onboarding ended, and what we sent. */
const NOT_HELD: readonly string[] = ['survey-onboarding', 'unresponsive-person'];

/** Accounts by playbook whose condition holds, as the state remembers it. */
function held({ folder }: Company): Promise<ReadonlyMap<string, number>> {
  return withState(folder, async (state) => {
    const found = new Map<string, number>();
    for (const [nth, story] of BOOK.entries()) {
      const assessed = await state.assessments.latest(accountOf(nth, story));
      const known = assessed?.state as AccountState | undefined;
      for (const [playbook, subjects] of Object.entries(known?.playbooks ?? {}))
        if (Object.values(subjects).some(({ trigger }) => trigger?.held === true))
          found.set(playbook, (found.get(playbook) ?? 0) + 1);
    }
    return found;
  });
}

function accounts(holding: ReadonlyMap<string, number>, playbook: string): number {
  return holding.get(playbook) ?? 0;
}

async function sent({ control, soql }: Company) {
  const lists = (await control('hubspot', 'GET', '/list-additions')) as readonly unknown[];
  return { lists: lists.length, tasks: (await soql('SELECT Id FROM Task')).length };
}

function edit({ folder }: Company, path: string, changes: readonly (readonly [string, string])[]): void {
  const file = join(folder, path);
  const text = readFileSync(file, 'utf8');
  for (const [from] of changes) if (!text.includes(from)) throw new Error(`${path} does not say "${from}"`);
  writeFileSync(
    file,
    changes.reduce((now, [from, to]) => now.replace(from, to), text),
  );
}

function relabel({ folder }: Company, id: string): void {
  const file = join(folder, 'config', 'playbooks', `${id}.yaml`);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^label: .*/m, `label: Another ${id}`));
}

/** The same mapping and brakes, with playbooks that would act on whatever they see first. */
function fireOnFirstSight({ folder }: Company, other: string): void {
  for (const file of ['mappings/salesforce.yaml', 'config/engagement.yaml'])
    writeFileSync(join(other, file), readFileSync(join(folder, file), 'utf8'));
  const playbooks = join(other, 'config', 'playbooks');
  for (const name of readdirSync(playbooks)) {
    const text = readFileSync(join(playbooks, name), 'utf8').replace(/^ {2}onFirstSight:.*\n/m, '');
    writeFileSync(join(playbooks, name), text.replace(/^trigger:\n/m, 'trigger:\n  onFirstSight: fire\n'));
  }
}
