import { STANDING_ORDERS, type StandingOrder } from '../../../../ports/standing-store.js';
import type { AccountsPage } from '../../../../service/views/accounts.js';
import { AccountRows } from '../parts/account-rows.js';
import { BANDS, bandWord } from '../parts/band.js';
import { Choice } from '../parts/form.js';
import { Page } from '../parts/layout.js';
import { Paging } from '../parts/paging.js';
import { linkTo, linkWith, type Visit } from '../parts/visit.js';
import { spokenId } from '../parts/words.js';

export interface AccountsAsked {
  readonly search: string | null;
  readonly band: string | null;
  readonly tier: string | null;
  readonly order: StandingOrder;
  readonly offset: number;
}

export const ACCOUNTS_A_PAGE = 50;

const ORDER_WORDS: Readonly<Record<StandingOrder, string>> = {
  score: 'Score, lowest first',
  'band-since': 'Band, changed last',
  measure: 'Measure, highest first',
  name: 'Name',
};

interface Props {
  readonly visit: Visit;
  readonly asked: AccountsAsked;
  readonly found: AccountsPage;
  readonly tiers: readonly string[];
}

/** The book, by band, tier and name. */
export function AccountsListPage({ visit, asked, found, tiers }: Props) {
  const link = linkTo(visit, 'accounts');
  return (
    <Page visit={visit} place="accounts" title="Accounts">
      <Filters link={link} asked={asked} tiers={tiers} />
      <section class="card" aria-label="Accounts found">
        {found.accounts.length === 0 ? (
          <p class="quiet">
            No account fits. <a href={link}>Show all accounts</a>
          </p>
        ) : (
          <AccountRows visit={visit} accounts={found.accounts} caption="Accounts found" />
        )}
        <Paging
          offset={asked.offset}
          shown={found.accounts.length}
          total={found.total}
          size={ACCOUNTS_A_PAGE}
          what="accounts"
          linkAt={(offset) => linkWith(link, { ...asked, offset: offset === 0 ? null : offset })}
        />
      </section>
    </Page>
  );
}

function Filters({ link, asked, tiers }: { readonly link: string } & Pick<Props, 'asked' | 'tiers'>) {
  return (
    <search>
      <form class="filters" method="get" action={link}>
        <label class="field grow">
          <span>Name or id</span>
          <input type="search" name="search" value={asked.search ?? ''} maxLength={200} />
        </label>
        <Choice
          name="band"
          label="Band"
          all="All bands"
          value={asked.band}
          choices={BANDS.map((id) => ({ id, word: bandWord(id) }))}
        />
        <Choice
          name="tier"
          label="Tier"
          all="All tiers"
          value={asked.tier}
          choices={tiers.map((id) => ({ id, word: spokenId(id) }))}
        />
        <Choice
          name="order"
          label="Order"
          value={asked.order}
          choices={STANDING_ORDERS.map((id) => ({ id, word: ORDER_WORDS[id] }))}
        />
        <button type="submit">Show</button>
      </form>
    </search>
  );
}
