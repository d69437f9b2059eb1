import type { AccountBundle } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';

/** Bundles of these accounts, each once, a page of them in memory at a time. */
export async function* bundlesOf(
  run: Pick<Run, 'state'>,
  accounts: Iterable<string>,
): AsyncGenerator<AccountBundle> {
  const ids = [...new Set(accounts)];
  for (let from = 0; from < ids.length; from += PAGE)
    yield* await run.state.assessments.bundlesOf(ids.slice(from, from + PAGE));
}
