import { describe, expect, it } from '@jest/globals';
import { refuseByLedger, type SentBefore } from '../../../src/domain/engagement/earlier.js';
import type { Playbook } from '../../../src/domain/engagement/playbook.js';

const TODAY = 20_000;
const nobody: ReadonlySet<string> = new Set();

function aPlaybook(reenter: Playbook['trigger']['reenter'], per: 'account' | 'person' = 'account'): Playbook {
  const when = { source: 'true', facts: [], evaluate: () => true };
  return {
    id: 'p',
    label: 'P',
    version: '1',
    priority: 1,
    trigger: { per, when, edge: null, onFirstSight: 'arm', fireWithin: 7, reenter },
    audience: { when: null, roles: ['user'], maxPersons: 2 },
    steps: [],
    holdout: 0,
    ignore: [],
  };
}

const wanted = { episode: 'new', step: 's', person: 'ann', account: 'a' };
const earlier = (change: Partial<SentBefore>): SentBefore => ({
  ...wanted,
  episode: 'old',
  day: TODAY - 10,
  ...change,
});

describe('refuseByLedger', () => {
  it.each([
    ['never', 10, 'cooldown'],
    ['always', 1, undefined],
    ['always', 0, 'cooldown'],
    [{ afterDays: 30 }, 29, 'cooldown'],
    [{ afterDays: 30 }, 30, undefined],
  ] as const)(
    'keeps the re-arm rule %j after %d days, whatever the trigger remembers',
    (reenter, days, code) => {
      const sent = [earlier({ day: TODAY - days })];
      expect(refuseByLedger(aPlaybook(reenter), wanted, { sent, chosen: nobody, today: TODAY })?.code).toBe(
        code,
      );
    },
  );

  it('rests an account for all its persons, but a person’s own edge for that person alone', () => {
    const sent = [earlier({ person: 'bob' })];
    const ask = (per: 'account' | 'person') =>
      refuseByLedger(aPlaybook('never', per), wanted, { sent, chosen: nobody, today: TODAY });
    expect(ask('account')?.code).toBe('cooldown');
    expect(ask('person')).toBeNull();
  });

  it('follows a person to another account', () => {
    const sent = [earlier({ account: 'b' })];
    expect(
      refuseByLedger(aPlaybook('never', 'person'), wanted, { sent, chosen: nobody, today: TODAY })?.code,
    ).toBe('cooldown');
  });

  it('counts the persons of an episode over all runs, each once', () => {
    const of = (...persons: string[]) => persons.map((person) => earlier({ episode: 'new', person }));
    const ask = (sent: readonly SentBefore[], ...chosen: string[]) =>
      refuseByLedger(aPlaybook('never'), wanted, { sent, chosen: new Set(chosen), today: TODAY })?.code;
    expect(ask(of('bob'), 'bob')).toBeUndefined();
    expect(ask(of('bob', 'cat'))).toBe('account_cap');
    expect(ask(of('bob'), 'cat')).toBe('account_cap');
    expect(ask(of('ann', 'bob'))).toBeUndefined();
  });
});
