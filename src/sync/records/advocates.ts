import { formatDay } from '../../domain/day.js';
import type { CrmRow } from '../../domain/facts/record.js';
import { numberOf, textOf } from '../../domain/facts/row-values.js';
import type { AccountBundle } from '../../ports/state-store.js';
import type { Run } from '../context.js';
import type { StoredResult } from '../stored-result.js';
import type { RecordToPublish } from './publish.js';

/** From 9 of 10 on somebody would recommend us. Source: the definition of the Net Promoter Score. */
const PROMOTER = 9;

/**
 * Somebody who may speak for us: a promoter at a healthy account that calls the product essential, or has not said
 * otherwise. Whether they are willing, were asked, and rest is theirs and the people's to say.
 */
export function advocateOf(
  run: Run,
  bundle: AccountBundle,
  { health }: StoredResult,
): RecordToPublish | null {
  if (health.band !== 'healthy') return null;
  const answer = latestAnswer(bundle.rows.survey ?? []);
  if (answer === null || (numberOf(answer, 'score') ?? 0) < PROMOTER) return null;
  const perception = textOf(bundle.account, 'valuePerception');
  if (perception !== null && perception !== 'essential') return null;
  const account = bundle.account.id;
  const contact = textOf(answer, 'contactId');
  const answered = formatDay(numberOf(answer, 'answeredOn') ?? run.today);
  const essential = perception === null ? '' : ', calls the product essential';
  const evidence = `Answered ${numberOf(answer, 'score')} of 10 on ${answered}; the account is healthy${essential}.`;
  const values = { account, contact, evidence };
  const wish = { kind: 'advocate' as const, key: `${account}/${contact ?? '-'}`, values };
  return { wish, account, once: { foundOn: formatDay(run.today) } };
}

function latestAnswer(surveys: readonly CrmRow[]): CrmRow | null {
  const asked = surveys.filter(
    (row) => textOf(row, 'kind') === 'nps' && numberOf(row, 'answeredOn') !== null,
  );
  const when = (row: CrmRow): number => numberOf(row, 'answeredOn') ?? 0;
  return asked.toSorted((a, b) => when(b) - when(a) || (a.id < b.id ? -1 : 1))[0] ?? null;
}
