import { ATTRIBUTES } from '../../domain/facts/attributes.js';
import { isOwnKind, MAPPED_KINDS, type MappedKind } from '../../domain/facts/record.js';
import type { Crm, ObjectDescription } from '../../ports/crm.js';
import { type Guess, matchFields, type SampledObject, SURE } from './match-fields.js';
import { accountField, objectsFor } from './match-objects.js';
import { type Translation, translateValues, valuesOf } from './translate.js';

export interface DraftAttribute {
  readonly attribute: string;
  readonly field: string;
  readonly translation: Translation | null;
}

export interface DraftObject {
  readonly kind: MappedKind;
  readonly object: string;
  readonly accountField: string;
  readonly attributes: readonly DraftAttribute[];
  /** Filled custom fields of the account that match nothing of ours: facts for the customer's own expressions. */
  readonly custom: readonly {
    readonly name: string;
    readonly field: string;
    readonly type: 'text' | 'number' | 'boolean' | 'day';
    readonly label: string;
  }[];
}

/** Something to ask a person: which of these fields, if any, holds the attribute. */
export interface Question {
  readonly kind: MappedKind;
  readonly attribute: string;
  /** In plain words. */
  readonly label: string;
  readonly guesses: readonly Guess[];
}

export interface Draft {
  readonly objects: readonly DraftObject[];
  /** `kind.attribute` for which no field was found. */
  readonly unmapped: readonly string[];
  /** Kinds for which the org has no object. */
  readonly absent: readonly MappedKind[];
  /** What deserves a second look, one sentence each. */
  readonly remarks: readonly string[];
  /** Recurring revenue of the sampled accounts, where a field for it was found. */
  readonly revenues: readonly number[];
  /** Amounts of the sampled opportunities that were won. */
  readonly purchases: readonly number[];
}

/** Answers a question with one of its fields, or null for none. */
export type Answer = (question: Question) => Promise<string | null>;

const SAMPLE = 200;
/** Objects of one kind that are looked at closely before the best is taken. */
const LOOKED_AT = 3;

/** Matches an org's fields to our attributes. Reads describes and samples; writes nothing. */
export async function draftMapping(crm: Crm, answer: Answer): Promise<Draft> {
  const known = await crm.objects();
  const objects: DraftObject[] = [];
  const unmapped: string[] = [];
  const absent: MappedKind[] = [];
  const remarks: string[] = [];
  let revenues: readonly number[] = [];
  let purchases: readonly number[] = [];
  for (const kind of MAPPED_KINDS) {
    if (isOwnKind(kind)) continue;
    const found = await bestObject(crm, kind, objectsFor(kind, known).slice(0, LOOKED_AT));
    if (found === null || (found.sample.length === 0 && kind !== 'account')) {
      absent.push(kind);
      // No rows is not the same as nobody to count: without a mapping the kind stays unknown.
      if (found !== null)
        remarks.push(
          `${found.description.name} has no rows yet, so ${kind} rows are left out; run init again when it has.`,
        );
      continue;
    }
    const drafted = await draftObject(kind, found, answer);
    objects.push(drafted.object);
    if (kind === 'account') revenues = revenuesOf(drafted.object, found);
    if (kind === 'opportunity') purchases = purchasesOf(drafted.object, found);
    unmapped.push(...drafted.unmapped);
    remarks.push(...drafted.remarks);
  }
  return { objects, unmapped, absent, remarks, revenues, purchases };
}

function revenuesOf(object: DraftObject, { sample }: Candidate): readonly number[] {
  const field = fieldOf(object, 'arr');
  const values = field === undefined ? [] : sample.map((row) => row.values[field]);
  return values.filter((value) => typeof value === 'number');
}

function purchasesOf(object: DraftObject, { sample }: Candidate): readonly number[] {
  const [won, amount] = [fieldOf(object, 'won'), fieldOf(object, 'amount')];
  if (won === undefined || amount === undefined) return [];
  const values = sample.filter((row) => row.values[won] === true).map((row) => row.values[amount]);
  return values.filter((value) => typeof value === 'number');
}

function fieldOf({ attributes }: DraftObject, wanted: string): string | undefined {
  return attributes.find(({ attribute }) => attribute === wanted)?.field;
}

interface Candidate extends SampledObject {
  readonly accountField: string;
  readonly guesses: ReadonlyMap<string, readonly Guess[]>;
}

/** Attributes that are welcome but do not decide which object holds a kind of record. */
const BESIDE: ReadonlySet<string> = new Set(['minutes']);

