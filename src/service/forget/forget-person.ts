import { IntegrationError } from '../../ports/errors.js';
import type { TraceCounts } from '../../ports/keeping-store.js';
import type { ErasureOutcome } from '../../ports/marketing.js';
import type { ServiceStore } from '../../ports/service-store.js';
import type { Tools } from '../../sync/context.js';
import { COMPACTION_DUE } from '../compaction.js';
import type { Asker } from '../desk.js';
import { type FoundPerson, findPerson } from './find-person.js';
import { type Left, leaveAll } from './leave-all.js';

/** What lies beside the database: logs, and back-ups that we made. */
export interface PersonalFiles {
  /** Places that name somebody, by file name; with `apply` they are written again without. */
  readonly search: (who: FoundPerson, apply: boolean) => Promise<TraceCounts>;
  /** Keeps a proof for good; where it lies. */
  readonly keepProof: (name: string, proof: ForgetProof) => Promise<string>;
}

/** What was searched and what was found. Holds the keyed hash, and nothing else of the person. */
export interface ForgetProof {
  readonly person: readonly string[];
  readonly at: string;
  readonly by: string;
  readonly applied: boolean;
  readonly state: TraceCounts;
  readonly files: TraceCounts;
  /** Lists, sequences and campaigns that they were taken out of. */
  readonly left: Left;
  readonly tools: Readonly<Record<string, ErasureOutcome>>;
  /** What is left to be done by hand, one sentence each. */
  readonly remains: readonly string[];
}

export interface ForgetParts {
  readonly tools: Pick<Tools, 'state' | 'digest' | 'marketing' | 'channels' | 'log'>;
  readonly store: Pick<ServiceStore, 'audit'>;
  readonly files: PersonalFiles;
  readonly realNow: () => number;
}

export interface Forgotten extends ForgetProof {
  /** Null on a dry run. */
  readonly proof: string | null;
}

const IN_SALESFORCE =
  'If a contact of theirs still stands in Salesforce, delete it there, and what mails and notes hold of them: as long as it stands it is read again, and refused as "forgotten".';

/**
 * Finds somebody everywhere and, with `apply`, takes them out: of tools first, while their ids are known, then
 * of the state, of files and back-ups. What is left is a keyed hash. Can be repeated.
 */
export async function forgetPerson(
  parts: ForgetParts,
  asked: string,
  { apply, asker }: { readonly apply: boolean; readonly asker: Asker },
): Promise<Forgotten> {
  const { tools, files } = parts;
  const who = await findPerson(tools, asked.trim());
  const left = await leaveAll(tools, who, apply);
  const erased = await eraseInTools(parts, who, apply);
  const { keeping } = tools.state;
  const state = apply ? await keeping.forget(who) : await keeping.traces(who);
  const found = await files.search(who, apply);
  const untidied = apply ? await compacted(tools) : [];
  const at = new Date(parts.realNow()).toISOString();
  const proof: ForgetProof = {
    person: who.persons,
    at,
    by: asker.who,
    applied: apply,
    state,
    files: found,
    left,
    tools: erased,
    remains: [IN_SALESFORCE, ...byHand(erased), ...untidied],
  };
  if (!apply) return { ...proof, proof: null };
  const [person = 'without-address'] = who.persons;
  const name = `forget-${person.slice(0, 16)}-${at.replace(/[:.]/g, '-')}.json`;
  const path = await files.keepProof(name, proof);
  await parts.store.audit.add(auditOf(proof, asker, parts.realNow()));
  return { ...proof, proof: path };
}

const NOT_COMPACTED =
  'The database was busy: what was deleted is out of its tables, its files give the room back with the next housekeeping, or when this is repeated while the service stands still.';

/** What is left to be done where others use the database: the proof of all the rest must not be lost for it. */
async function compacted({ state, log }: ForgetParts['tools']): Promise<readonly string[]> {
  try {
    await state.keeping.compact();
    return [];
  } catch (error) {
    if (!(error instanceof IntegrationError) || !error.retryable) throw error;
    log.warn('The state could not be compacted', { code: error.code });
    await state.notes.set(COMPACTION_DUE, true);
    return [NOT_COMPACTED];
  }
}

async function eraseInTools(
  { tools }: ForgetParts,
  who: FoundPerson,
  apply: boolean,
): Promise<ForgetProof['tools']> {
  const outcomes: Record<string, ErasureOutcome> = {};
  for (const tool of tools.marketing) {
    for (const email of who.addresses) {
      const person = { person: tools.digest.person(email), contactId: who.contacts[0] ?? '', email };
      const [told] = apply ? [] : await tool.consent([person]);
      const outcome = apply
        ? await tool.erase(person)
        : told?.recordId === null
          ? 'absent'
          : 'would be erased';
      if (outcome !== 'absent' || outcomes[tool.id] === undefined) outcomes[tool.id] = outcome;
    }
  }
  return outcomes;
}

function byHand(outcomes: ForgetProof['tools']): readonly string[] {
  return Object.entries(outcomes)
    .filter(([, outcome]) => outcome === 'cannot')
    .map(([tool]) => `Delete the person in ${tool} by hand: our access does not let us.`);
}

function auditOf(proof: ForgetProof, { who, trace }: Asker, at: number) {
  const sum = (counts: TraceCounts): number => Object.values(counts).reduce((total, one) => total + one, 0);
  const particulars = { state: sum(proof.state), files: sum(proof.files), ...proof.tools };
  return { at, who, what: 'forget person', subject: proof.person[0] ?? '', particulars, trace };
}
