import type { AccountBundle, BundleParts } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';

/** These parts of accounts, each account once, a page of them in memory at a time. */
export async function* partsOf(
  run: Pick<Run, 'state'>,
  accounts: Iterable<string>,
  only: BundleParts,
): AsyncGenerator<AccountBundle> {
  const ids = [...new Set(accounts)];
  for (let from = 0; from < ids.length; from += PAGE)
    yield* await run.state.assessments.bundlesOf(ids.slice(from, from + PAGE), only);
}

/** Who stands behind them. */
export const THEIR_CONTACTS: BundleParts = { kinds: ['contact'], assessed: false };
