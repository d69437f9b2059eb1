import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refuseAccount, refuseByConsent, refusePerson } from '../../../src/domain/engagement/eligibility.js';
import { episodeId, heldOut } from '../../../src/domain/engagement/holdout.js';
import { choosePersons, normaliseEmail, personsOf } from '../../../src/domain/engagement/person.js';
import type { Playbook, TriggerState } from '../../../src/domain/engagement/playbook.js';
import { dueSteps, nextStepDay } from '../../../src/domain/engagement/steps.js';
import { readTrigger } from '../../../src/domain/engagement/trigger.js';
import type { Facts } from '../../../src/domain/facts/fact.js';

const TODAY = 20_000;
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

function aPlaybook(change: Partial<Playbook['trigger']> = {}, more: Partial<Playbook> = {}): Playbook {
  return {
    id: 'surge',
    label: 'Surge',
    version: 'v1',
    priority: 10,
    trigger: {
      per: 'account',
      when: {
        source: 'c',
        facts: ['c'],
        evaluate: (facts) => (facts.c?.value as boolean | undefined) ?? null,
      },
      edge: {
        source: 'e',
        facts: ['e'],
        evaluate: (facts) => (facts.e?.value as number | undefined) ?? null,
      },
      onFirstSight: 'arm',
      fireWithin: 7,
      reenter: { afterDays: 30 },
      ...change,
    },
    audience: { when: null, roles: ['sponsor', 'champion', 'user'], maxPersons: 2 },
    steps: [
      { id: 'one', day: 1, channel: 'hubspot-list', target: 'L1', sender: 'csm', lateBy: 2 },
      { id: 'two', day: 5, channel: 'hubspot-list', target: 'L2', sender: 'csm', lateBy: 2 },
    ],
    holdout: 0,
    ignore: [],
    ...more,
  };
}

function facts(condition: boolean | null, edge: number | null = null): Facts {
  return { c: { value: condition, asOf: TODAY }, e: { value: edge, asOf: TODAY } };
}

function seen(held: boolean, change: Partial<TriggerState> = {}): TriggerState {
  return { version: 'v1', held, since: TODAY - 40, firedOn: null, episodeOn: null, ...change };
}

describe('readTrigger', () => {
  it('fires on the crossing, at the day of the edge', () => {
    const reading = readTrigger(aPlaybook(), facts(true, TODAY - 2), seen(false), TODAY);
    expect(reading).toMatchObject({
      firedEdge: TODAY - 2,
      state: { held: true, firedOn: TODAY, episodeOn: TODAY - 2 },
    });
  });

  it('arms and does not fire on what already holds when first seen', () => {
    expect(readTrigger(aPlaybook(), facts(true), null, TODAY)).toMatchObject({
      firedEdge: null,
      missed: true,
    });
  });

  it('fires on first sight where asked, but not for an old edge', () => {
    const eager = aPlaybook({ onFirstSight: 'fire' });
    expect(readTrigger(eager, facts(true, TODAY - 7), null, TODAY).firedEdge).toBe(TODAY - 7);
    expect(readTrigger(eager, facts(true, TODAY - 8), null, TODAY)).toMatchObject({
      firedEdge: null,
      missed: true,
    });
  });

  it('stays where it was while nobody knows: no fire, no re-arm', () => {
    const before = seen(true);
    expect(readTrigger(aPlaybook(), facts(null), before, TODAY)).toEqual({
      state: before,
      firedEdge: null,
      missed: false,
    });
  });

  it('re-baselines on a new version of the playbook', () => {
    const before = seen(false, { version: 'v0' });
    expect(readTrigger(aPlaybook(), facts(true), before, TODAY).firedEdge).toBeNull();
  });

  it.each([
    ['never', TODAY - 100, null],
    ['always', TODAY - 1, TODAY],
    [{ afterDays: 30 }, TODAY - 29, null],
    [{ afterDays: 30 }, TODAY - 30, TODAY],
  ] as const)('re-arms by its rule: %j after firing on %d', (reenter, firedOn, edge) => {
    const reading = readTrigger(
      aPlaybook({ reenter, edge: null }),
      facts(true),
      seen(false, { firedOn }),
      TODAY,
    );
    expect(reading.firedEdge).toBe(edge);
  });

  it('fires at most once in its re-arm time, however the condition swings', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(true, false, null), { minLength: 1, maxLength: 90 }), (days) => {
        const playbook = aPlaybook({ edge: null });
        let state: TriggerState | null = null;
        const fired: number[] = [];
        days.forEach((condition, day) => {
          const reading = readTrigger(playbook, facts(condition), state, TODAY + day);
          state = reading.state;
          if (reading.firedEdge !== null) fired.push(TODAY + day);
        });
        return fired.every((day, index) => index === 0 || day - (fired[index - 1] ?? 0) >= 30);
      }),
    );
  });

  it('gives the same answer when the same day is read again from the same state', () => {
    const ask = () => readTrigger(aPlaybook(), facts(true, TODAY), seen(false), TODAY);
    expect(ask()).toEqual(ask());
  });
});

