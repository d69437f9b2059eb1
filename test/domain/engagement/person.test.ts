import { describe, expect, it } from '@jest/globals';
import { entryReasons } from '../../../src/domain/engagement/entry.js';
import { heldOut, hexId } from '../../../src/domain/engagement/holdout.js';
import { choosePersons, normaliseEmail, personsOf } from '../../../src/domain/engagement/person.js';
import { refusedByCrm } from '../../../src/domain/engagement/wishing.js';
import type { RecordValue } from '../../../src/domain/facts/record.js';
import { aPlaybook, aRow, aTask, facts, sha } from './builders.js';

const contact = (id: string, values: Readonly<Record<string, RecordValue>>) => aRow(id, values);

describe('persons', () => {
  it('are addresses, not rows: the better role, any opt-out, and every contact of them', () => {
    const [person, ...others] = personsOf(
      [
        contact('2', { email: ' Ann@X.co ', role: 'sponsor', optedOut: false }),
        contact('1', { email: 'ann@x.co', role: 'user', optedOut: true }),
      ],
      sha,
    );
    expect(others).toEqual([]);
    expect(person).toMatchObject({ contactId: '1', contactIds: ['1', '2'], role: 'sponsor', optedOut: true });
  });

  it('have left only when every row of them has', () => {
    const rows = (left: boolean) => [
      contact('1', { email: 'a@x.co', left: true }),
      contact('2', { email: 'a@x.co', left }),
    ];
    expect(personsOf(rows(false), sha)[0]?.left).toBe(false);
    expect(personsOf(rows(true), sha)[0]?.left).toBe(true);
  });

  it('are chosen in role order with spares, those who left never', () => {
    const rows = [
      contact('1', { email: 'a@x.co', role: 'user' }),
      contact('2', { email: 'b@x.co', role: 'sponsor', left: true }),
      contact('3', { email: 'c@x.co', role: 'champion' }),
      contact('4', { email: 'd@x.co', role: 'champion' }),
      contact('5', { email: 'e@x.co', role: 'economic-buyer' }),
    ];
    const chosen = choosePersons(aPlaybook(), personsOf(rows, sha));
    expect(chosen.map(({ person, rank }) => [person.contactId, rank])).toEqual([
      ['3', 0],
      ['4', 1],
      ['1', 2],
    ]);
  });

  it('who may not be written to take nobody’s place, and are told why', () => {
    const rows = [
      contact('1', { email: 'a@x.co', role: 'sponsor', optedOut: true }),
      contact('2', { email: 'b@x.co', role: 'champion', bouncedAt: 5 }),
      contact('3', { email: 'ann at x.co', role: 'champion' }),
      contact('4', { email: 'd@x.co', role: 'user' }),
    ];
    const chosen = choosePersons(aPlaybook(), personsOf(rows, sha));
    expect(chosen.map(({ person, rank }) => [refusedByCrm(person)?.code ?? null, rank])).toEqual([
      ['opted_out_crm', 0],
      ['bounced', 0],
      ['invalid_email', 0],
      [null, 0],
    ]);
  });

  it.each(['a@b', 'a b@c.de', '@x.co', 'a@x..', '', 5, null])('%j is no address', (written) => {
    expect(normaliseEmail(written)).toBeNull();
  });
});

describe('the account at the door', () => {
  const standing = {
    facts: facts({}),
    reachable: 1,
    band: 'healthy',
    coverage: 90,
    heldOut: false,
    alreadyRunning: false,
    cooling: false,
  };
  const everything = {
    facts: facts({
      'account.engagementLocked': true,
      'account.churned': true,
      'payments.daysOverdue': 3,
      'cases.escalatedOpen': 1,
      'opportunities.inNegotiation': 1,
    }),
    reachable: 0,
    band: 'unknown',
    coverage: 20,
    heldOut: true,
    alreadyRunning: true,
    cooling: true,
  };

  it('is asked in the documented order', () => {
    const codes = entryReasons(aPlaybook({ readsHealth: true }), everything).map(({ code }) => code);
    expect(codes).toEqual([
      'no_contact',
      'account_locked',
      'churned',
      'payment_overdue',
      'open_escalation',
      'in_negotiation',
      'low_coverage',
      'holdout',
      'already_active',
      'cooldown',
    ]);
    expect(entryReasons(aPlaybook({ readsHealth: true }), standing)).toEqual([]);
  });

  it('is let in where the playbook overlooks the code', () => {
    const ignore = ['churned', 'payment_overdue'] as const;
    const codes = entryReasons(aPlaybook({ ignore }), everything).map(({ code }) => code);
    expect(codes).not.toContain('churned');
    expect(codes).not.toContain('payment_overdue');
  });

  it('does not need a score where the playbook reads none, nor a contact where one of us is to act', () => {
    const bare = { ...standing, band: 'unknown', reachable: 0 };
    expect(entryReasons(aPlaybook({ steps: [aTask()] }), bare)).toEqual([]);
    expect(entryReasons(aPlaybook(), bare).map(({ code }) => code)).toEqual(['no_contact']);
  });

  it('is not refused for what nobody knows', () => {
    const unknown = facts({
      'account.churned': null,
      'payments.daysOverdue': null,
      'cases.escalatedOpen': null,
    });
    expect(entryReasons(aPlaybook(), { ...standing, facts: unknown })).toEqual([]);
  });
});

describe('hold-outs and ids', () => {
  it('keep out about the asked share, the same accounts for ever', () => {
    const out = Array.from({ length: 4_000 }, (_, n) =>
      heldOut(sha, { salt: 's', playbook: 'p', account: `a${n}`, share: 0.1 }),
    );
    const share = out.filter(Boolean).length / out.length;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.12);
    expect(heldOut(sha, { salt: 's', playbook: 'p', account: 'a1', share: 0 })).toBe(false);
  });

  it('depend on their parts alone', () => {
    expect(hexId(sha, ['p', 'a', '2026-11-22'])).toBe(hexId(sha, ['p', 'a', '2026-11-22']));
    expect(hexId(sha, ['p', 'a', '2026-11-23'])).not.toBe(hexId(sha, ['p', 'a', '2026-11-22']));
  });
});
