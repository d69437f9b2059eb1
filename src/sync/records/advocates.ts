import { formatDay } from '../../domain/day.js';
import type { CrmRow } from '../../domain/facts/record.js';
import { categoryOf, numberOf, textOf } from '../../domain/facts/row-values.js';
import { PROMOTER } from '../../domain/program/advocate.js';
import type { AccountBundle } from '../../ports/state-store.js';
import type { Run } from '../context.js';
import type { RecordToPublish } from './publish.js';

/**
 * The person at an advocate's account who gave the latest answer. Whether they are willing, were asked, and rest is
 * theirs and the people's to say. Dates, not states: the text does not age.
 */
export function advocateOf(run: Run, bundle: AccountBundle): RecordToPublish | null {
  const answer = latestAnswer(bundle.rows.survey ?? []);
  const score = answer === null ? null : numberOf(answer, 'score');
  const answeredOn = answer === null ? null : numberOf(answer, 'answeredOn');
  if (answer === null || score === null || score < PROMOTER || answeredOn === null) return null;
  const account = bundle.account.id;
  const contact = textOf(answer, 'contactId');
  const evidence = `Answered ${score} of 10 on ${formatDay(answeredOn)}, from an account that was healthy and called the product essential.`;
  const wish = {
    kind: 'advocate' as const,
    key: `${account}/${contact ?? '-'}`,
    values: { account, contact, evidence },
  };
  return { wish, account, once: { foundOn: formatDay(run.today) } };
}

function latestAnswer(surveys: readonly CrmRow[]): CrmRow | null {
  const asked = surveys.filter(
    (row) => categoryOf(row, 'kind') === 'nps' && numberOf(row, 'answeredOn') !== null,
  );
  const when = (row: CrmRow): number => numberOf(row, 'answeredOn') ?? 0;
  return asked.toSorted((a, b) => when(b) - when(a) || (a.id < b.id ? -1 : 1))[0] ?? null;
}
