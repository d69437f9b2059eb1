import { isOwnKind } from '../domain/facts/record.js';
import type { ObjectDescription } from '../ports/crm.js';
import { CRM_RECORDS, type CrmRecordKind } from '../ports/crm-records.js';
import { IntegrationError } from '../ports/errors.js';
import { checkObject, type FieldProblem, isNotInstalled } from '../ports/mapped-fields.js';
import type { ObjectMapping } from '../ports/mapping.js';
import type { Run } from './context.js';
import { RATE_OBJECTS } from './rates.js';

export interface FieldCheck {
  /** What the org lacks of ours, and what it has a place for. */
  readonly found: Pick<Run, 'absent' | 'records' | 'unread'>;
  /** Why the run can't go on, or null. */
  readonly inTheWay: IntegrationError | null;
}

/**
 * Every mapped field exists and can be read, or written: found out before anything is read. One
 * request. Gives the fields of ours that are not installed yet (a plan takes them for empty), the
 * kinds of records of ours that can be written, and the kinds that can't be read, which are nobody's.
 */
export async function checkFields(run: Run): Promise<FieldCheck> {
  const { objects } = run.settings.crm;
  const rates = run.org.multiCurrency ? RATE_OBJECTS : [];
  const described = await run.crm.describe([
    ...objects.map(({ object }) => object),
    ...usersBehind(objects),
    ...rates,
    ...Object.values(CRM_RECORDS).map(({ object }) => object),
  ]);
  const unread = objects.filter(
    (mapping) => isOwnKind(mapping.kind) && fieldProblems(run, [mapping], described).length > 0,
  );
  const theirs = objects.filter((mapping) => !unread.includes(mapping));
  const problems = fieldProblems(run, theirs, described);
  const absent = problems.filter(isNotInstalled);
  const inTheWay = run.apply ? problems : problems.filter((found) => !isNotInstalled(found));
  return {
    found: {
      absent: new Set(absent.flatMap(({ field }) => (field === null ? [] : [field]))),
      records: writableRecords(described),
      unread: new Set(unread.map(({ kind }) => kind).filter(isOwnKind)),
    },
    inTheWay: inTheWay.length > 0 ? mappingError(inTheWay) : null,
  };
}

/** Kinds of which every field can be seen and records can be made: an installation that is half there is not written to. */
function writableRecords(described: readonly ObjectDescription[]): ReadonlySet<CrmRecordKind> {
  const byName = new Map(described.map((object) => [object.name, object]));
  const kinds = Object.entries(CRM_RECORDS) as [CrmRecordKind, (typeof CRM_RECORDS)[CrmRecordKind]][];
  return new Set(
    kinds.flatMap(([kind, { object, key, fields }]) => {
      const seen = new Set(byName.get(object)?.fields.map(({ name }) => name) ?? []);
      const ours = byName.get(object)?.fields.find(({ name }) => name === key);
      if (ours !== undefined && !ours.createable) return [];
      const wanted: readonly string[] = [...Object.values(fields), ...(key === null ? [] : [key])];
      return wanted.every((name) => seen.has(name)) ? [kind] : [];
    }),
  );
}

/** Owners and managers are read through their accounts; whoever types those columns must know users, too. */
function usersBehind(objects: readonly ObjectMapping[]): readonly string[] {
  return objects.some(({ attributes }) => attributes.some(({ field }) => field.includes('.')))
    ? ['User']
    : [];
}

function fieldProblems(
  run: Run,
  objects: readonly ObjectMapping[],
  described: readonly ObjectDescription[],
): readonly FieldProblem[] {
  const byName = new Map(described.map((object) => [object.name.toLowerCase(), object]));
  return objects.flatMap((mapping) =>
    checkObject(mapping, byName.get(mapping.object.toLowerCase()) ?? null, run.settings.crm),
  );
}

function mappingError(problems: readonly FieldProblem[]): IntegrationError {
  const actions = [...new Set(problems.map(({ action }) => action))];
  return new IntegrationError({
    kind: 'Config',
    code: 'MAPPING_DOES_NOT_FIT_ORG',
    message: `The mapping does not fit the org:\n${problems.map(({ sentence }) => `  - ${sentence}`).join('\n')}`,
    actions,
    retryable: false,
    provider: 'salesforce',
    operation: 'check mapped fields',
  });
}
