import { describe, expect, it } from '@jest/globals';
import { type CODES, REFUSAL_CODES } from '../../../src/domain/engagement/codes.js';
import type { MarketingConsent } from '../../../src/domain/engagement/consent.js';
import type { StepWish } from '../../../src/domain/engagement/wish.js';
import type { Act } from '../../../src/domain/settle/act.js';
import { decideStep } from '../../../src/domain/settle/decide-step.js';
import type { Evidence } from '../../../src/domain/settle/evidence.js';
import { aPlaybook, aPolicy, aStep, aTask, TODAY } from '../engagement/builders.js';

function aWish(change: Partial<StepWish> = {}): StepWish {
  const { when: _, waitFor: __, side: ___, mark: ____, ...step } = aStep();
  return {
    kind: 'step',
    playbook: 'surge',
    version: 'v1',
    priority: 10,
    step,
    episode: 'e1',
    edge: TODAY,
    due: TODAY,
    before: [],
    busyUntil: TODAY,
    account: '001A',
    about: null,
    person: { key: 'p-003A', contactId: '003A' },
    rank: 0,
    entry: [],
    refused: null,
    ...change,
  };
}

function anAct(change: Partial<Act> = {}): Act {
  const { episode = 'e0', step = 'one', person = 'p-003A' } = change;
  return {
    key: `${episode}/${step}/${person}`,
    episode,
    step,
    person,
    contact: '003A',
    account: '001A',
    playbook: 'other',
    channel: 'hubspot-list',
    status: 'enrolled',
    code: null,
    touchDays: [TODAY - 1],
    day: TODAY - 1,
    tryOn: null,
    leftOn: null,
    leftBy: null,
    busyUntil: 0,
    ...change,
  };
}

function heard(change: Partial<MarketingConsent> = {}): MarketingConsent {
  return {
    tool: 'hubspot',
    known: true,
    optedOut: false,
    bounced: false,
    inSequence: false,
    marketable: true,
    ambiguous: false,
    ...change,
  };
}

function evidence(change: Partial<Evidence> = {}): Evidence {
  return {
    today: TODAY,
    policy: aPolicy(),
    playbook: aPlaybook(),
    priorities: new Map([
      ['surge', 10],
      ['other', 20],
      ['lesser', 5],
    ]),
    groups: new Map(),
    persons: new Set(['p-003A']),
    inEpisode: [],
    toPerson: [],
    toAccount: [],
    consent: [heard()],
    elsewhere: { optedOut: false, bounced: false, forgotten: false },
    otherMailOn: null,
    basis: true,
    touches: { count: 1, days: 1 },
    paused: null,
    listed: true,
    clock: { day: TODAY, minute: 600 },
    sender: { address: 'csm@vendor.example', used: 0, room: null },
    ...change,
  };
}

const sequence = aWish({ step: { ...aWish().step, channel: 'hubspot-sequence' } });
const busy = [anAct({ touchDays: [TODAY - 1] }), anAct({ episode: 'e9', touchDays: [TODAY - 2] })];

