import type { CreateOutcome, Crm, RecordToCreate } from '../../../ports/crm.js';
import type { Refusal } from '../../../ports/errors.js';
import type { Channel, EnrolmentOutcome, EnrolmentRequest } from '../../../ports/marketing.js';
import { standingTasks } from './standing.js';
import { identityOf, taskValues } from './words.js';

/** Requests that one look-up, and one insert, of the CRM can carry. */
const PER_LOOK = 2000;
const PER_INSERT = 200;

/** Work for one of us: a Salesforce task about an account, or about one of its contacts. */
export function salesforceTaskChannel(crm: Crm): Channel {
  return {
    id: 'salesforce-task',
    exists: async () => true,
    prepare: async () => undefined,
    enrol: (_target, requests) => enrol(crm, requests),
    enrolled: async (_target, requests) => keysOf(requests, await standingTasks(crm, requests)),
    leave: async (_target, requests) => requests.map(({ key }) => ({ key, outcome: 'cannot' })),
    touches: async () => ({ count: 0, days: 1 }),
    room: async () => null,
    forecastCalls: (persons) => Math.ceil(persons / PER_LOOK) + Math.ceil(persons / PER_INSERT),
  };
}

function keysOf(
  requests: readonly EnrolmentRequest[],
  standing: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    requests.flatMap((request) => {
      const id = standing.get(identityOf(request));
      return id === undefined ? [] : [[request.key, id] as const];
    }),
  );
}

/** Looks first and inserts only what is not there: an insert that was not answered may have been carried out. */
async function enrol(crm: Crm, requests: readonly EnrolmentRequest[]): Promise<readonly EnrolmentOutcome[]> {
  const standing = await standingTasks(crm, requests);
  const created = await insert(
    crm,
    requests.filter((request) => !standing.has(identityOf(request))),
  );
  const told = new Set<string>();
  return requests.map((request) => {
    const { key } = request;
    if (request.task === null) return { key, outcome: 'refused', refusal: WORDLESS };
    const identity = identityOf(request);
    const outcome = created.get(identity);
    if (outcome === undefined) return { key, outcome: 'already', made: standing.get(identity) ?? null };
    const again = told.has(identity);
    told.add(identity);
    return outcomeOf(key, outcome, again);
  });
}

const WORDLESS = {
  code: 'TASK_WORDS_MISSING',
  message: 'The step opens a task and says none of its words.',
  fields: ['task'],
  retryable: false,
  advice: 'Give the step of the playbook a `task` with subject and owner.',
} as const satisfies Refusal;

/** Outcomes by what tells one task from another: asked for twice in one call it is made once. */
async function insert(
  crm: Crm,
  requests: readonly EnrolmentRequest[],
): Promise<ReadonlyMap<string, CreateOutcome>> {
  const records = new Map<string, RecordToCreate>();
  for (const request of requests) {
    if (request.task === null) continue;
    const key = identityOf(request);
    if (!records.has(key)) records.set(key, { key, values: taskValues(request, request.task) });
  }
  if (records.size === 0) return new Map();
  const outcomes = await crm.create('Task', [...records.values()]);
  return new Map(outcomes.map((outcome) => [outcome.key, outcome]));
}

/** `again` = the same task stood in an earlier request of the same call. */
function outcomeOf(key: string, made: CreateOutcome, again: boolean): EnrolmentOutcome {
  if (made.outcome === 'created') return { key, outcome: again ? 'already' : 'enrolled', made: made.id };
  if (made.outcome === 'unclear') return { key, outcome: 'unclear', made: null };
  return { key, outcome: 'refused', refusal: made.refusal };
}
