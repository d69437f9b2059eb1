import type { OrgProfile } from '../ports/crm.js';
import type { Digest } from '../ports/digest.js';
import { IntegrationError } from '../ports/errors.js';
import type { StateStore } from '../ports/state-store.js';

const ORG = 'org';
const KEY = 'person-key';

/**
 * What a state knows is about one org, and about persons under one key. The first run says which; any other
 * is refused before anything is read. Each run notes the org as it is now.
 */
export async function requireOwnState(state: StateStore, org: OrgProfile, digest: Digest): Promise<void> {
  const kept = (await state.notes.get(ORG)) as Pick<OrgProfile, 'id' | 'name'> | null;
  if (kept !== null && kept.id !== org.id) throw anothersState(kept, org);
  const key = digest.person(KEY);
  const known = await state.notes.get(KEY);
  if (typeof known === 'string' && known !== key) throw anotherKey();
  if (known === null) await state.notes.set(KEY, key);
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

/** Under another key everybody would be somebody new: enrolled again, and their opt-outs not known. */
function anotherKey(): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'PERSON_KEY_DIFFERS',
    message: 'This state knows people under another key than this process has.',
    actions: [
      'Give every process of the org the same TRUENORTH_PERSON_KEY (or TRUENORTH_PERSON_KEY_FILE).',
      'Or, on one machine, restore var/person.key together with the state that it belongs to.',
    ],
    retryable: false,
    provider: 'state',
    operation: 'start run',
  });
}