/** The candidate in which the required attributes can be found and most others too; an empty object loses. */
async function bestObject(crm: Crm, kind: MappedKind, names: readonly string[]): Promise<Candidate | null> {
  const candidates: Candidate[] = [];
  for (const description of await crm.describe(names)) {
    const account = kind === 'account' ? 'Id' : accountField(description);
    if (account === null) continue;
    const sample = await crm.sample(description.name, sampleFields(description), SAMPLE);
    const guesses = matchFields(kind, { description, sample });
    if (requiredOf(kind).every((attribute) => guesses.has(attribute)))
      candidates.push({ description, sample, accountField: account, guesses });
  }
  const telling = (guesses: Candidate['guesses']) => [...guesses.keys()].filter((name) => !BESIDE.has(name));
  const worth = ({ sample, guesses }: Candidate): number =>
    (sample.length > 0 ? 100 : 0) + telling(guesses).length;
  return candidates.sort((a, b) => worth(b) - worth(a))[0] ?? null;
}

function requiredOf(kind: MappedKind): readonly string[] {
  return Object.entries(ATTRIBUTES[kind])
    .filter(([, attribute]) => 'required' in attribute)
    .map(([name]) => name);
}

/** At most one long text in a query: none is of use here. */
function sampleFields(description: ObjectDescription): readonly string[] {
  return description.fields
    .filter(
      ({ type, length }) =>
        !['address', 'location', 'base64', 'anyType'].includes(type) &&
        !(type === 'textarea' && length > 255),
    )
    .map(({ name }) => name);
}

interface Drafted {
  readonly object: DraftObject;
  readonly unmapped: readonly string[];
  readonly remarks: readonly string[];
}

async function draftObject(kind: MappedKind, found: Candidate, answer: Answer): Promise<Drafted> {
  const attributes: DraftAttribute[] = [];
  const unmapped: string[] = [];
  const remarks: string[] = [];
  const taken = new Set<string>();
  for (const [attribute, { label }] of Object.entries(ATTRIBUTES[kind])) {
    const guesses = (found.guesses.get(attribute) ?? []).filter(({ field }) => !taken.has(field));
    const field = await chosenField({ kind, attribute, label, guesses }, answer);
    if (field === null) {
      unmapped.push(`${kind}.${attribute}`);
      continue;
    }
    taken.add(field);
    const described = found.description.fields.find(({ name }) => name === field);
    const translation = translateValues(`${kind}.${attribute}`, valuesOf(described, found.sample));
    if (translation && translation.unknown.length > 0)
      remarks.push(
        `${found.description.name}.${field}: ${translation.unknown.map((value) => `"${value}"`).join(', ')} fit no ${label}; add them under "translate" if they should.`,
      );
    attributes.push({ attribute, field, translation });
  }
  const object = {
    kind,
    object: found.description.name,
    accountField: found.accountField,
    attributes,
    custom: kind === 'account' ? customFacts(found, taken) : [],
  };
  return { object, unmapped, remarks };
}

/** The sure guess without a question; otherwise the answer to one, if there is anything to ask. */
async function chosenField(question: Question, answer: Answer): Promise<string | null> {
  const [best, second] = question.guesses;
  if (best === undefined) return null;
  const clear = best.confidence >= SURE && (second === undefined || second.confidence < best.confidence);
  return clear ? best.field : answer(question);
}

const CUSTOM_TYPES: Readonly<Record<string, DraftObject['custom'][number]['type']>> = {
  string: 'text',
  picklist: 'text',
  double: 'number',
  int: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'day',
};
const MIN_FILLED = 0.05;

function customFacts(found: Candidate, taken: ReadonlySet<string>): DraftObject['custom'] {
  return found.description.fields.flatMap(({ name, label, type, custom, unique, externalId }) => {
    const kind = CUSTOM_TYPES[type];
    if (
      !custom ||
      kind === undefined ||
      unique ||
      externalId ||
      taken.has(name) ||
      name.startsWith('Truenorth_')
    )
      return [];
    const filled = found.sample.filter(
      ({ values }) => values[name] !== null && values[name] !== undefined && values[name] !== '',
    ).length;
    if (found.sample.length > 0 && filled / found.sample.length < MIN_FILLED) return [];
    const fact = name
      .replace(/__c$/, '')
      .replace(/_+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
    return [
      {
        name: fact.charAt(0).toLowerCase() + fact.slice(1),
        field: name,
        type: kind,
        label: label.toLowerCase(),
      },
    ];
  });
}

/** Takes the best guess where it is likely at all: `--yes`. */
export async function bestGuess({ guesses }: Question): Promise<string | null> {
  const [best] = guesses;
  return best !== undefined && best.confidence >= LIKELY ? best.field : null;
}
const LIKELY = 0.6;
