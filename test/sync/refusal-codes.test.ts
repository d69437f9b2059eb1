import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { REFUSAL_CODES, type RefusalCode } from '../../src/domain/engagement/codes.js';
import { IntegrationError } from '../../src/ports/errors.js';
import type { Channel, EnrolmentOutcome, EnrolmentRequest } from '../../src/ports/marketing.js';
import type { Settings } from '../../src/ports/settings.js';
import { NO_CALLS } from '../../src/sync/context.js';
import { changed, keepControls, NO_CONTROLS } from '../../src/sync/controls.js';
import { runSync } from '../../src/sync/run-sync.js';
import { settingsWith } from '../support/world/settings.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const MAPPING = `
objects:
  account:
    object: Account
    attributes: { name: Name, arr: ARR__c, ownerId: OwnerId, csmId: CSM__c, churned: Churned__c, engagementLocked: Locked__c, daysOverdue: Days_Overdue__c }
  case:
    object: Case
    accountField: AccountId
    attributes: { openedAt: CreatedDate, closed: IsClosed, escalated: IsEscalated }
  opportunity:
    object: Opportunity
    accountField: AccountId
    attributes: { closed: IsClosed, stage: StageName, closeOn: CloseDate }
  contact:
    object: Contact
    accountField: AccountId
    attributes: { email: Email, role: Role__c, optedOut: HasOptedOutOfEmail, bouncedAt: EmailBouncedDate, left: Left__c, country: Country__c, legalBasis: Legal_Basis__c }
