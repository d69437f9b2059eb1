import { IntegrationError } from '../../ports/errors.js';
import type { Desk } from '../desk.js';
import { enginesSeen, SILENT_MS } from '../engines.js';

export interface PartReadiness {
  readonly part: 'state' | 'store' | 'queue' | 'engine';
  readonly ready: boolean;
  /** One sentence where it is not ready; null where it is. */
  readonly reason: string | null;
}

export interface OrgReadiness {
  readonly org: string;
  readonly ready: boolean;
  readonly parts: readonly PartReadiness[];
}

/** Whether all that the service of an org needs answers now. */
export async function readinessOf(desk: Desk, realNow: number): Promise<OrgReadiness> {
  const parts = await Promise.all([
    partOf('state', () => desk.state.notes.get('engines')),
    partOf('store', () => desk.store.audit.list(1, null)),
    partOf('queue', () => desk.queue.counts()),
    partOf('engine', () => requireEngine(desk, realNow)),
  ]);
  return { org: desk.org, ready: parts.every(({ ready }) => ready), parts };
}

const PATIENCE_MS = 2_000;

async function partOf(part: PartReadiness['part'], ask: () => Promise<unknown>): Promise<PartReadiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`It did not answer within ${PATIENCE_MS / 1000} seconds.`), PATIENCE_MS);
  });
  const reason = await Promise.race([late, ask().then(() => null, reasonOf)]);
  clearTimeout(timer);
  return { part, ready: reason === null, reason };
}

/** Anybody may ask: where the state lies is nobody's business, its code says enough to whoever can look it up. */
function reasonOf(error: unknown): string {
  if (!(error instanceof IntegrationError)) return 'It failed unexpectedly; the log has the rest.';
  return error.provider === 'service' ? `${error.code}: ${error.message}` : error.code;
}

async function requireEngine({ state }: Desk, realNow: number): Promise<void> {
  const seen = await enginesSeen(state.notes);
  if (seen.some(({ at }) => realNow - at <= SILENT_MS)) return;
  const latest = Math.max(...seen.map(({ at }) => at));
  const since = seen.length === 0 ? 'yet' : `for ${Math.round((realNow - latest) / 1000)} seconds`;
  throw new IntegrationError({
    kind: 'Transient',
    code: 'NO_ENGINE',
    message: `No engine was heard of ${since}: nothing is being worked on.`,
    actions: ['Start `truenorth serve` or `truenorth worker` for this org.'],
    retryable: true,
    provider: 'service',
    operation: 'look for an engine',
  });
}
