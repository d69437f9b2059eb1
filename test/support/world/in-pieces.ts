import type { RecordChange } from '../../../src/ports/crm.js';
import type { PieceSizes } from '../../../src/ports/pieces.js';
import type { Settings } from '../../../src/ports/settings.js';
import type { StoredItem } from '../../../src/ports/state-store.js';
import { NO_CALLS, type Tools } from '../../../src/sync/context.js';
import { IN_THIS_PROCESS } from '../../../src/sync/pieces/in-this-process.js';
import type { Report } from '../../../src/sync/report.js';
import { runSync, type SyncOptions } from '../../../src/sync/run-sync.js';
import { writing } from './mortal.js';
import { settingsWith } from './settings.js';
import { aContact, anAccount, aWorld, openCases, type World } from './world.js';

const SURGE = `
label: Surge
priority: 50
trigger: { when: "cases.openedLast90 > 0", reenter: never, onFirstSight: fire }
audience: { roles: [user, other], maxPersons: 2 }
steps:
  - { id: guide, day: 1, channel: hubspot-list, target: guide, lateBy: 6 }
  - { id: mail, day: 1, channel: hubspot-sequence, target: Guide, lateBy: 6 }
  - { id: call, day: 1, channel: salesforce-task, lateBy: 6,
      task: { subject: Call them, description: Ask., kind: call, priority: normal, dueIn: 2, owner: account-owner } }
holdout: 0 %
`;

export function pieceSettings(): Settings {
  return settingsWith(
    { surge: SURGE },
    'brakes: { share: 100 %, missing: 100 % }\ncaps: { person: { touches: 9, days: 7 } }',
  );
}

/** A book in which a run has something of every kind to do, and a log of what was written. */
export interface BookInPieces {
  readonly world: World;
  readonly tools: Tools;
  readonly wrote: readonly RecordChange[];
}

export function aBookInPieces(settings: Settings, accounts: number): BookInPieces {
  const world = aWorld({ settings, records: true, sequences: ['Guide'] });
  for (let at = 0; at < accounts; at += 1) {
    const account = anAccount(world, { ARR__c: 1_000 * (at + 1) });
    aContact(world, account, { Email: `person${at}@customer.example` });
    if (at % 2 === 0) openCases(world, account, 1 + (at % 3));
  }
  const wrote: RecordChange[] = [];
  return { world, tools: { ...world.tools, crm: writing(world.tools.crm, wrote) }, wrote };
}

export function syncPieces(
  tools: Tools,
  { sizes, ...options }: Partial<SyncOptions> & { readonly sizes: PieceSizes },
): Promise<Report> {
  return runSync(tools, {
    apply: true,
    runId: 'run-1',
    callsBefore: NO_CALLS,
    holder: 'first',
    holderIsGone: () => false,
    realNow: tools.clock.now,
    hands: { ...IN_THIS_PROCESS, sizes },
    ...options,
  });
}

/** The plan of a run as it stands, in its order. */
export async function planOf({ world }: BookInPieces, run: string): Promise<readonly StoredItem[]> {
  return world.state.plan.page(run, { kind: null, status: null }, { after: null, limit: 100_000 });
}

/** What a run leaves behind: in the CRM, in the tools, in the ledger, in the assessments. */
export async function leftBehind({ world }: BookInPieces): Promise<unknown> {
  const { crm, state, deeds } = world;
  const accounts = crm.tables.rows('Account').filter(({ deleted }) => !deleted);
  const decided: unknown[] = [];
  for (const { id } of accounts) {
    const entries = await state.ledger.ofAccount(id);
    const { account, ...assessed } = (await state.assessments.latest(id)) ?? { account: id };
    decided.push({
      account,
      assessed,
      ledger: entries.map(({ key, status, made }) => [key, status, made !== null]),
    });
  }
  return {
    accounts: accounts.map(({ id, values }) => ({ id, values })),
    records: ['Health_Snapshot__c', 'Playbook_Episode__c', 'Enrolment_Decision__c'].map((object) =>
      crm.tables
        .rows(object)
        .map(({ values }) => values.Key__c)
        .sort(),
    ),
    deeds: deeds.map(({ channel, target, key }) => `${channel} ${target} ${key}`).sort(),
    decided,
  };
}