write: { score: Truenorth_Score__c, band: Truenorth_Band__c, tier: Truenorth_Tier__c, tierSince: Truenorth_Tier_Since__c }
`;

const list = (id: string, priority: number, more = '') => `
label: ${id}
priority: ${priority}
trigger: { when: cases.openedLast30 > 1, reenter: { afterDays: 20 }, onFirstSight: fire }
audience: { roles: [user, other], maxPersons: 2 }
steps: [{ id: one, channel: hubspot-list, target: ${id}, lateBy: 3 }]
holdout: 0 %
${more}`;

const PLAYBOOKS = { surge: list('surge', 50) };
const CALM = 'brakes: { share: 100 % }\nbasisRequiredIn: [Germany]\n';

let settings: Settings;
beforeAll(() => {
  settings = made(PLAYBOOKS, CALM);
});

function made(
  playbooks: Readonly<Record<string, string>>,
  engagement: string,
  others: Readonly<Record<string, string>> = {},
): Settings {
  return settingsWith(playbooks, engagement, { 'mappings/salesforce.yaml': MAPPING, ...others });
}

const inSequence = () =>
  list('surge', 50).replace('hubspot-list, target: surge', 'hubspot-sequence, target: Getting started');

/** What somebody did in the tool itself. */
const byHand = ({ contact }: Company): EnrolmentRequest => ({
  key: 'by-hand',
  account: '',
  contactId: contact,
  person: 'x',
  recordId: '1',
  senderEmail: 'csm@vendor.example',
  since: 0,
  task: null,
  facts: {},
});

interface Company {
  readonly world: World;
  readonly account: string;
  readonly contact: string;
}

/** An account with two cases and one person: nothing speaks against writing to them. */
function aCompany(with_: Settings = settings, values: Parameters<typeof anAccount>[1] = {}): Company {
  const world = aWorld({ settings: with_, sequences: ['Getting started', 'By hand'] });
  const account = anAccount(world, values);
  const contact = aContact(world, account, { Email: 'ann@customer.example' });
  openCases(world, account, 2);
  return { world, account, contact };
}

type Way = () => Promise<Company>;

const synced = async (company: Company): Promise<Company> => {
  await company.world.sync();
  return company;
};
const withAccount =
  (values: Parameters<typeof anAccount>[1]): Way =>
  () =>
    synced(aCompany(settings, values));
const withContact =
  (values: Readonly<Record<string, string | boolean | null>>): Way =>
  () => {
    const company = aCompany();
    company.world.crm.tables.update('Contact', company.contact, values);
    return synced(company);
  };
const inRecord = (company: Company, object: string, values: Readonly<Record<string, string | boolean>>) =>
  company.world.crm.tables.insert(object, { AccountId: company.account, ...values });

/** The same world with its list channel replaced. */
async function syncedThrough(company: Company, change: (inner: Channel) => Channel): Promise<Company> {
  const { tools, state } = company.world;
  const inner = tools.channels.get('hubspot-list');
  if (inner === undefined) throw new Error('no list channel');
  const channels = new Map(tools.channels).set('hubspot-list', change(inner));
  const options = { apply: true, reconcile: false, runId: 'r', callsBefore: NO_CALLS, holder: 'h' };
  await runSync({ ...tools, channels, state }, { ...options, holderIsGone: () => false, realNow: () => 0 });
  return company;
}

const refusing =
  (code: string) =>
  (inner: Channel): Channel => ({
    ...inner,
    enrol: async (_, requests) =>
      requests.map(
        ({ key }): EnrolmentOutcome => ({
          key,
          outcome: 'refused',
          refusal: { code, message: 'no', fields: [], retryable: false, advice: 'x' },
        }),
      ),
  });

const spent = (inner: Channel): Channel => ({
  ...inner,
  prepare: () =>
    Promise.reject(
      new IntegrationError({
        kind: 'RateLimited',
        code: 'SPENT',
        message: 'The day is spent.',
        actions: ['Wait.'],
        retryable: false,
        provider: 'hubspot',
        operation: 'prepare',
      }),
    ),
});

async function another(company: Company, playbooks: Readonly<Record<string, string>>): Promise<Company> {
  const { world } = company;
  await world.sync();
  world.pass(1);
  await world.with(made(playbooks, CALM)).sync();
  return company;
}

/** How each code comes about in a real run. */
const WAYS: Readonly<Record<RefusalCode, Way>> = {
  no_contact: async () => {
    const company = aCompany();
    company.world.crm.tables.remove('Contact', company.contact, null);
    return synced(company);
  },
  duplicate_person: async () => {
    const company = aCompany();
    const other = anAccount(company.world);
    aContact(company.world, other, { Email: 'Ann@customer.example' });
    openCases(company.world, other, 2);
    return synced({ ...company, account: other });
  },
  account_locked: withAccount({ Locked__c: true }),
  churned: withAccount({ Churned__c: true }),
  payment_overdue: withAccount({ Days_Overdue__c: 3 }),
  open_escalation: async () => {
    const company = aCompany();
    inRecord(company, 'Case', { CreatedDate: '2026-03-01T10:00:00Z', IsClosed: false, IsEscalated: true });
    return synced(company);
  },
  in_negotiation: async () => {
    const company = aCompany();
    inRecord(company, 'Opportunity', {
      IsClosed: false,
      StageName: 'Negotiation/Review',
      CloseDate: '2026-04-01',
    });
    return synced(company);
  },
  low_coverage: () => {
    const health = readFileSync('config/health.yaml', 'utf8')
      .replace(/unknownBelow: .*/, 'unknownBelow: 100 %')
      .replace(/knownFrom: .*/, 'knownFrom: 100 %');
    const reads = list('surge', 50).replace(
      'openedLast30 > 1',
      'openedLast30 > 1 && (health.coverage >= 0 || health.band == "risk")',
    );
    return synced(aCompany(made({ surge: reads }, CALM, { 'config/health.yaml': health })));
  },
  holdout: () => synced(aCompany(made({ surge: list('surge', 50).replace('0 %', '100 %') }, CALM))),
  already_active: async () => {
    const company = aCompany(made({ surge: inSequence() }, CALM));
    await known(company);
    const channel = company.world.tools.channels.get('hubspot-sequence');
    await channel?.enrol('By hand', [byHand(company)]);
    return synced(company);
  },
  active_elsewhere: () =>
    another(
      aCompany(
        made(
          { long: list('long', 90).replace('lateBy: 3', 'lateBy: 3, touches: { count: 2, days: 9 }') },
          CALM,
        ),
      ),
      {
        long: list('long', 90).replace('lateBy: 3', 'lateBy: 3, touches: { count: 2, days: 9 }'),
        surge: list('surge', 50),
      },
    ),
  cooldown: async () => {
    const company = await synced(aCompany());
    const { world, account } = company;
    for (const { id } of world.crm.tables.rows('Case')) world.crm.tables.remove('Case', id, null);
    world.pass(12);
    await world.sync();
    world.pass(1);
    openCases(world, account, 2);
    return synced(company);
  },
  invalid_email: withContact({ Email: 'ann at customer' }),
  left_company: () => {
    const company = aCompany();
    const { world, contact } = company;
    // Between the plan and the call.
    world.beforeConsent(() => void world.crm.tables.update('Contact', contact, { Left__c: true }));
    return synced(company);
  },
  bounced: withContact({ EmailBouncedDate: '2026-02-01T00:00:00Z' }),
  forgotten: () => {
    const company = aCompany();
    const { world } = company;
    const person = world.tools.digest.person('ann@customer.example');
    return world.state.keeping
      .forget({ contacts: [], persons: [person], words: new Map() })
      .then(() => synced(company));
  },
  opted_out_crm: withContact({ HasOptedOutOfEmail: true }),
  opted_out_marketing: async () => {
    const company = aCompany();
    await known(company);
    company.world.hubspot.engage('1', 'unsubscribed');
    return synced(company);
  },
  consent_unknown: withContact({ Country__c: 'Germany' }),
  not_marketing_contact: async () => {
    const company = aCompany();
    const world = aWorld({ settings, contacts: [{ email: 'ann@customer.example', marketable: false }] });
    const account = anAccount(world);
    const contact = aContact(world, account, { Email: 'ann@customer.example' });
    openCases(world, account, 2);
    return synced({ ...company, world, account, contact });
  },
  recently_contacted: () => {
    const much = list('surge', 50).replace('lateBy: 3', 'lateBy: 3, touches: { count: 2, days: 2 }');
    const company = aCompany(made({ surge: much }, `${CALM}caps: { person: { touches: 2, days: 7 } }\n`));
    return known(company).then(() => {
      company.world.hubspot.engage('1', 'mailed');
      return synced(company);
    });
  },
  account_cap: async () => {
    const company = aCompany(made(PLAYBOOKS, `${CALM}caps: { account: { touches: 1, days: 7 } }\n`));
    aContact(company.world, company.account, { Email: 'bob@customer.example' });
    return synced(company);
  },
  sender_cap: async () => {
    const company = aCompany(made(PLAYBOOKS, `${CALM}caps: { senderPerDay: 1 }\n`));
    aContact(company.world, company.account, { Email: 'bob@customer.example' });
    return synced(company);
  },
  sender_unavailable: () =>
    synced(
      aCompany(made({ surge: inSequence() }, CALM), {
        OwnerId: '005000000000999AAA',
        CSM__c: '005000000000999AAA',
      }),
    ),
  vendor_refused: () => syncedThrough(aCompany(), refusing('SOMETHING_ODD')),
  budget: () => syncedThrough(aCompany(), spent),
  paused: async () => {
    const company = aCompany();
    const hold = { all: true, fields: false, playbook: null, channel: null };
    await keepControls(company.world.state.notes, changed(NO_CONTROLS, hold, true));
    return synced(company);
  },
  outside_window: () => synced(aCompany(made(PLAYBOOKS, `${CALM}calendar: { businessDays: [sunday] }\n`))),
  not_listed: () => synced(aCompany(made(PLAYBOOKS, `${CALM}testOnly: [me@vendor.example]\n`))),
  expired: async () => {
    const company = aCompany();
    const hold = { all: true, fields: false, playbook: null, channel: null };
    await keepControls(company.world.state.notes, changed(NO_CONTROLS, hold, true));
    await synced(company);
    company.world.pass(4);
    return synced(company);
  },
};

async function known({ world, contact }: Company): Promise<void> {
  const [tool] = world.tools.marketing;
  await tool?.upsert([
    { person: 'x', contactId: contact, email: 'ann@customer.example', recordId: null, properties: {} },
  ]);
}

describe('a run', () => {
  it.each(REFUSAL_CODES)('refuses, or puts off, with %s', async (code) => {
    const { world, account } = await WAYS[code]();
    const codes = (await world.state.ledger.ofAccount(account)).map((entry) => entry.code);
    expect(codes).toContain(code);
  });

  it('writes to somebody against whom nothing speaks', async () => {
    const { world, account } = await synced(aCompany());
    expect((await world.state.ledger.ofAccount(account)).map(({ status }) => status)).toEqual(['enrolled']);
  });
});