/** One way to each code: the wish, the evidence, and whether it is final. */
const WAYS: Readonly<Record<keyof typeof CODES, readonly [StepWish, Evidence, 'refuse' | 'defer']>> = {
  no_contact: [aWish({ person: null, entry: [{ code: 'no_contact', evidence: 'x' }] }), evidence(), 'refuse'],
  duplicate_person: [
    aWish(),
    evidence({ toPerson: [anAct({ playbook: 'surge', touchDays: [TODAY], day: TODAY })] }),
    'refuse',
  ],
  account_locked: [
    aWish({ person: null, entry: [{ code: 'account_locked', evidence: 'x' }] }),
    evidence(),
    'refuse',
  ],
  churned: [aWish({ person: null, entry: [{ code: 'churned', evidence: 'x' }] }), evidence(), 'refuse'],
  payment_overdue: [
    aWish({ person: null, entry: [{ code: 'payment_overdue', evidence: 'x' }] }),
    evidence(),
    'refuse',
  ],
  open_escalation: [
    aWish({ person: null, entry: [{ code: 'open_escalation', evidence: 'x' }] }),
    evidence(),
    'refuse',
  ],
  in_negotiation: [
    aWish({ person: null, entry: [{ code: 'in_negotiation', evidence: 'x' }] }),
    evidence(),
    'refuse',
  ],
  low_coverage: [
    aWish({ person: null, entry: [{ code: 'low_coverage', evidence: 'x' }] }),
    evidence(),
    'refuse',
  ],
  holdout: [aWish({ person: null, entry: [{ code: 'holdout', evidence: 'x' }] }), evidence(), 'refuse'],
  already_active: [sequence, evidence({ consent: [heard({ inSequence: true })] }), 'refuse'],
  active_elsewhere: [aWish(), evidence({ toPerson: [anAct({ touchDays: [TODAY, TODAY + 4] })] }), 'refuse'],
  cooldown: [
    aWish(),
    evidence({
      playbook: aPlaybook({ trigger: { reenter: { afterDays: 60 } } }),
      toAccount: [
        anAct({
          playbook: 'surge',
          person: 'p-003B',
          contact: '003B',
          day: TODAY - 59,
          touchDays: [TODAY - 59],
        }),
      ],
    }),
    'refuse',
  ],
  invalid_email: [aWish({ refused: { code: 'invalid_email', evidence: 'x' } }), evidence(), 'refuse'],
  left_company: [aWish({ refused: { code: 'left_company', evidence: 'x' } }), evidence(), 'refuse'],
  bounced: [aWish(), evidence({ consent: [heard({ bounced: true })] }), 'refuse'],
  forgotten: [
    aWish(),
    evidence({ elsewhere: { optedOut: true, bounced: false, forgotten: true } }),
    'refuse',
  ],
  opted_out_crm: [
    aWish(),
    evidence({ elsewhere: { optedOut: true, bounced: false, forgotten: false } }),
    'refuse',
  ],
  opted_out_marketing: [
    aWish(),
    evidence({ consent: [heard(), heard({ tool: 'outreach', optedOut: true })] }),
    'refuse',
  ],
  consent_unknown: [aWish(), evidence({ consent: [heard({ optedOut: null })] }), 'defer'],
  not_marketing_contact: [aWish(), evidence({ consent: [heard({ marketable: false })] }), 'refuse'],
  recently_contacted: [aWish(), evidence({ toPerson: busy }), 'defer'],
  account_cap: [
    aWish(),
    evidence({
      policy: aPolicy({
        caps: { person: { touches: 2, days: 7 }, account: { touches: 1, days: 7 }, senderPerDay: 9 },
      }),
      toAccount: [anAct({ person: 'p-003B', contact: '003B' })],
    }),
    'defer',
  ],
  sender_cap: [
    aWish(),
    evidence({ sender: { address: 'csm@vendor.example', used: 200, room: null } }),
    'defer',
  ],
  sender_unavailable: [sequence, evidence({ sender: { address: null, used: 0, room: null } }), 'defer'],
  vendor_refused: [aWish({ entry: [{ code: 'vendor_refused', evidence: 'x' }] }), evidence(), 'refuse'],
  budget: [aWish({ entry: [{ code: 'budget', evidence: 'x' }] }), evidence(), 'refuse'],
  paused: [aWish(), evidence({ paused: 'everything is paused' }), 'defer'],
  outside_window: [aWish(), evidence({ clock: { day: TODAY - 1, minute: 600 } }), 'defer'],
  not_listed: [aWish(), evidence({ listed: false }), 'refuse'],
  expired: [aWish({ due: TODAY - 3 }), evidence(), 'refuse'],
};

describe('every code', () => {
  it.each(REFUSAL_CODES)('%s has a way that leads to it', (code) => {
    const [wish, found, verdict] = WAYS[code];
    expect(decideStep(wish, found)).toMatchObject({ verdict, reason: { code } });
  });

  it('is not met by somebody against whom nothing speaks', () => {
    expect(decideStep(aWish(), evidence())).toEqual({ verdict: 'enrol', touchDays: [TODAY] });
    expect(decideStep(sequence, evidence())).toMatchObject({ verdict: 'enrol' });
  });
});

describe('once', () => {
  it.each(['enrolled', 'already', 'refused'] as const)(
    'a key that is %s is never decided again',
    (status) => {
      expect(decideStep(aWish(), evidence({ inEpisode: [anAct({ episode: 'e1', status })] }))).toEqual({
        verdict: 'drop',
      });
    },
  );

  it('a contact whose address changed is the same one', () => {
    const before = anAct({ episode: 'e1', person: 'p-older-address' });
    expect(decideStep(aWish(), evidence({ inEpisode: [before] }))).toEqual({ verdict: 'drop' });
  });

  it('a deferral holds until its day; one that somebody can lift is asked each time', () => {
    const put = (code: string) => anAct({ episode: 'e1', status: 'deferred', code, tryOn: TODAY + 1 });
    expect(decideStep(aWish(), evidence({ inEpisode: [put('sender_cap')] }))).toEqual({ verdict: 'drop' });
    expect(decideStep(aWish(), evidence({ inEpisode: [put('paused')] }))).toMatchObject({ verdict: 'enrol' });
  });
});

