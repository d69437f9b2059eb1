import type { Touches } from '../../../domain/engagement/channel.js';
import type { IntegrationError } from '../../../ports/errors.js';
import { BATCH_SIZE, type Context, chunksOf } from './context.js';
import { configError } from './errors.js';
import { everyOf } from './pages.js';
import { SEQUENCE, type SequenceAnswer } from './schema.js';

export interface Sequence {
  readonly id: string;
  readonly enabled: boolean;
  readonly touches: Touches | null;
}

/** Which sequence a name means, and the other way round. */
export interface SequenceDirectory {
  /** Null when there is none; throws Config when several have the name. */
  readonly find: (name: string) => Promise<Sequence | null>;
  /** The same, where it must be there and enabled; throws Config otherwise. */
  readonly ready: (name: string) => Promise<Sequence>;
  /** Names by id; what is not there any more is left out. */
  readonly namesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** An enabled sequence is asked for once; one that is missing or disabled may be mended meanwhile. */
export function sequenceDirectory(context: Context): SequenceDirectory {
  const known = new Map<string, Sequence>();
  const names = new Map<string, string>();
  const find = async (name: string): Promise<Sequence | null> => {
    const sequence = known.get(name) ?? (await findSequence(context, name));
    if (sequence?.enabled) known.set(name, sequence);
    return sequence;
  };
  return {
    find,
    ready: async (name) => {
      const sequence = await find(name);
      if (sequence === null) throw noSuchSequence(name);
      if (!sequence.enabled) throw disabled(name);
      return sequence;
    },
    namesOf: async (ids) => {
      for (const [id, name] of await readNames(
        context,
        [...new Set(ids)].filter((id) => !names.has(id)),
      ))
        names.set(id, name);
      return names;
    },
  };
}

async function findSequence(context: Context, name: string): Promise<Sequence | null> {
  const answers = await everyOf(context, {
    path: 'sequences',
    query: { 'filter[name]': name.trim(), ...plainly(name) },
    item: SEQUENCE,
  });
  const [first, ...others] = answers.filter(({ attributes }) => sameName(attributes.name ?? '', name));
  if (others.length > 0) throw severalNamed(name);
  if (first === undefined) return null;
  return { id: first.id, enabled: first.attributes.enabled === true, touches: touchesOf(first) };
}

/** A comma or two dots have a meaning in the older filter syntax, which is the usual one. */
function plainly(name: string): Readonly<Record<string, string>> {
  return /,|\.\.|^__/.test(name.trim()) ? { newFilterSyntax: 'true' } : {};
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** A sequence that does not tell how long it takes is taken for one step every other day. */
const USUAL_PACE_DAYS = 2;

/** Steps count whatever they are: which of them are calls and tasks only their own records tell. Rather too many. */
function touchesOf({ attributes }: SequenceAnswer): Touches | null {
  const { sequenceStepCount: count, durationInDays } = attributes;
  if (count === null || count === undefined) return null;
  const days = durationInDays ?? (count - 1) * USUAL_PACE_DAYS + 1;
  return { count, days: Math.max(1, Math.ceil(days)) };
}

async function readNames(
  context: Context,
  ids: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  const named: (readonly [string, string])[] = [];
  for (const chunk of chunksOf(ids, BATCH_SIZE)) {
    const answers = await everyOf(context, {
      path: 'sequences',
      query: { 'filter[id]': chunk.join(',') },
      item: SEQUENCE,
    });
    for (const { id, attributes } of answers) if (attributes.name) named.push([id, attributes.name]);
  }
  return named;
}

function noSuchSequence(name: string): IntegrationError {
  return configError('OUTREACH_SEQUENCE_MISSING', 'find sequence', {
    message: `Outreach has no sequence named "${name}" that the user who authorised the application can see.`,
    actions: [
      `Make a sequence named "${name}" in Outreach and share it, or correct the playbook's target.`,
      'Write the name exactly as Outreach shows it, capital letters included.',
    ],
  });
}

function disabled(name: string): IntegrationError {
  return configError('OUTREACH_SEQUENCE_DISABLED', 'find sequence', {
    message: `The sequence "${name}" is not active in Outreach.`,
    actions: [`Activate the sequence "${name}" in Outreach, or correct the playbook's target.`],
  });
}

function severalNamed(name: string): IntegrationError {
  return configError('OUTREACH_SEQUENCE_AMBIGUOUS', 'find sequence', {
    message: `Several sequences are named "${name}".`,
    actions: ['Give the sequence of the playbook a name of its own in Outreach.'],
  });
}
