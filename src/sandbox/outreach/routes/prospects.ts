import { z } from 'zod';
import { isAddress } from '../../hubspot/store/known-people.js';
import { validation } from '../errors.js';
import type { Org } from '../org.js';
import type { Changes } from '../rules/amend.js';
import { looseReference, shaped } from '../rules/body.js';
import { leaveAll, optChanges } from '../rules/opt-out.js';
import { PROSPECT, PROSPECT_ATTRIBUTES } from '../schema/prospect.js';
import { emailsOf } from '../store/prospects.js';
import { type ApiRecord, isoTime, textOf } from '../store/record.js';
import { existing, noParameters, written } from './collections.js';
import type { Answer, Ask, Route } from './route.js';

const RELATIONSHIPS = z
  .strictObject({ account: looseReference('account'), owner: looseReference('user') })
  .partial();
const MEMBERS = {
  type: z.literal('prospect'),
  attributes: PROSPECT_ATTRIBUTES.optional(),
  relationships: RELATIONSHIPS.optional(),
};
const CREATE = z.strictObject({ data: z.strictObject(MEMBERS) });
const UPDATE = z.strictObject({ data: z.strictObject({ ...MEMBERS, id: z.int() }) });

export const PROSPECT_ROUTES: readonly Route[] = [
  { method: 'post', path: '/prospects', scope: 'prospects.write', answer: create },
  { method: 'patch', path: '/prospects/:id', scope: 'prospects.write', answer: update },
];

function create(org: Org, ask: Ask): Answer {
  noParameters(ask);
  const { data } = shaped(CREATE, ask.body);
  const now = isoTime(org.clock.now());
  const blank: ApiRecord = {
    id: org.prospects.newId(),
    attributes: { createdAt: now, updatedAt: now },
    related: { owner: null, account: null, creator: org.userId },
  };
  return written(org, PROSPECT, save(org, blank, data), 201);
}

function update(org: Org, ask: Ask): Answer {
  noParameters(ask);
  const before = existing(PROSPECT, org.prospects, ask);
  const { data } = shaped(UPDATE, ask.body);
  if (data.id !== before.id) {
    throw validation('Id must match the path.', { source: { pointer: '/data/id' } });
  }
  return written(org, PROSPECT, save(org, before, data));
}

type Write = Pick<z.infer<typeof CREATE>['data'], 'attributes' | 'relationships'>;

function save(org: Org, before: ApiRecord, { attributes, relationships }: Write): ApiRecord {
  const at = Math.floor(org.clock.now());
  const changes: Changes = defined(attributes ?? {});
  const related = { ...before.related, ...relatedOf(org, relationships ?? {}), updater: org.userId };
  const draft = { ...before.attributes, ...changes, ...optChanges(changes, at) };
  const record: ApiRecord = {
    ...before,
    related,
    attributes: {
      ...draft,
      ...derived(org, { ...before, attributes: draft, related }),
      updatedAt: isoTime(at),
    },
  };
  checkEmails(org, record);
  org.prospects.write(record);
  if (record.attributes.optedOut === true) leaveAll(org, record.id, at);
  return record;
}

/** Zod keeps absent members out, but its type does not say so. */
function defined(attributes: Readonly<Record<string, Changes[string] | undefined>>): Changes {
  const given: Record<string, Changes[string]> = {};
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) given[name] = value;
  return given;
}

/** The name is put together, and the company is the account's when there is one. */
function derived(org: Org, record: ApiRecord): Changes {
  const name = `${textOf(record, 'firstName')} ${textOf(record, 'lastName')}`.trim();
  const account = org.accounts.byId(record.related.account ?? 0);
  return {
    name: name === '' ? null : name,
    ...(account === null ? {} : { company: textOf(account, 'name') }),
  };
}

function relatedOf(org: Org, given: NonNullable<Write['relationships']>): ApiRecord['related'] {
  const ends = { account: org.accounts, owner: org.users };
  const related: Record<string, number | null> = {};
  for (const name of ['account', 'owner'] as const) {
    const end = given[name];
    if (end === undefined) continue;
    const id = end.data?.id ?? null;
    if (id !== null && ends[name].byId(id) === null) {
      throw validation(`${name === 'account' ? 'Account' : 'Owner'} must exist.`, {
        source: { pointer: `/data/relationships/${name}` },
      });
    }
    related[name] = id;
  }
  return related;
}

/** One prospect per address, in any case; the words are Outreach's. */
function checkEmails(org: Org, record: ApiRecord): void {
  for (const email of emailsOf(record)) {
    if (!isAddress(email)) {
      throw validation('Emails is invalid.', { source: { pointer: '/data/attributes/emails' } });
    }
    const owner = org.prospects.ownerOf(email);
    if (owner !== null && owner !== record.id) {
      throw validation('Contacts email hash has already been taken.', { source: { pointer: '/data' } });
    }
  }
}
