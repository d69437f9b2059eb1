import { z } from 'zod';
import { notFound, VendorError, validation } from '../errors.js';
import type { Portal } from '../portal.js';
import { shaped } from '../rules/shape.js';
import { liveObject } from '../rules/write.js';
import { type AssociationType, defaultType, type Link } from '../store/associations.js';
import { objectKind, roomOf } from './object-kind.js';
import { type Answer, type Ask, NO_CONTENT, ok, type Route, rowError } from './route.js';

const MOST = { read: 1_000, create: 2_000 } as const;

const END = z.strictObject({ id: z.string() });
const TYPE = z.strictObject({ associationCategory: z.string(), associationTypeId: z.number() });
const TYPES = z.array(TYPE);
const PAIRS = z.strictObject({ inputs: z.array(z.strictObject({ from: END, to: END })) });
const TYPED_PAIRS = z.strictObject({ inputs: z.array(z.strictObject({ from: END, to: END, types: TYPES })) });
const READ_BATCH = z.strictObject({
  inputs: z.array(z.strictObject({ id: z.string(), after: z.string().optional() })),
});
const ARCHIVE = z.strictObject({ inputs: z.array(z.strictObject({ from: END, to: z.array(END) })) });

const READ = 'crm.objects.contacts.read';
const WRITE = 'crm.objects.contacts.write';
const ONE = '/crm/v4/objects/:from/:fromId/associations';
const BATCH = '/crm/v4/associations/:from/:to/batch';
const quota = 'associations' as const;

export const ASSOCIATION_ROUTES: readonly Route[] = [
  { method: 'put', path: `${ONE}/default/:to/:toId`, scope: WRITE, quota, answer: linkDefault },
  { method: 'put', path: `${ONE}/:to/:toId`, scope: WRITE, quota, answer: linkOne },
  { method: 'delete', path: `${ONE}/:to/:toId`, scope: WRITE, quota, answer: unlinkOne },
  { method: 'get', path: `${ONE}/:to`, scope: READ, quota, answer: linked },
  { method: 'post', path: `${BATCH}/associate/default`, scope: WRITE, quota, answer: linkDefaults },
  { method: 'post', path: `${BATCH}/create`, scope: WRITE, quota, answer: linkMany },
  { method: 'post', path: `${BATCH}/read`, scope: READ, quota, answer: readMany },
  { method: 'post', path: `${BATCH}/archive`, scope: WRITE, quota, answer: unlinkMany },
  { method: 'post', path: `${BATCH}/labels/archive`, scope: WRITE, quota, answer: unlinkTypes },
];

function linkDefault(portal: Portal, ask: Ask): Answer {
  const link = linkOf(portal, ask.params, { from: ask.params.fromId ?? '', to: ask.params.toId ?? '' });
  portal.associations.link(link, [usual(ask)]);
  return ok(envelope(portal, [shownDefault(ask, ask.params.fromId ?? '', ask.params.toId ?? '')], []));
}

function linkOne(portal: Portal, ask: Ask): Answer {
  const link = linkOf(portal, ask.params, { from: ask.params.fromId ?? '', to: ask.params.toId ?? '' });
  const types = shaped(TYPES, ask.body).map(kept);
  portal.associations.link(link, types);
  return {
    status: 201,
    body: shownLabels(ask, { from: ask.params.fromId ?? '', to: ask.params.toId ?? '' }, types),
  };
}

function unlinkOne(portal: Portal, ask: Ask): Answer {
  portal.associations.unlink(ends(ask.params, { from: ask.params.fromId ?? '', to: ask.params.toId ?? '' }));
  return NO_CONTENT;
}

function linked(portal: Portal, ask: Ask): Answer {
  const from = `${objectKind(ask.params.from)}/${liveObject(roomOf(portal, ask.params.from), ask.params.fromId ?? '').id}`;
  return ok({ results: targets(portal, from, ask) });
}

function linkDefaults(portal: Portal, ask: Ask): Answer {
  const { inputs } = shaped(PAIRS, ask.body);
  return linkEach(portal, ask, {
    inputs: inputs.map((one) => ({ ...one, types: [usual(ask)] })),
    status: 200,
  });
}

function linkMany(portal: Portal, ask: Ask): Answer {
  const { inputs } = shaped(TYPED_PAIRS, ask.body);
  return linkEach(portal, ask, {
    inputs: inputs.map((one) => ({ ...one, types: one.types.map(kept) })),
    status: 201,
  });
}

