import { noteChange } from '../audited.js';
import type { Asker, Desk } from '../desk.js';
import { absent } from '../refusal.js';

/** Lets a job that failed for good wait again. */
export async function retryJob(desk: Desk, id: string, asker: Asker): Promise<void> {
  if (!(await desk.queue.retry(id))) throw notFailed(id, 'retry job');
  await noteChange(desk, asker, { what: 'retry job', subject: id, particulars: {} });
}

/** Forgets a job that failed for good. */
export async function discardJob(desk: Desk, id: string, asker: Asker): Promise<void> {
  if (!(await desk.queue.discard(id))) throw notFailed(id, 'discard job');
  await noteChange(desk, asker, { what: 'discard job', subject: id, particulars: {} });
}

function notFailed(id: string, operation: string) {
  return absent({
    code: 'JOB_NOT_FAILED',
    message: `No job ${JSON.stringify(id.slice(0, 100))} has failed.`,
    action: 'Load the page again: it may wait or be done already.',
    operation,
  });
}
