import { createHash } from 'node:crypto';
import { heldOut } from '../../../src/domain/engagement/holdout.js';
import type { Assignment, MeasuredEpisode } from '../../../src/domain/program/lift.js';
import { measurable } from '../../../src/domain/program/lift.js';
import { drawsOf } from './planted.js';

/** A playbook whose effect is known: how often its goal is reached with it and without. */
export interface PlantedLift {
  readonly accounts: number;
  readonly holdout: number;
  readonly treated: number;
  readonly heldOut: number;
}

/** Monday 2 November 2026. */
const TODAY = 20_759;
const WINDOW = 30;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * What a state would hold of such a playbook: for each account the first episode, whose goal is reached as planted, and
 * what the measurement has to pass over: later episodes that all reach it, refused ones, windows that are still open.
 */
export function plantedAssignments(planted: PlantedLift, seed: number): readonly Assignment[] {
  const random = drawsOf(Math.imul(seed, 0x9e3779b1));
  const episodes: MeasuredEpisode[] = [];
  for (let nth = 0; nth < planted.accounts; nth += 1) {
    const account = `001${String(seed).padStart(6, '0')}${String(nth).padStart(9, '0')}`;
    const key = { salt: `org-${seed}`, playbook: 'planted', account, share: planted.holdout };
    const out = heldOut(sha256, key);
    const reached = random() < (out ? planted.heldOut : planted.treated);
    const edge = TODAY - 400 + Math.floor(random() * 200);
    episodes.push(...distracting({ account, out, edge }, random()));
    episodes.push({ ...windowFrom(account, edge), heldOut: out, goalOn: reached ? edge + 5 : null });
  }
  return measurable(episodes, TODAY).map(({ account, heldOut: out, goalOn }) => ({
    account,
    heldOut: out,
    goalReached: goalOn !== null,
    exposedElsewhere: false,
  }));
}

interface Known {
  readonly account: string;
  readonly out: boolean;
  readonly edge: number;
}

function distracting({ account, out, edge }: Known, drawn: number): readonly MeasuredEpisode[] {
  const always = { heldOut: out, goalOn: TODAY - 1 };
  if (drawn < 0.2) return [{ ...windowFrom(account, edge + 60), ...always }];
  if (drawn < 0.3) return [{ ...windowFrom(account, edge - 60), ...always, refused: 'churned' }];
  if (drawn < 0.4) return [{ ...windowFrom(`${account}x`, TODAY - 3), ...always }];
  return [];
}

function windowFrom(account: string, edge: number) {
  return { account, edge, refused: null, goalUntil: edge + WINDOW };
}
