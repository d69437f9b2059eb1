import type { PlanLine } from '../../../../service/views/plan.js';
import { linkTo, type Visit } from './visit.js';
import { dayText } from './words.js';

const STATES: Readonly<Record<PlanLine['status'], string>> = {
  planned: 'Planned',
  intended: 'Under way',
  done: 'Done',
  rejected: 'Refused by the CRM',
  stale: 'Out of date',
  unclear: 'No clear answer yet',
};

interface Props {
  readonly visit: Visit;
  readonly items: readonly PlanLine[];
  /** Names of accounts by id; one that is not there is shown by its id. */
  readonly names: ReadonlyMap<string, string>;
}

/** Differences in lines: what is expected, what it becomes, and why. */
export function PlanTable({ visit, items, names }: Props) {
  if (items.length === 0) return <p class="quiet">There is nothing of this kind in the plan.</p>;
  return (
    <table class="cards">
      <caption class="hidden">Differences of the plan</caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">What changes</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.seq}>
            <th scope="row">
              <a class="name" href={linkTo(visit, 'accounts', item.account)} dir="auto">
                {names.get(item.account) ?? item.account}
              </a>
            </th>
            <td class="whole-line">
              <What item={item} />
            </td>
            <td class="nowrap">
              <span class={`state state-${item.status}`}>{STATES[item.status]}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SHOWN = 3;
const SHORT = 30;

/** Long texts come last: what they say is told by the numbers before them. */
function lengthOf({ to, from }: PlanLine['changes'][number]): number {
  return Math.max(String(to ?? '').length, String(from ?? '').length) > SHORT ? 1 : 0;
}

function What({ item }: { readonly item: PlanLine }) {
  const { what, playbook, step, contact, why, tryOn } = item;
  const changes = item.changes.toSorted((a, b) => lengthOf(a) - lengthOf(b));
  if (changes.length > 0)
    return (
      <>
        <Changes changes={changes.slice(0, SHOWN)} />
        {changes.length > SHOWN && (
          <details class="more">
            <summary>{changes.length - SHOWN} more fields</summary>
            <Changes changes={changes.slice(SHOWN)} />
          </details>
        )}
      </>
    );
  const where = [playbook, step, contact === null ? null : `contact ${contact}`].filter(
    (part) => part !== null,
  );
  return (
    <>
      <p dir="auto">{what}</p>
      {where.length > 0 && <p class="quiet">{where.join(' · ')}</p>}
      {why !== null && (
        <p class="quiet" dir="auto">
          {why}
          {tryOn !== null && `; decided again on ${dayText(tryOn)}`}
        </p>
      )}
    </>
  );
}

function Changes({ changes }: Pick<PlanLine, 'changes'>) {
  return (
    <ul class="changes-of">
      {changes.map(({ field, from, to }) => (
        <li key={field}>
          <span class="id">{field}</span> <del dir="auto">{said(from)}</del> <span class="quiet">→</span>{' '}
          <ins dir="auto">{said(to)}</ins>
        </li>
      ))}
    </ul>
  );
}

const LONGEST = 90;

function said(value: PlanLine['changes'][number]['from']): string {
  const text = value === null || value === '' ? 'empty' : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
