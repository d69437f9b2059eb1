import { z } from 'zod';
import type { PullRequest } from '../../../ports/crm.js';
import type { RowShape } from './convert.js';
import type { Catalogue } from './describe.js';
import { salesforceError } from './errors.js';
import type { ObjectDescribe } from './schema.js';
import { after, type Edge, select, since } from './soql.js';

/** One pull, thought through before the first request of it. */
export interface PullPlan {
  readonly object: string;
  readonly operation: string;
  /** Deleted and archived rows, too. */
  readonly deleted: boolean;
  readonly shape: RowShape;
  /** What is selected after the edge; ordered for pages, unordered for jobs (an order makes bulk queries slow). */
  readonly soql: (edge: Edge | null, ordered: boolean) => string;
}

export async function planPull(catalogue: Catalogue, request: PullRequest): Promise<PullPlan> {
  const { object, stampField } = request;
  const described = await catalogue.known(object);
  refuseUnreadable(described, request.fields);
  const deleted = request.since !== null;
  const extra = deleted ? ['IsDeleted', 'MasterRecordId'].filter((field) => has(described, field)) : [];
  const fields = ['Id', stampField, ...extra, ...request.fields];
  const conditions = [request.where, since(stampField, request.since)];
  return {
    object,
    operation: `query ${object}`,
    deleted,
    shape: {
      fields: request.fields,
      stampField,
      types: await catalogue.types(object, request.fields, 'if-known'),
    },
    soql: (edge, ordered) =>
      select({
        object,
        fields: withoutRepeats(fields),
        conditions: [...conditions, after(stampField, edge)],
        ...(ordered ? { orderBy: [stampField, 'Id'] } : {}),
      }),
  };
}

/** CSV cells are typed by describe alone, so the parents must be known, too. */
export async function withParentTypes(catalogue: Catalogue, plan: PullPlan): Promise<PullPlan> {
  const types = await catalogue.types(plan.object, plan.shape.fields, 'described');
  return { ...plan, shape: { ...plan.shape, types } };
}

function has(described: ObjectDescribe, field: string): boolean {
  return described.fields.some((candidate) => candidate.name === field);
}

function withoutRepeats(fields: readonly string[]): readonly string[] {
  const seen = new Map(fields.toReversed().map((field) => [field.toLowerCase(), field]));
  return [...seen.values()].toReversed();
}

function refuseUnreadable(described: ObjectDescribe, fields: readonly string[]): void {
  const byName = new Map(described.fields.map((field) => [field.name.toLowerCase(), field]));
  const selected = fields.flatMap((field) => byName.get(field.toLowerCase()) ?? []);
  const operation = `query ${described.name}`;
  const compound = selected.find((field) => ['address', 'location', 'base64'].includes(field.type));
  if (compound) {
    const message = `${described.name}.${compound.name} is a compound field and cannot be read as one value.`;
    throw salesforceError('SF_COMPOUND_FIELD', { operation, message });
  }
  const long = selected.filter((field) => field.type === 'textarea' && field.length > 255);
  if (long.length > 1) {
    const names = long.map((field) => field.name).join(' and ');
    const message = `${names} of ${described.name} are long texts: two in one query cut its pages to 200 rows.`;
    throw salesforceError('SF_TWO_LONG_TEXTS', { operation, message });
  }
}

const edge = z.object({ stamp: z.number(), id: z.string() }).nullable();

const position = z.discriminatedUnion('via', [
  z.object({ via: z.literal('pages'), edge, serverTime: z.number() }),
  z.object({
    via: z.literal('job'),
    edge,
    serverTime: z.number(),
    job: z.string(),
    locator: z.string().nullable(),
    /** Rows of the page at `locator` that were delivered. */
    skip: z.number(),
    /** Rows of the job that were delivered. */
    delivered: z.number(),
  }),
]);

/** Where a pull stands: after a row, or within the results of a job. */
export type Position = z.infer<typeof position>;
export type JobPosition = Extract<Position, { via: 'job' }>;

export function writeResume(at: Position): string {
  return JSON.stringify(at);
}

/** Null when the text is none of ours (an older version's): then the pull starts over. */
export function readResume(resume: string | null): Position | null {
  if (resume === null) return null;
  try {
    return position.parse(JSON.parse(resume));
  } catch {
    return null;
  }
}
