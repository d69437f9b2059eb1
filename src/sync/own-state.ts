import type { OrgProfile } from '../ports/crm.js';
import { IntegrationError } from '../ports/errors.js';
import type { StateStore } from '../ports/state-store.js';

const ORG = 'org';

/** What a folder knows is about one org. The first run says which; any other org is refused before anything is read. Each run notes the org as it is now. */
export async function requireOwnState(state: StateStore, org: OrgProfile): Promise<void> {
  const kept = (await state.notes.get(ORG)) as Pick<OrgProfile, 'id' | 'name'> | null;
  if (kept !== null && kept.id !== org.id) throw anothersState(kept, org);
  await state.notes.set(ORG, { ...org });
}

/** The org as the last run found it; states of older versions name it only, and their days are counted in UTC. */
export async function notedOrg({ notes }: StateStore, id: string): Promise<OrgProfile> {
  const noted = (await notes.get(ORG)) as Partial<OrgProfile> | null;
  const unknown = { id, name: id, timeZone: 'UTC', currency: '', multiCurrency: false, production: false };
  return { ...unknown, ...noted };
}

function anothersState(
  kept: Pick<OrgProfile, 'id' | 'name'>,
  org: Pick<OrgProfile, 'id' | 'name'>,
): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'STATE_OF_ANOTHER_ORG',
    message: `The state in var/ is about the org ${kept.name} (${kept.id}); the login leads to ${org.name} (${org.id}).`,
    actions: [
      'Give each org a folder of its own with `--dir`.',
      'Or check which org the TRUENORTH_SALESFORCE_… variables name.',
    ],
    retryable: false,
    provider: 'state',
    operation: 'start run',
  });
}
