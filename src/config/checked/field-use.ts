import type { Normalised } from '../normalised/normalise.js';
import type { WrittenSalesforceMapping } from '../normalised/salesforce-mapping.js';
import type { ValuePath } from '../problems.js';
import type { Findings } from './findings.js';

interface Use {
  readonly field: string;
  readonly path: ValuePath;
}

function fieldOf(written: string | { readonly field: string }): string {
  return typeof written === 'string' ? written : written.field;
}

function uses(
  group: Readonly<Record<string, string | { readonly field: string }>>,
  path: ValuePath,
): readonly Use[] {
  return Object.entries(group).map(([name, written]) => ({ field: fieldOf(written), path: [...path, name] }));
}

/**
 * A field is ours to write or theirs to read, never both (we would read our own echo as a fact),
 * and no two values of ours share one.
 */
export function checkFieldUse(
  { file, value }: Normalised<WrittenSalesforceMapping>,
  findings: Findings,
): void {
  const account = value.objects.account;
  const lock: readonly Use[] = value.tierLock === null ? [] : [{ field: value.tierLock, path: ['tierLock'] }];
  const read = account
    ? [
        ...uses(account.attributes, ['objects', 'account', 'attributes']),
        ...uses(account.custom, ['objects', 'account', 'custom']),
        ...lock,
      ]
    : lock;
  const written = new Map<string, Use>();
  for (const use of uses(value.write, ['write'])) {
    const field = use.field.toLowerCase();
    const other = written.get(field);
    if (other) {
      findings.report(
        file.problemAt(
          use.path,
          `the field ${use.field} is written twice; "${other.path.at(-1)}" uses it already`,
        ),
      );
    }
    if (use.field.includes('.')) {
      findings.report(
        file.problemAt(
          use.path,
          `${use.field} belongs to another record; only the account’s own fields are written`,
        ),
      );
    }
    written.set(field, use);
  }
  for (const use of read) {
    const other = written.get(use.field.toLowerCase());
    if (!other) continue;
    const message = `the field ${use.field} is read here and written as "${other.path.at(-1)}"; one of the two must go`;
    findings.report(file.problemAt(use.path, message));
  }
}
