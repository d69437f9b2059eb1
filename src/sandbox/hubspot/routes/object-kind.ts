import { validation } from '../errors.js';
import type { ObjectRoom, Portal } from '../portal.js';
import type { ObjectKind } from '../schema/property.js';

const NAMES: Readonly<Record<string, ObjectKind>> = {
  contacts: 'contacts',
  contact: 'contacts',
  '0-1': 'contacts',
  companies: 'companies',
  company: 'companies',
  '0-2': 'companies',
};

export function objectKind(name: string | undefined): ObjectKind {
  const kind = NAMES[(name ?? '').toLowerCase()];
  if (kind === undefined) throw validation(`Unable to infer object type from: ${name}`);
  return kind;
}

export function roomOf(portal: Portal, name: string | undefined): ObjectRoom {
  return objectKind(name) === 'contacts' ? portal.contacts : portal.companies;
}
