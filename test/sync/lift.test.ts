import { describe, expect, it } from '@jest/globals';
import { openMemoryState } from '../../src/adapters/state/memory/index.js';
import type { LedgerEntry, StateStore, StoredEpisode } from '../../src/ports/state-store.js';
import { measureLift } from '../../src/sync/measure-lift.js';
import { aLedgerEntry, anAssessment, anEpisode, assess, TODAY } from '../contracts/state-store/builders.js';

const PLAYBOOK = { id: 'start' };

function episode(account: string, change: Partial<StoredEpisode> = {}): StoredEpisode {
  const edge = TODAY - 60;
  const window = { edge, seenOn: edge, goalUntil: TODAY - 10 };
  return anEpisode(`e-${account}-${change.edge ?? edge}`, { account, ...window, ...change });
}

async function aState(
  episodes: readonly StoredEpisode[],
  entries: readonly LedgerEntry[] = [],
): Promise<StateStore> {
  const state = openMemoryState();
  const accounts = [...new Set(episodes.map(({ account }) => account))];
  await assess(
    state,
    accounts.map((account) => anAssessment(account)),
    { episodes },
  );
  await state.ledger.write(entries);
  return state;
}

const named = (prefix: string, count: number, of: (account: string, index: number) => StoredEpisode) =>
  Array.from({ length: count }, (_, index) => of(`${prefix}${String(index).padStart(4, '0')}`, index));

describe('measureLift', () => {
  it('compares all that were triggered with all that were held out', async () => {
    const treated = named('T', 700, (account, index) =>
      episode(account, { goalOn: index < 420 ? TODAY - 30 : null }),
    );
    const out = named('H', 40, (account, index) =>
      episode(account, { heldOut: true, goalOn: index < 10 ? TODAY - 30 : null }),
    );
    const lift = await measureLift(await aState([...treated, ...out]), PLAYBOOK, TODAY);
    expect(lift).toMatchObject({
      treated: { n: 700, reached: 420, rate: 0.6 },
      heldOut: { n: 40, reached: 10, rate: 0.25 },
      verdict: 'better',
      lacking: { treated: 0, heldOut: 0 },
    });
    expect(lift.difference?.value).toBeCloseTo(0.35, 10);
  });

  it('keeps other playbooks, refused edges and later episodes out of it', async () => {
    const state = await aState([
      episode('A1'),
      episode('A1', { edge: TODAY - 30, seenOn: TODAY - 30, goalOn: TODAY - 20 }),
      episode('A2', { refused: { code: 'churned', evidence: '' } }),
      episode('A3', { playbook: 'another' }),
    ]);
    expect((await measureLift(state, PLAYBOOK, TODAY)).treated).toMatchObject({ n: 1, reached: 0 });
  });

  it('says how many are lacking, and how many are still inside their window', async () => {
    const open = { edge: TODAY - 5, seenOn: TODAY - 5, goalUntil: TODAY + 20 };
    const state = await aState([
      episode('A1'),
      episode('A2', open),
      episode('A3', { ...open, heldOut: true }),
    ]);
    expect(await measureLift(state, PLAYBOOK, TODAY)).toMatchObject({
      verdict: 'too little data',
      difference: null,
      lacking: { treated: 29, heldOut: 30 },
      stillOpen: { treated: 1, heldOut: 1 },
    });
  });

  it('counts who met another playbook after the edge and before the window closed', async () => {
    const day = (account: string, on: number, change: Partial<LedgerEntry> = {}) =>
      aLedgerEntry(`${account}-${on}`, {
        account,
        day: on,
        playbook: 'other',
        status: 'enrolled',
        ...change,
      });
    const accounts = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6'];
    const state = await aState(
      accounts.map((account) => episode(account)),
      [
        day('A1', TODAY - 59),
        day('A2', TODAY - 10),
        day('A3', TODAY - 60),
        day('A4', TODAY - 9),
        day('A5', TODAY - 40, { playbook: 'start' }),
        day('A6', TODAY - 40, { status: 'refused', code: 'bounced' }),
      ],
    );
    expect((await measureLift(state, PLAYBOOK, TODAY)).treated.exposedElsewhere).toBe(2);
  });
});