describe('dueSteps', () => {
  it('counts day 1 as the day of the edge and lets a step be late for a while', () => {
    const due = (today: number) => dueSteps(aPlaybook(), TODAY, today).map(({ id }) => id);
    expect([0, 2, 3, 4, 6, 7].map((later) => due(TODAY + later))).toEqual([
      ['one'],
      ['one'],
      [],
      ['two'],
      ['two'],
      [],
    ]);
    expect(nextStepDay(aPlaybook(), TODAY, TODAY)).toBe(TODAY + 4);
    expect(nextStepDay(aPlaybook(), TODAY, TODAY + 4)).toBeNull();
  });
});

describe('persons', () => {
  const row = (id: string, values: Record<string, string | boolean | number | null>) => ({
    id,
    accountId: 'a',
    values,
  });

  it('are one per address, and any duplicate’s opt-out or bounce counts', () => {
    const [person, ...others] = personsOf(
      [
        row('2', { email: ' ANN@x.co ', role: 'Sponsor' }),
        row('1', { email: 'ann@x.co', optedOut: true }),
        row('3', { email: 'ann@x.co', bouncedAt: 1 }),
      ],
      sha,
    );
    expect(others).toEqual([]);
    expect(person).toMatchObject({
      contactId: '1',
      role: 'sponsor',
      optedOut: true,
      bounced: true,
      person: sha('ann@x.co'),
    });
  });

  it('are chosen in role order, capped, and never when they left', () => {
    const rows = [
      row('1', { email: 'u@x.co', role: 'user' }),
      row('2', { email: 's@x.co', role: 'sponsor', left: true }),
      row('3', { email: 'c@x.co', role: 'champion' }),
      row('4', { email: 'c2@x.co', role: 'champion' }),
    ];
    expect(choosePersons(aPlaybook(), personsOf(rows, sha)).map(({ contactId }) => contactId)).toEqual([
      '3',
      '4',
    ]);
  });

  it.each(['a@b', 'a b@c.de', '@x.co', 'a@x..', '', 5, null])('%j is no address', (written) => {
    expect(normaliseEmail(written)).toBeNull();
  });

  it('with a written text that is no address are refused, not guessed', () => {
    const [person] = personsOf([row('1', { email: 'ann at x.co' })], sha);
    expect(person && refusePerson(person)).toMatchObject({ code: 'invalid_email' });
  });
});

describe('eligibility', () => {
  const standing = { churned: false, heldOut: false, reachable: 1 };

  it('checks the account in the documented order', () => {
    const all = { churned: true, heldOut: true, reachable: 0 };
    expect(refuseAccount(aPlaybook(), all)?.code).toBe('no_contact');
    expect(refuseAccount(aPlaybook(), { ...all, reachable: 1 })?.code).toBe('churned');
    expect(refuseAccount(aPlaybook(), { ...standing, heldOut: true })?.code).toBe('holdout');
    expect(refuseAccount(aPlaybook(), standing)).toBeNull();
  });

  it('lets a playbook ignore an account code', () => {
    expect(refuseAccount(aPlaybook({}, { ignore: ['churned'] }), { ...standing, churned: true })).toBeNull();
  });

  it('does not take silence for consent', () => {
    const heard = { known: true, optedOut: false, bounced: false, inSequence: false, ambiguous: false };
    expect(refuseByConsent(heard, true)).toBeNull();
    expect(refuseByConsent({ ...heard, optedOut: null }, false)?.code).toBe('consent_unknown');
    expect(refuseByConsent({ ...heard, optedOut: true }, false)?.code).toBe('opted_out_marketing');
    expect(refuseByConsent({ ...heard, bounced: true }, false)?.code).toBe('bounced');
    expect(refuseByConsent({ ...heard, ambiguous: true }, false)?.code).toBe('consent_unknown');
    expect(refuseByConsent({ ...heard, inSequence: true }, true)?.code).toBe('already_active');
    expect(refuseByConsent({ ...heard, inSequence: true }, false)).toBeNull();
    expect(refuseByConsent({ ...heard, known: false, optedOut: null }, true)).toBeNull();
  });
});

describe('hold-outs and episodes', () => {
  it('keep out about the asked share, the same accounts for ever', () => {
    const out = Array.from({ length: 4_000 }, (_, n) =>
      heldOut(sha, { salt: 's', playbook: 'p', account: `a${n}`, share: 0.1 }),
    );
    const share = out.filter(Boolean).length / out.length;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.12);
    expect(heldOut(sha, { salt: 's', playbook: 'p', account: 'a1', share: 0 })).toBe(false);
  });

  it('have an id that depends on playbook, subject and day alone', () => {
    const key = { playbook: 'p', subject: 'a', day: '2026-11-22' };
    expect(episodeId(sha, key)).toBe(episodeId(sha, { ...key }));
    expect(episodeId(sha, { ...key, day: '2026-11-23' })).not.toBe(episodeId(sha, key));
  });
});
