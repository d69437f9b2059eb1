import type { PersonRule, TaskWords } from '../../domain/engagement/playbook.js';
import type { WrittenTask } from '../normalised/task.js';
import type { ValuePath } from '../problems.js';
import type { Reader } from './reader.js';

/** Words that give a machine or a team away, and boxes that nobody in particular reads. */
const FACELESS = [
  /(^|[^a-z])(no[-_.]?reply|do[-_.]?not[-_.]?reply|team)([^a-z]|$)/i,
  /^(info|support|success|hello|contact|service|office|help|helpdesk|sales|cs|customer[-_.]?success)@/i,
];

/** True for `noreply@…`, `the CS team`, `info@…`: replies would reach nobody. */
export function isFaceless(written: string): boolean {
  return FACELESS.some((pattern) => pattern.test(written.trim()));
}

/** Whom a rule may name, and what is said where it names nobody. */
export interface PersonScope {
  readonly reader: Reader;
  readonly pools: readonly string[];
}

const CHOICE = 'csm, account-owner or pool:<name>';

type Duty = 'sender' | 'owner';

const NOBODY: Readonly<Record<Duty, string>> = {
  sender: `is nobody who reads replies; a message comes from a person: ${CHOICE}`,
  owner: `is nobody who could do it; work belongs to a person: ${CHOICE}`,
};

/** The rule that was written; what is none is reported and stands for the CSM. */
export function personRule(
  written: string,
  { duty, path }: { readonly duty: Duty; readonly path: ValuePath },
  { reader, pools }: PersonScope,
): PersonRule {
  const rule = written.trim();
  if (rule === 'csm' || rule === 'account-owner') return { kind: rule };
  const pool = /^pool:\s*(.*)$/.exec(rule)?.[1];
  if (pool !== undefined) {
    const known = reader.name('pool', pool, pools, path);
    if (!known && pools.length === 0)
      reader.wrong(path, 'there are no pools; name the people under "pools" in config/engagement.yaml');
    return { kind: 'pool', pool };
  }
  if (isFaceless(rule)) reader.wrong(path, `"${rule}" ${NOBODY[duty]}`);
  else reader.name(duty, rule, ['csm', 'account-owner', ...pools.map((id) => `pool:${id}`)], path);
  return { kind: 'csm' };
}

/** Work for one of us, with its owner checked. */
export function taskOf(written: WrittenTask, path: ValuePath, scope: PersonScope): TaskWords {
  const owner = personRule(written.owner, { duty: 'owner', path: [...path, 'owner'] }, scope);
  return { ...written, owner };
}
