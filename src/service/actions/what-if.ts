import { randomBytes } from 'node:crypto';
import type { Asker, Desk } from '../desk.js';
import { invalid } from '../refusal.js';
import { addWhatIf, MOST_WEIGHT, type Weights, weighedModels } from '../views/what-if.js';

/** Asks what the book would look like under other weights; an engine answers. Gives the question's id. Throws where the weights are none. */
export async function askWhatIf(
  desk: Desk,
  { weights, sample }: { readonly weights: Weights; readonly sample: number | null },
  asker: Asker,
): Promise<string> {
  requireWeights(desk, weights);
  const id = randomBytes(6).toString('hex');
  await addWhatIf(desk.state.notes, {
    id,
    askedAt: desk.clock.now(),
    who: asker.who,
    weights,
    sample,
    state: 'waiting',
    result: null,
    trouble: null,
  });
  const payload = { id };
  await desk.queue.add({
    name: 'what-if',
    id: `what-if:${id}`,
    payload,
    delayMs: 0,
    priority: 1,
    trace: asker.trace,
  });
  return id;
}

function requireWeights(desk: Desk, weights: Weights): void {
  for (const { id, label, dimensions } of weighedModels(desk.settings())) {
    const all = dimensions.map((dimension) => weights[id]?.[dimension.id] ?? dimension.weight);
    if (!all.every((weight) => Number.isInteger(weight) && weight >= 0 && weight <= MOST_WEIGHT))
      throw wrong(`The weights of the ${label} model have to be whole numbers from 0 to ${MOST_WEIGHT}.`);
    if (all.every((weight) => weight === 0))
      throw wrong(`In the ${label} model every dimension has the weight 0, so that nothing would be scored.`);
  }
}

function wrong(message: string) {
  return invalid({
    code: 'WEIGHTS_INVALID',
    message,
    action: 'Correct the weights, then ask again.',
    operation: 'ask what if',
  });
}
