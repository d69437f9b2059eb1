import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IntegrationError } from '../../src/ports/errors.js';
import type { Settings } from '../../src/ports/settings.js';
import { changed, keepControls, readControls } from '../../src/sync/controls.js';
import { type Deed, Killed } from '../support/world/channels.js';
import { settingsWith } from '../support/world/settings.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const HISTORIES = 1_000;
const CAP = { touches: 2, days: 7 };
const ADDRESSES = ['ann', 'bob', 'cat', 'dan'].map((name) => `${name}@customer.example`);

const PLAYBOOKS = {
  surge: `
label: Surge
priority: 50
trigger: { when: cases.openedLast30 > 3, reenter: always, onFirstSight: fire }
audience: { roles: [user, other], maxPersons: 2 }
steps:
  - { id: one, day: 1, channel: hubspot-list, target: L1 }
  - { id: two, day: 2, channel: hubspot-list, target: L2 }
  - id: call
    day: 3
    task: { subject: Call, description: Ask, kind: call, owner: csm, dueIn: 1, priority: high }
holdout: 0 %
`,
  welcome: `
label: Welcome
priority: 40
trigger: { per: person, when: cases.openedLast30 > 0, reenter: { afterDays: 5 }, onFirstSight: fire }
audience: { roles: [user, other], maxPersons: 5 }
steps: [{ id: hello, channel: hubspot-sequence, target: Getting started, touches: { count: 2, days: 3 } }]
holdout: 0 %
`,
  weekly: `
label: Weekly
priority: 30
trigger: { when: cases.openedLast90 >= 0, every: week, onFirstSight: fire }
audience: { roles: [user, other], maxPersons: 2 }
steps: [{ id: news, channel: hubspot-list, target: L3, lateBy: 5 }]
holdout: 0 %
`,
};

let settings: Settings;
beforeAll(() => {
  settings = settingsWith(PLAYBOOKS, 'brakes: { share: 100 %, missing: 100 % }');
});

/** A company of three accounts whose people share addresses. */
interface Company {
  readonly world: World;
  readonly accounts: string[];
  readonly contacts: string[];
}

function aCompany(): Company {
  const world = aWorld({ settings, sequences: ['Getting started'] });
  const accounts = [0, 1, 2].map(() => anAccount(world));
  const contacts = accounts.flatMap((account, index) =>
    [0, 1].map((which) => aContact(world, account, { Email: ADDRESSES[(index + which) % 4] ?? '' })),
  );
  return { world, accounts, contacts };
}

type Event = (company: Company) => Promise<void> | void;

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('an empty list');
  return found;
};

/** A run as a scheduler would start it: a killed one, and one that finds another under way, are started again later. */
async function run({ world }: Company): Promise<void> {
  try {
    await world.sync();
  } catch (error) {
    const expected = error instanceof Killed || (error instanceof IntegrationError && error.retryable);
    if (!expected) throw error;
  }
}

function optOut({ world, contacts }: Company, index: number, system: 'crm' | 'hubspot'): void {
  const contact = at(contacts, index);
  if (system === 'crm') world.crm.tables.update('Contact', contact, { HasOptedOutOfEmail: true });
  const known = world.hubspot.lookUp(at(ADDRESSES, index));
  if (system === 'hubspot' && known !== null) world.hubspot.engage(known.id, 'unsubscribed');
}

async function hold({ world }: Company, on: boolean): Promise<void> {
  const { notes } = world.state;
  await keepControls(
    notes,
    changed(await readControls(notes), { all: true, fields: false, playbook: null, channel: null }, on),
  );
}

