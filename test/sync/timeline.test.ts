import { beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryState } from '../../src/adapters/state/memory/index.js';
import type { StateStore } from '../../src/ports/state-store.js';
import type { Happening } from '../../src/sync/happenings.js';
import { accountTimeline, personTimeline } from '../../src/sync/timeline.js';
import {
  aContact,
  aLedgerEntry,
  anAccount,
  anAssessment,
  anEntry,
  anEpisode,
  aRow,
  assess,
  TODAY,
} from '../contracts/state-store/builders.js';

const shown = (score: number, band: string, tier: string, model = 'm1') => ({
  model,
  shown: { score, band, tier },
});
const lines = (happenings: readonly Happening[]) => happenings.map(({ day, kind }) => `${day} ${kind}`);

describe('a timeline', () => {
  let state: StateStore;
  beforeEach(async () => {
    state = openMemoryState();
    await state.rows.save('account', [anAccount('A1'), anAccount('A2')]);
    await state.rows.save('contact', [aRow('C1', 'A1', { email: 'a@b.example' })]);
    await state.rows.save('engagement', [
      aRow('v1', 'A1', {
        on: TODAY + 3,
        at: 5,
        kind: 'replied',
        channel: 'hubspot-list',
        target: 'L',
        person: 'p1',
        contactId: 'C1',
      }),
      aRow('sent:k', 'A1', { on: TODAY + 1, at: 5, kind: 'sent', person: 'p1', contactId: 'C1' }),
      aRow('v2', 'A1', { on: TODAY + 3, at: 4, kind: 'opened', person: 'p2', contactId: 'C2' }),
    ]);
    await state.rows.save('task', [
      aRow('T1', 'A1', {
        openedOn: TODAY + 3,
        dueOn: TODAY + 4,
        closed: true,
        playbook: 'start',
        step: 'reply',
        person: 'p1',
      }),
    ]);
    await assess(state, [anAssessment('A1'), anAssessment('A2')], {
      episodes: [
        anEpisode('e1', {
          edge: TODAY - 1,
          out: { p1: { on: TODAY + 3, by: 'replied' } },
          let: { late: TODAY + 2 },
          goalOn: TODAY + 5,
          ended: { on: TODAY + 5, by: 'goal' },
        }),
        anEpisode('e2', {
          playbook: 'promo',
          refused: { code: 'churned', evidence: 'account.churned' },
          ended: { on: TODAY, by: 'refused' },
        }),
        anEpisode('e3', { playbook: 'drip', heldOut: true }),
      ],
      history: [
        anEntry('A1', { day: TODAY - 9, fingerprint: 'f0', entry: shown(61, 'watch', 'digital') }),
        anEntry('A1', { day: TODAY - 2, fingerprint: 'f1', entry: shown(54, 'watch', 'digital') }),
        anEntry('A1', { day: TODAY - 1, fingerprint: 'f2', entry: shown(54, 'watch', 'digital', 'm2') }),
      ],
    });
    await state.ledger.write([
      aLedgerEntry('e1/mail/p1', {
        status: 'enrolled',
        target: 'Welcome',
        leftOn: TODAY + 3,
        leftBy: 'replied',
      }),
      aLedgerEntry('e1/mail/p2', {
        person: 'p2',
        contact: 'C2',
        status: 'deferred',
        code: 'account_cap',
        evidence: 'full',
        tryOn: TODAY + 2,
      }),
      aLedgerEntry('e2/start/-', {
        episode: 'e2',
        playbook: 'promo',
        person: '-',
        contact: null,
        status: 'refused',
        code: 'churned',
        evidence: 'account.churned',
      }),
      aLedgerEntry('e1/reply/p1', {
        step: 'reply',
        channel: 'salesforce-task',
        target: 'Answer them',
        status: 'enrolled',
        day: TODAY + 3,
        at: 9,
      }),
    ]);
    await state.persons.save([aContact('C1')]);
  });

  it('of an account has everything in order of time', async () => {
    expect(lines(await accountTimeline(state, 'A1'))).toEqual([
      '2024-09-25 assessed',
      '2024-10-02 assessed',
      '2024-10-03 assessed',
      '2024-10-04 begun',
      '2024-10-04 not-begun',
      '2024-10-04 held-out',
      '2024-10-04 enrolled',
      '2024-10-04 deferred',
      '2024-10-06 step-skipped',
      '2024-10-07 event',
      '2024-10-07 event',
      '2024-10-07 task',
      '2024-10-07 left',
      '2024-10-07 person-out',
      '2024-10-08 task-due',
      '2024-10-09 goal',
      '2024-10-09 ended',
    ]);
  });

  it('says what changed in what people see, and when it was the model', async () => {
    const assessed = (await accountTimeline(state, 'A1')).filter(({ kind }) => kind === 'assessed');
    expect(assessed.map(({ what, why }) => [what, why])).toEqual([
      ['first assessed: score 61, band watch, tier digital', null],
      ['score 61 → 54', null],
      ['assessed anew', 'the health model changed'],
    ]);
  });

  it('gives each refusal its code, its evidence and the day of the next try', async () => {
    const all = await accountTimeline(state, 'A1');
    expect(all.filter(({ why }) => why?.startsWith('churned'))).toMatchObject([
      { playbook: 'promo', why: 'churned: account.churned' },
    ]);
    expect(all.find(({ kind }) => kind === 'deferred')).toMatchObject({
      contact: 'C2',
      step: 'mail',
      why: 'account_cap: full; decided again on 6 Oct 2024',
      run: 'r1',
    });
  });

  it('of a person has their part alone', async () => {
    const theirs = await personTimeline(state, 'p1');
    expect(theirs.map(({ kind }) => kind)).toEqual([
      'begun',
      'enrolled',
      'step-skipped',
      'event',
      'task',
      'left',
      'person-out',
      'task-due',
      'goal',
      'ended',
    ]);
    expect(theirs.filter(({ contact }) => contact !== null && contact !== 'C1')).toEqual([]);
  });

  it('of a person follows them into every account', async () => {
    await state.persons.save([aContact('C9', { account: 'A2' })]);
    await state.rows.save('engagement', [
      aRow('v9', 'A2', { on: TODAY + 9, kind: 'clicked', person: 'p1', contactId: 'C9' }),
    ]);
    expect((await personTimeline(state, 'p1')).at(-1)).toMatchObject({
      account: 'A2',
      contact: 'C9',
      what: 'clicked',
    });
  });

  it('names nobody but by id', async () => {
    const text = JSON.stringify([await accountTimeline(state, 'A1'), await personTimeline(state, 'p1')]);
    expect(text).not.toMatch(/"p[12]"|a@b/);
  });
});