interface Pairs {
  readonly inputs: readonly {
    readonly from: { readonly id: string };
    readonly to: { readonly id: string };
    readonly types: readonly AssociationType[];
  }[];
  readonly status: number;
}

function linkEach(portal: Portal, ask: Ask, { inputs, status }: Pairs): Answer {
  atMost(inputs.length, MOST.create);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const { from, to, types } of inputs) {
    try {
      portal.associations.link(linkOf(portal, ask.params, { from: from.id, to: to.id }), types);
      results.push(
        status === 200
          ? shownDefault(ask, from.id, to.id)
          : shownLabels(ask, { from: from.id, to: to.id }, types),
      );
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      errors.push(rowError(error, { fromObjectId: [from.id], toObjectId: [to.id] }));
    }
  }
  return { status: errors.length === 0 ? status : 207, body: envelope(portal, results, errors) };
}

function readMany(portal: Portal, ask: Ask): Answer {
  const { inputs } = shaped(READ_BATCH, ask.body);
  atMost(inputs.length, MOST.read);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const { id } of inputs) {
    const to = targets(portal, `${objectKind(ask.params.from)}/${id}`, ask);
    if (to.length > 0) results.push({ from: { id }, to });
    else errors.push(rowError(notFound(`No associations of ${id} were found.`), { fromObjectId: [id] }));
  }
  return { status: errors.length === 0 ? 200 : 207, body: envelope(portal, results, errors) };
}

function unlinkMany(portal: Portal, ask: Ask): Answer {
  for (const { from, to } of shaped(ARCHIVE, ask.body).inputs) {
    for (const end of to) portal.associations.unlink(ends(ask.params, { from: from.id, to: end.id }));
  }
  return NO_CONTENT;
}

function unlinkTypes(portal: Portal, ask: Ask): Answer {
  for (const { from, to, types } of shaped(TYPED_PAIRS, ask.body).inputs) {
    portal.associations.unlink(ends(ask.params, { from: from.id, to: to.id }), types.map(kept));
  }
  return NO_CONTENT;
}

function ends(params: Ask['params'], { from, to }: Link): Link {
  return { from: `${objectKind(params.from)}/${from}`, to: `${objectKind(params.to)}/${to}` };
}

function linkOf(portal: Portal, params: Ask['params'], ids: Link): Link {
  liveObject(roomOf(portal, params.from), ids.from);
  liveObject(roomOf(portal, params.to), ids.to);
  return ends(params, ids);
}

function usual(ask: Ask): AssociationType {
  const type = defaultType(objectKind(ask.params.from), objectKind(ask.params.to));
  if (type === null) throw validation('There is no default association between these objects.');
  return type;
}

function kept(type: z.infer<typeof TYPE>): AssociationType {
  return { category: type.associationCategory, typeId: type.associationTypeId, label: null };
}

function targets(portal: Portal, from: string, ask: Ask): readonly unknown[] {
  return portal.associations
    .of(from, objectKind(ask.params.to))
    .map(({ to, types }) => ({ toObjectId: to, associationTypes: types }));
}

function shownDefault(ask: Ask, from: string, to: string): unknown {
  const { category, typeId } = usual(ask);
  return {
    from: { id: from },
    to: { id: to },
    associationSpec: { associationCategory: category, associationTypeId: typeId },
  };
}

function shownLabels(ask: Ask, { from, to }: Link, types: readonly AssociationType[]): unknown {
  return {
    fromObjectTypeId: objectKind(ask.params.from) === 'contacts' ? '0-1' : '0-2',
    fromObjectId: from,
    toObjectTypeId: objectKind(ask.params.to) === 'contacts' ? '0-1' : '0-2',
    toObjectId: to,
    labels: types.flatMap((type) => (type.label === null ? [] : [type.label])),
  };
}

function envelope(portal: Portal, results: readonly unknown[], errors: readonly unknown[]): unknown {
  const at = new Date(Math.floor(portal.clock.now())).toISOString();
  const body = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  return errors.length === 0 ? body : { ...body, numErrors: errors.length, errors };
}

function atMost(count: number, most: number): void {
  if (count > most) throw validation(`The maximum number of inputs supported in a batch request is ${most}.`);
}
