import { moveState } from '../../../../src/sandbox/outreach/rules/amend.js';
import { optOut } from '../../../../src/sandbox/outreach/rules/opt-out.js';
import type { OutreachServer } from '../../../../src/sandbox/outreach/start.js';
import type { BaseProspect, BaseProspects } from '../../../../src/sandbox/outreach/store/base-prospects.js';
import { isoTime } from '../../../../src/sandbox/outreach/store/record.js';
import type { SequencePlan } from '../../../../src/sandbox/outreach/store/sequences.js';
import {
  type MarketingBench,
  marketingToolContract,
  OUTREACH_TRAITS,
  SEQUENCES,
  type StartingContact,
} from '../../../contracts/marketing-tool.js';
import { anOrg, flip } from '../../../sandbox/outreach/outreach-org.js';
import { aMail, aTool } from './outreach-tool.js';
import { inTheSuitesWords } from './suite-words.js';

/** Where somebody's mail bounced before the test begins. */
const ELSEWHERE = 'Newsletter';
const NAMES = [...SEQUENCES, ELSEWHERE];
const PLANS = NAMES.map((name): SequencePlan => ({ name, permitDuplicateProspects: 'only_if_inactive' }));

function prospectsOf(contacts: readonly StartingContact[]): BaseProspects {
  const rows = contacts.map(({ email, optedOut = false, bounced = false, inSequence }): BaseProspect => {
    const sequence = bounced ? ELSEWHERE : inSequence;
    return {
      email,
      firstName: 'Some',
      lastName: 'Body',
      companyName: '',
      optedOut,
      sequence: sequence === undefined ? null : NAMES.indexOf(sequence),
      finished: false,
    };
  });
  return {
    count: rows.length,
    at: (index) => rows[index] ?? null,
    indexOfEmail: (email) => rows.findIndex((row) => row.email === email),
  };
}

/** What base prospects can't hold: a second address, a bounce. */
function complete({ org }: OutreachServer, contact: StartingContact): void {
  const id = org.prospects.ownerOf(contact.email) ?? 0;
  const record = org.prospects.byId(id);
  if (record === null) throw new Error('the prospect is not there');
  const emails = [contact.email, ...(contact.secondaryEmails ?? [])];
  org.prospects.write({ ...record, attributes: { ...record.attributes, emails } });
  const [state] = org.states.ofProspect(id);
  if (contact.bounced && state !== undefined) moveState(org, state.id, 'bounced', { at: org.clock.now() });
}

/** With the latest sequence when there is one, else with a mail of its own. */
async function engage(server: OutreachServer, recordId: string, kind: string): Promise<void> {
  const { org } = server;
  const prospectId = Number(recordId);
  const running = org.states.ofProspect(prospectId).some(({ attributes }) => attributes.state === 'active');
  if (running) {
    await flip(server, 'engage', { prospectId, kind });
    return;
  }
  const at = org.clock.now();
  const state = kind === 'bounced' ? { state: kind } : {};
  aMail(server, prospectId, kind === 'mailed' ? {} : { ...state, [`${kind}At`]: isoTime(at) });
  if (kind === 'unsubscribed') optOut(org, prospectId, at);
}

async function open(contacts: readonly StartingContact[]): Promise<MarketingBench> {
  const server = await anOrg({ prospects: prospectsOf(contacts), sequences: PLANS });
  for (const contact of contacts) complete(server, contact);
  return {
    tool: inTheSuitesWords(aTool(server)),
    close: server.close,
    leaveSequence: async (recordId) => {
      await flip(server, 'engage', { prospectId: Number(recordId), kind: 'finished' });
    },
    engage: (recordId, kind) => engage(server, recordId, kind),
    passDays: (days) => server.clock.advance(days * 86_400_000),
    now: server.clock.now,
  };
}

/** Three steps, and the account does not say over how many days. */
const touches = { count: 3, days: 5 };
marketingToolContract('outreach', open, { ...OUTREACH_TRAITS, touches });
