import { formatDay } from '../../../../domain/day.js';
import type { ListedAccount } from '../../../../ports/standing-store.js';
import { BandBadge } from './band.js';
import { linkTo, type Visit } from './visit.js';
import { count, dayText, spokenId } from './words.js';

export interface AccountRow extends Omit<ListedAccount, 'bandSince' | 'tierSince'> {
  /** A day, or `YYYY-MM-DD`. */
  readonly bandSince: number | string;
}

/** Accounts in lines; on a phone each line is a small card. */
export function AccountRows({
  visit,
  accounts,
  caption,
}: {
  readonly visit: Visit;
  readonly accounts: readonly AccountRow[];
  readonly caption: string;
}) {
  return (
    <table class="cards">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col" class="number">
            Score
          </th>
          <th scope="col">Band</th>
          <th scope="col">Since</th>
          <th scope="col">Tier</th>
          <th scope="col" class="number">
            Measure
          </th>
          <th scope="col" class="number">
            Coverage
          </th>
        </tr>
      </thead>
      <tbody>
        {accounts.map(({ account, name, score, band, bandSince, tier, measure, coverage }) => (
          <tr key={account}>
            <th scope="row">
              <a class="name" href={linkTo(visit, 'accounts', account)} dir="auto">
                {name.trim() === '' ? account : name}
              </a>
            </th>
            <td class="number" data-label="Score">
              <b>{score ?? '–'}</b>
            </td>
            <td data-label="Band">
              <BandBadge band={band} />
            </td>
            <td data-label="Since" class="quiet">
              {dayText(typeof bandSince === 'number' ? formatDay(bandSince) : bandSince)}
            </td>
            <td data-label="Tier" dir="auto">
              {spokenId(tier)}
            </td>
            <td class="number" data-label="Measure">
              {measure === null ? '–' : count(Math.round(measure))}
            </td>
            <td class="number" data-label="Coverage">
              {coverage} %
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
