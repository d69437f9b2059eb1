import type { AccountAssessment } from '../domain/assess-account.js';
import type { RecordValue } from '../domain/facts/record.js';
import { numberOf, textOf } from '../domain/facts/row-values.js';
import type { CarryMapping } from '../ports/mapping.js';
import type { AccountBundle, Candidate, StoredRow } from '../ports/state-store.js';
import { partsOf, THEIR_CONTACTS } from './bundles.js';
import type { Run } from './context.js';
import type { Carried, StoredResult } from './stored-result.js';

type ToolName = 'hubspot' | 'outreach';

/** Which facts each tool's people carry. */
function carryRules({ settings }: Pick<Run, 'settings'>, tool: ToolName): readonly CarryMapping[] {
  return (tool === 'hubspot' ? settings.marketing?.contact : settings.outreach?.contact) ?? [];
}

/** What would go along today. */
export function carriedOf(run: Run, bundle: AccountBundle, result: AccountAssessment): Carried {
  const rules = [...carryRules(run, 'hubspot'), ...carryRules(run, 'outreach')];
  const values: Record<string, RecordValue> = {};
  for (const { fact } of rules) {
    const found = carriedValue(fact, bundle, result);
    if (found !== undefined) values[fact] = found;
  }
  const ofPeople = rules.filter(({ fact }) => fact.startsWith('contact.')).map(({ fact }) => fact.slice(8));
  const people = (bundle.rows.contact ?? []).map(({ id, values: own }) => [
    id,
    ofPeople.map((name) => own[name] ?? null),
  ]);
  return { values, hash: run.digest.content(JSON.stringify([values, people])).slice(0, 16) };
}

function carriedValue(
  fact: string,
  { account }: AccountBundle,
  { written, facts, standing }: AccountAssessment,
): RecordValue | undefined {
  const ours: Readonly<Record<string, RecordValue>> = written;
  if (fact in ours) return ours[fact];
  const attribute = fact.startsWith('account.') ? account.values[fact.slice(8)] : undefined;
  return attribute ?? account.values[fact] ?? standing[fact]?.value ?? facts[fact]?.value ?? undefined;
}

/** An account whose people are known to a tool and carry something that has changed since. */
export function carryCandidates({ account, rows }: AccountBundle, { hash }: Carried): readonly Candidate[] {
  const before = lastCarried(rows.engagement ?? []);
  if (before === null || before === hash) return [];
  const { id } = account;
  return [{ account: id, kind: 'carry', key: id, order: id, detail: { hash } }];
}

/** The hash of what went along last; null when nobody of the account was ever enrolled. */
function lastCarried(rows: readonly StoredRow[]): string | null {
  const carried = rows.filter((row) => textOf(row, 'carried') !== null);
  const last = carried.reduce<StoredRow | null>(
    (latest, row) =>
      latest === null || (numberOf(row, 'at') ?? 0) >= (numberOf(latest, 'at') ?? 0) ? row : latest,
    null,
  );
  return last === null ? null : textOf(last, 'carried');
}

interface Somebody {
  readonly account: string;
  readonly person: { readonly contactId: string } | null;
}

/** Properties by contact id. Facts are read for the moment of the call; nothing personal is kept in the plan. */
export async function carriedProperties(
  run: Run,
  tool: ToolName,
  wanted: readonly Somebody[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const rules = carryRules(run, tool);
  const carried = new Map<string, Readonly<Record<string, string>>>();
  const byAccount = Map.groupBy(wanted, (one) => one.account);
  for await (const bundle of partsOf(run, byAccount.keys(), { ...THEIR_CONTACTS, assessed: true })) {
    const contacts = new Map((bundle.rows.contact ?? []).map((contact) => [contact.id, contact]));
    for (const { person } of byAccount.get(bundle.account.id) ?? []) {
      const contact = contacts.get(person?.contactId ?? '');
      if (contact !== undefined) carried.set(contact.id, propertiesOf(rules, bundle, contact));
    }
  }
  return carried;
}

function propertiesOf(
  rules: readonly CarryMapping[],
  bundle: AccountBundle,
  contact: StoredRow,
): Readonly<Record<string, string>> {
  const result = bundle.assessed?.result as StoredResult | undefined;
  const properties: Record<string, string> = {};
  for (const { fact, property } of rules) {
    const value = fact.startsWith('contact.') ? contact.values[fact.slice(8)] : result?.carried.values[fact];
    if (value !== null && value !== undefined) properties[property] = String(value);
  }
  return properties;
}