describe('order', () => {
  it('what is final goes before what may pass', () => {
    const both = evidence({ paused: 'paused', toPerson: busy, consent: [heard({ optedOut: true })] });
    expect(decideStep(aWish(), both)).toMatchObject({
      verdict: 'refuse',
      reason: { code: 'opted_out_marketing' },
    });
  });

  it('a consent code is not overlooked, an account code is', () => {
    const playbook = aPlaybook({ ignore: ['active_elsewhere'] });
    const elsewhere = [anAct({ touchDays: [TODAY] })];
    expect(decideStep(aWish(), evidence({ playbook, toPerson: elsewhere }))).toMatchObject({
      verdict: 'enrol',
    });
    const out = evidence({ playbook, consent: [heard({ optedOut: true })] });
    expect(decideStep(aWish(), out)).toMatchObject({ verdict: 'refuse' });
  });

  it('a playbook of lower priority does not hold anybody back', () => {
    const lesser = anAct({ playbook: 'lesser', day: TODAY - 8, touchDays: [TODAY - 8, TODAY + 4] });
    expect(decideStep(aWish(), evidence({ toPerson: [lesser] }))).toMatchObject({ verdict: 'enrol' });
  });
});

describe('a group of playbooks', () => {
  it('rests together: nobody is asked twice by different ones', () => {
    const playbook = aPlaybook({ rest: { group: 'survey', days: 60 } });
    const groups = new Map([['other', 'survey']]);
    const asked = (age: number) =>
      evidence({ playbook, groups, toPerson: [anAct({ day: TODAY - age, touchDays: [TODAY - age] })] });
    expect(decideStep(aWish(), asked(59))).toMatchObject({ verdict: 'refuse', reason: { code: 'cooldown' } });
    expect(decideStep(aWish(), asked(60))).toMatchObject({ verdict: 'enrol' });
    expect(decideStep(aWish(), { ...asked(59), groups: new Map() })).toMatchObject({ verdict: 'enrol' });
  });
});

describe('one day', () => {
  it('has room for one program, unless the other is a service notice', () => {
    const today = [anAct({ playbook: 'lesser', day: TODAY, touchDays: [TODAY] })];
    expect(decideStep(aWish(), evidence({ toPerson: today }))).toMatchObject({
      verdict: 'defer',
      reason: { code: 'recently_contacted' },
      tryOn: TODAY + 1,
    });
    const playbook = aPlaybook({ ignore: ['active_elsewhere'] });
    expect(decideStep(aWish(), evidence({ playbook, toPerson: today }))).toMatchObject({ verdict: 'enrol' });
  });
});

describe('later steps', () => {
  const later = aWish({
    step: { ...aWish().step, id: 'two' },
    due: TODAY,
    before: [{ step: 'one', due: TODAY - 4, until: TODAY }],
  });
  const first = (change: Partial<Act> = {}) =>
    anAct({ episode: 'e1', playbook: 'surge', day: TODAY - 4, touchDays: [TODAY - 4], ...change });

  it('keep the gap behind a step that was late', () => {
    expect(decideStep(later, evidence({ inEpisode: [first()] }))).toMatchObject({ verdict: 'enrol' });
    expect(decideStep(later, evidence({ inEpisode: [first({ day: TODAY - 3 })] }))).toEqual({
      verdict: 'drop',
    });
  });

  it('are not for who was turned away at the door, nor for who came too late for it', () => {
    const refused = first({ status: 'refused', code: 'active_elsewhere' });
    expect(decideStep(later, evidence({ inEpisode: [refused] }))).toEqual({ verdict: 'drop' });
    const another = first({ person: 'p-003B', contact: '003B' });
    expect(decideStep(later, evidence({ inEpisode: [another] }))).toEqual({ verdict: 'drop' });
  });

  it('wait for an earlier one that was put off, until that has run out', () => {
    const put = first({ status: 'deferred', code: 'vendor_refused', tryOn: TODAY + 1 });
    expect(decideStep(later, evidence({ inEpisode: [put] }))).toEqual({ verdict: 'drop' });
    const over = { ...later, before: later.before.map((one) => ({ ...one, until: TODAY - 1 })) };
    expect(decideStep(over, evidence({ inEpisode: [put] }))).toMatchObject({ verdict: 'enrol' });
  });

  it('ask consent and caps again, but not the door', () => {
    const inEpisode = [first()];
    const elsewhere = [first(), anAct({ touchDays: [TODAY + 4] })];
    expect(decideStep(later, evidence({ inEpisode, toPerson: elsewhere }))).toMatchObject({
      verdict: 'enrol',
    });
    expect(decideStep(later, evidence({ inEpisode, consent: [heard({ optedOut: true })] }))).toMatchObject({
      verdict: 'refuse',
    });
  });
});

