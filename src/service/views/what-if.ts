import type { Instant } from '../../domain/day.js';
import type { HealthPolicy } from '../../domain/health/model.js';
import type { Settings } from '../../ports/settings.js';
import type { NoteStore } from '../../ports/state-store.js';
import type { Simulation } from '../../sync/simulate.js';

/** Weights by model and dimension. */
export type Weights = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A question put to the stored book: what would it look like under these weights. Nothing is written to anybody. */
export interface WhatIf {
  readonly id: string;
  readonly askedAt: Instant;
  readonly who: string;
  readonly weights: Weights;
  /** At most about so many accounts; null = the whole book. */
  readonly sample: number | null;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** What it came to, once it is done. */
  readonly result: Simulation | null;
  /** Why it failed, in one sentence. */
  readonly trouble: string | null;
}

/** The dimensions of each model that somebody can weigh otherwise. */
export interface WeighedModel {
  readonly id: string;
  readonly label: string;
  readonly dimensions: readonly { readonly id: string; readonly label: string; readonly weight: number }[];
}

export const MOST_WEIGHT = 100;

export function weighedModels({ health }: Pick<Settings, 'health'>): readonly WeighedModel[] {
  return health.models.map(({ id, label, dimensions }) => ({
    id,
    label,
    dimensions: dimensions.map((dimension) => ({
      id: dimension.id,
      label: dimension.label,
      weight: dimension.weight,
    })),
  }));
}

/** The same settings with other weights; a dimension of weight 0 is left out. What is not named stays as it is. */
export function withWeights<S extends Pick<Settings, 'health'>>(settings: S, weights: Weights): S {
  const models: HealthPolicy['models'] = settings.health.models.map((model) => ({
    ...model,
    dimensions: model.dimensions
      .map((dimension) => ({ ...dimension, weight: weights[model.id]?.[dimension.id] ?? dimension.weight }))
      .filter(({ weight }) => weight > 0),
  }));
  return {
    ...settings,
    health: { ...settings.health, models, version: `${settings.health.version}+what-if` },
  };
}

const NOTE = 'what-ifs';
/** Answers are long and soon of no use: the latest few are kept. */
const KEPT = 5;

/** The latest questions, newest first. */
export async function whatIfs(notes: NoteStore): Promise<readonly WhatIf[]> {
  const found: WhatIf[] = [];
  for (const id of await askedIds(notes)) {
    const question = await whatIfOf(notes, id);
    if (question !== null) found.push(question);
  }
  return found;
}

export async function whatIfOf(notes: NoteStore, id: string): Promise<WhatIf | null> {
  return (await notes.get(noteOf(id))) as WhatIf | null;
}

/** Keeps what has become of a question. Each has a note of its own: whoever answers and whoever asks do not meet. */
export async function keepWhatIf(notes: NoteStore, question: WhatIf): Promise<void> {
  await notes.set(noteOf(question.id), question);
}

/** Notes a new question, and lets go of the oldest. */
export async function addWhatIf(notes: NoteStore, question: WhatIf): Promise<void> {
  await keepWhatIf(notes, question);
  const ids = [question.id, ...(await askedIds(notes))];
  await notes.set(NOTE, ids.slice(0, KEPT));
  for (const id of ids.slice(KEPT)) await notes.remove(noteOf(id));
}

async function askedIds(notes: NoteStore): Promise<readonly string[]> {
  return ((await notes.get(NOTE)) ?? []) as readonly string[];
}

function noteOf(id: string): string {
  return `what-if:${id}`;
}
