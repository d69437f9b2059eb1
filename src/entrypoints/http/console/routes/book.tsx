import { STANDING_ORDERS } from '../../../../ports/standing-store.js';
import { accountPage } from '../../../../service/views/account-page.js';
import { accountsPage } from '../../../../service/views/accounts.js';
import { overviewOf } from '../../../../service/views/overview.js';
import { AccountPage } from '../pages/account.js';
import { ACCOUNTS_A_PAGE, type AccountsAsked, AccountsListPage } from '../pages/accounts.js';
import { OverviewPage } from '../pages/overview.js';
import { bandOf } from '../parts/band.js';
import { type Form, type Routes, shows } from '../parts/shown.js';

/** The book: overview, accounts, one account. */
export function addBook(routes: Routes, realNow: () => number): void {
  shows(routes, '/', async ({ desk, visit }) => (
    <OverviewPage visit={visit} view={await overviewOf(desk, realNow())} />
  ));
  shows(routes, '/accounts', async ({ desk, visit, form }) => {
    const asked = accountsAsked(form);
    const { search, band, tier, order, offset } = asked;
    const found = await accountsPage(desk.state, {
      search: search ?? undefined,
      band: bandOf(band) ?? undefined,
      tier: tier ?? undefined,
      order,
      limit: ACCOUNTS_A_PAGE,
      place: offset,
    });
    const tiers = desk.settings().tiers.tiers.map(({ id }) => id);
    return <AccountsListPage visit={visit} asked={asked} found={found} tiers={tiers} />;
  });
  shows(routes, '/accounts/:id', async ({ desk, visit, path }) => (
    <AccountPage visit={visit} view={await accountPage(desk, path.id ?? '')} />
  ));
}

/** What can't be read counts as not said: a filter is no place for an error. */
function accountsAsked(form: Form): AccountsAsked {
  const order = form.text('order');
  return {
    search: form.text('search')?.trim() || null,
    band: bandOf(form.text('band')),
    tier: form.text('tier'),
    order: STANDING_ORDERS.find((id) => id === order) ?? 'score',
    offset: form.number('offset') ?? 0,
  };
}
