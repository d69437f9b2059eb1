import type { StateStore } from '../../../../ports/state-store.js';

/** Names of accounts by id, for lists that know ids only; one without a name is left out. */
export async function namesOf(
  { standings }: Pick<StateStore, 'standings'>,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await standings.names([...new Set(accounts)]);
  return new Map([...found].filter(([, name]) => name.trim() !== ''));
}
