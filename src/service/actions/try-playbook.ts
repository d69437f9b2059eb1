import { randomBytes } from 'node:crypto';
import type { Asker, Desk } from '../desk.js';
import { requirePlaybook } from '../views/playbooks.js';
import { addTrial } from '../views/trials.js';

/** Asks who would be enrolled if what holds today had just begun; nothing is written to anybody. Gives the trial's id. */
export async function askTrial(desk: Desk, playbook: string, asker: Asker): Promise<string> {
  requirePlaybook(desk, playbook);
  const id = randomBytes(6).toString('hex');
  const asked = { id, playbook, askedAt: desk.clock.now(), who: asker.who };
  await addTrial(desk.state.notes, { ...asked, state: 'waiting', result: null, trouble: null });
  await desk.queue.add({
    name: 'trial',
    id: `trial:${id}`,
    payload: { id },
    delayMs: 0,
    priority: 1,
    trace: asker.trace,
  });
  return id;
}