const index = fc.nat({ max: 11 });
const EVENTS: fc.Arbitrary<readonly [string, Event]> = fc.oneof(
  { arbitrary: fc.constant(['run', run] as const), weight: 10 },
  {
    arbitrary: fc
      .integer({ min: 1, max: 3 })
      .map((days) => [`${days} days`, ({ world }: Company) => world.pass(days)] as const),
    weight: 8,
  },
  {
    arbitrary: index.map(
      (n) =>
        [
          `cases ${n}`,
          ({ world, accounts }: Company) => void openCases(world, at(accounts, n), 1 + (n % 4)),
        ] as const,
    ),
    weight: 5,
  },
  index.map((n) => [`closes ${n}`, ({ world }: Company) => closeCases(world, n)] as const),
  fc
    .tuple(index, fc.constantFrom<'crm' | 'hubspot'>('crm', 'hubspot'))
    .map(
      ([n, system]) => [`opt-out ${n} ${system}`, (company: Company) => optOut(company, n, system)] as const,
    ),
  fc
    .tuple(index, fc.constantFrom<'crm' | 'hubspot'>('crm', 'hubspot'))
    .map(
      ([n, system]) =>
        [
          `opt-out mid-run ${n} ${system}`,
          (company: Company) => company.world.beforeConsent(() => optOut(company, n, system)),
        ] as const,
    ),
  fc
    .tuple(
      index,
      fc.constantFrom('replied', 'bounced', 'mailed', 'clicked', 'meeting-booked') as fc.Arbitrary<'replied'>,
    )
    .map(
      ([n, kind]) =>
        [
          `${kind} ${n}`,
          ({ world }: Company) => {
            const known = world.hubspot.lookUp(at(ADDRESSES, n));
            if (known !== null) world.hubspot.engage(known.id, kind);
          },
        ] as const,
    ),
  fc
    .tuple(index, index)
    .map(
      ([n, m]) =>
        [
          `contact ${n} ${m}`,
          (company: Company) =>
            void company.contacts.push(
              aContact(company.world, at(company.accounts, n), { Email: at(ADDRESSES, m) }),
            ),
        ] as const,
    ),
  fc
    .tuple(index, index)
    .map(
      ([n, m]) =>
        [
          `address ${n} ${m}`,
          ({ world, contacts }: Company) =>
            void world.crm.tables.update('Contact', at(contacts, n), { Email: at(ADDRESSES, m) }),
        ] as const,
    ),
  fc
    .tuple(index, index)
    .map(([n, m]) => [`merge ${n} ${m}`, (company: Company) => merge(company, n, m)] as const),
  {
    arbitrary: fc
      .constantFrom<'lost' | 'unsent' | 'kill'>('lost', 'unsent', 'kill')
      .map((how) => [how, ({ world }: Company) => world.strike(how)] as const),
    weight: 3,
  },
  fc.constant([
    'two workers',
    async (company: Company) => void (await Promise.all([run(company), run(company)])),
  ] as const),
  fc.boolean().map((on) => [on ? 'pause' : 'resume', (company: Company) => hold(company, on)] as const),
);

function closeCases({ crm }: World, n: number): void {
  for (const { id } of crm.tables.rows('Case').slice(0, n)) crm.tables.remove('Case', id, null);
}

function merge({ world, contacts }: Company, n: number, m: number): void {
  const [loser, winner] = [at(contacts, n), at(contacts, m)];
  if (loser === winner || contacts.length < 2) return;
  world.crm.tables.remove('Contact', loser, winner);
  contacts.splice(contacts.indexOf(loser), 1);
}

/** Days on which a deed touches its person: the sequence writes twice. */
function touches({ channel, day }: Deed): readonly number[] {
  return channel === 'hubspot-sequence' ? [day, day + 2] : [day];
}

describe('whatever happens, in whatever order', () => {
  it('nobody is enrolled twice, past a cap, or against an opt-out in either system', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(EVENTS, { minLength: 6, maxLength: 24 }), async (history) => {
        const company = aCompany();
        for (const [, event] of history) await event(company);
        await hold(company, false);
        await run(company);
        const deeds = company.world.deeds.filter(({ channel }) => channel !== 'salesforce-task');
        expect(deeds.filter(({ allowed }) => !allowed)).toEqual([]);
        const keys = company.world.deeds.map(({ key }) => key);
        expect(keys).toHaveLength(new Set(keys).size);
        for (const own of Map.groupBy(deeds, ({ person }) => person).values()) expectWithinCap(own);
      }),
      { numRuns: HISTORIES, endOnFailure: true },
    );
  }, 600_000);
});

function expectWithinCap(deeds: readonly Deed[]): void {
  const days = deeds.flatMap(touches);
  for (const start of days) {
    const inWindow = days.filter((day) => day >= start && day < start + CAP.days).length;
    // One enrolment that unfolds alone may be all there is.
    expect(inWindow).toBeLessThanOrEqual(CAP.touches);
  }
}
