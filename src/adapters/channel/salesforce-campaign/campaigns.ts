import type { Crm } from '../../../ports/crm.js';
import { campaignAmbiguous, campaignMissing } from './errors.js';

export interface Campaigns {
  /** Null when there is none of this name; throws when there are several. */
  readonly find: (target: string) => Promise<string | null>;
  /** Throws a Config error when there is not exactly one. */
  readonly idOf: (target: string) => Promise<string>;
}

/** Campaigns by name. What was found is remembered, what was not is asked for again: somebody may make it. */
export function campaigns(crm: Crm): Campaigns {
  const known = new Map<string, string>();
  const find = async (target: string): Promise<string | null> => {
    const found = known.get(target) ?? (await lookUp(crm, target));
    if (found !== null) known.set(target, found);
    return found;
  };
  return {
    find,
    async idOf(target) {
      const found = await find(target);
      if (found === null) throw campaignMissing(target);
      return found;
    },
  };
}

/** The CRM finds names in any case of letters; where that is too many, the one that is written the same is meant. */
async function lookUp(crm: Crm, target: string): Promise<string | null> {
  const found = await crm.select('Campaign', ['Name'], [{ field: 'Name', in: [target] }]);
  const same = found.filter(({ values }) => values.Name === target);
  const meant = same.length > 0 ? same : found;
  if (meant.length > 1) throw campaignAmbiguous(target, meant.length);
  return meant[0]?.id ?? null;
}
