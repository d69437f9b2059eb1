import { BATCH_SIZE, type Context, chunksOf } from './context.js';
import { everyOf } from './pages.js';
import { PROSPECT, type ProspectAnswer } from './schema.js';

/** By address in lower case. More than one prospect for an address is a question. */
export type ByAddress = ReadonlyMap<string, readonly ProspectAnswer[]>;

const ALWAYS_ASKED = ['emails', 'optedOut', 'emailOptedOut', 'emailsOptStatus'];

/**
 * The prospects that carry these addresses, with these attributes. What else the answer holds is passed over:
 * a filter that Outreach leaves out would name strangers.
 */
export async function prospectsByAddress(
  context: Context,
  emails: readonly string[],
  attributes: readonly string[] = [],
): Promise<ByAddress> {
  const wanted = new Set(emails.map(addressOf).filter(canBeAsked));
  const found = new Map<string, ProspectAnswer[]>();
  for (const chunk of chunksOf([...wanted], BATCH_SIZE)) {
    const prospects = await asked(context, { 'filter[emails]': chunk.join(',') }, attributes);
    for (const prospect of prospects) {
      for (const address of new Set((prospect.attributes.emails ?? []).map(addressOf))) {
        if (wanted.has(address)) found.set(address, [...(found.get(address) ?? []), prospect]);
      }
    }
  }
  return found;
}

export async function prospectsById(
  context: Context,
  ids: readonly string[],
  attributes: readonly string[],
): Promise<ReadonlyMap<string, ProspectAnswer>> {
  const found = new Map<string, ProspectAnswer>();
  for (const chunk of chunksOf([...new Set(ids.filter(isId))], BATCH_SIZE)) {
    const prospects = await asked(context, { 'filter[id]': chunk.join(',') }, attributes);
    for (const prospect of prospects) found.set(prospect.id, prospect);
  }
  return found;
}

function asked(
  context: Context,
  filter: Readonly<Record<string, string>>,
  attributes: readonly string[],
): Promise<readonly ProspectAnswer[]> {
  const fields = [...new Set([...ALWAYS_ASKED, ...attributes])].join(',');
  return everyOf(context, {
    path: 'prospects',
    query: { ...filter, 'fields[prospect]': fields },
    item: PROSPECT,
  });
}

export function addressOf(email: string): string {
  return email.trim().toLowerCase();
}

/** A comma parts values, two dots make a range: such an address would ask for everybody. None of them can be mailed. */
function canBeAsked(address: string): boolean {
  return /^[^\s,"]+@[^\s,"]+$/.test(address) && !address.includes('..');
}

/** Outreach's ids are whole numbers. */
export function isId(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}
