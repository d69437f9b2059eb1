import { CONTACT_TYPE, type Context } from './context.js';
import { configError, contentRefused } from './errors.js';
import { LIST } from './schema.js';

export interface ContactList {
  readonly listId: string;
  readonly processingType: string;
}

/** Lists by name, asked for once each. */
export interface ListDirectory {
  readonly find: (name: string) => Promise<ContactList | null>;
  readonly ensure: (name: string) => Promise<void>;
  /** Somebody deleted it: the next question goes to HubSpot again. */
  readonly forget: (name: string) => void;
}

export function listDirectory(context: Context): ListDirectory {
  const known = new Map<string, ContactList>();
  const keep = (name: string, list: ContactList | null): ContactList | null => {
    if (list !== null) known.set(name, list);
    return list;
  };
  const find = async (name: string): Promise<ContactList | null> =>
    known.get(name) ?? keep(name, await findList(context, name));
  return {
    find,
    ensure: async (name) => {
      if ((await find(name)) === null) keep(name, await createList(context, name));
    },
    forget: (name) => {
      known.delete(name);
    },
  };
}

async function findList(context: Context, name: string): Promise<ContactList | null> {
  try {
    const { list } = await context.client.send({
      kind: 'lists',
      method: 'GET',
      path: context.paths.listByName(CONTACT_TYPE, name),
      answer: LIST,
      repeat: 'repeatable',
    });
    return list;
  } catch (error) {
    if (contentRefused(error) && error.cause.code === 404) return null;
    throw error;
  }
}

/** Names are unique: when another worker was faster, its list is ours. */
async function createList(context: Context, name: string): Promise<ContactList> {
  try {
    const { list } = await context.client.send({
      kind: 'lists',
      method: 'POST',
      path: context.paths.lists,
      body: { name, objectTypeId: CONTACT_TYPE, processingType: 'MANUAL' },
      answer: LIST,
      repeat: 'repeatable',
    });
    return list;
  } catch (error) {
    const theirs = contentRefused(error) ? await findList(context, name) : null;
    if (theirs === null) throw error;
    return theirs;
  }
}

export function fillsItself({ processingType }: ContactList): boolean {
  return processingType === 'DYNAMIC';
}

export function byHand(target: string, list: ContactList | null): ContactList {
  if (list !== null && !fillsItself(list)) return list;
  throw configError('HUBSPOT_LIST_UNUSABLE', 'find list', {
    message:
      list === null
        ? `HubSpot has no contact list named "${target}".`
        : `The list "${target}" fills itself by a filter; nobody can be added to it.`,
    actions: [
      list === null
        ? 'Check the name in the playbook, or let `truenorth install` make the list.'
        : `Give the step of the playbook another list name, or make "${target}" a static list.`,
    ],
  });
}