describe('spares', () => {
  it('step in only where somebody before them is not enrolled', () => {
    const spare = aWish({ rank: 2, person: { key: 'p-003C', contactId: '003C' } });
    const two = [
      anAct({ episode: 'e1', person: 'p-1', contact: '1' }),
      anAct({ episode: 'e1', person: 'p-2', contact: '2' }),
    ];
    expect(decideStep(spare, evidence({ inEpisode: two }))).toEqual({ verdict: 'drop' });
    const one = [two[0], { ...two[1], status: 'refused' as const, code: 'opted_out_marketing' }].filter(
      (act) => act !== undefined,
    );
    expect(decideStep(spare, evidence({ inEpisode: one as Act[] }))).toMatchObject({ verdict: 'enrol' });
  });
});

describe('caps', () => {
  it('put somebody off to the first day on which it fits', () => {
    expect(decideStep(aWish(), evidence({ toPerson: busy }))).toMatchObject({
      verdict: 'defer',
      tryOn: TODAY + 5,
    });
  });

  it('count marketing’s own mail, and the touches that an enrolment still unfolds into', () => {
    const one = [anAct({ touchDays: [TODAY - 1] })];
    expect(decideStep(aWish(), evidence({ toPerson: one, otherMailOn: TODAY - 3 }))).toMatchObject({
      verdict: 'defer',
    });
    const unfolding = [
      anAct({ playbook: 'lesser', touchDays: [TODAY - 6, TODAY + 1, TODAY + 2], day: TODAY - 6 }),
    ];
    expect(decideStep(aWish(), evidence({ toPerson: unfolding }))).toMatchObject({
      reason: { code: 'recently_contacted' },
    });
  });

  it('do not count touches that did not come about because the person left', () => {
    const left = [anAct({ touchDays: [TODAY - 6, TODAY - 1, TODAY], day: TODAY - 6, leftOn: TODAY - 5 })];
    expect(decideStep(aWish(), evidence({ toPerson: left }))).toMatchObject({ verdict: 'enrol' });
  });

  it('end in expired when the step can be made up no more', () => {
    const stale = aWish({ due: TODAY - 3 });
    expect(decideStep(stale, evidence({ toPerson: busy }))).toMatchObject({
      verdict: 'refuse',
      reason: { code: 'expired', evidence: expect.stringContaining('recently_contacted') },
    });
  });
});

describe('work', () => {
  const { when: _, waitFor: __, side: ___, mark: ____, ...step } = aTask();
  const task = aWish({ step, person: null });

  it('needs somebody of ours and nothing of the customer’s', () => {
    const closed = evidence({
      consent: [heard({ optedOut: true })],
      toPerson: busy,
      clock: { day: TODAY - 1, minute: 0 },
    });
    expect(decideStep(task, closed)).toMatchObject({ verdict: 'enrol' });
    expect(decideStep(task, evidence({ sender: { address: null, used: 0, room: null } }))).toMatchObject({
      verdict: 'defer',
      reason: { code: 'sender_unavailable' },
    });
  });

  it('waits for a free day in a pool, and for whoever paused it', () => {
    expect(decideStep(task, evidence({ sender: { address: '005A', used: 0, room: 0 } }))).toMatchObject({
      verdict: 'defer',
      reason: { code: 'sender_cap' },
      tryOn: TODAY + 1,
    });
    expect(decideStep(task, evidence({ paused: 'x' }))).toMatchObject({
      verdict: 'defer',
      reason: { code: 'paused' },
    });
  });
});
