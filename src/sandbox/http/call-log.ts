/** What was called, so that a client's thrift can be counted from outside. Latest calls are kept, totals never end. */
export interface Call {
  /** Milliseconds since 1970, by the sandbox clock. */
  readonly at: number;
  readonly method: string;
  /** With the query text cut at 300 characters. */
  readonly path: string;
  /** What sort of call: `query`, `collections`, `bulk-job-poll`. */
  readonly kind: string;
  readonly status: number;
}

export interface CallLog {
  readonly note: (call: Call) => void;
  readonly total: () => number;
  readonly byKind: () => Readonly<Record<string, number>>;
  readonly latest: () => readonly Call[];
  readonly reset: () => void;
}

const KEPT = 1_000;

export function startCallLog(): CallLog {
  const counts = new Map<string, number>();
  let latest: Call[] = [];
  return {
    note: (call) => {
      counts.set(call.kind, (counts.get(call.kind) ?? 0) + 1);
      latest.push(call);
      if (latest.length > 2 * KEPT) {
        latest = latest.slice(-KEPT);
      }
    },
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    byKind: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    latest: () => latest.slice(-KEPT),
    reset: () => {
      counts.clear();
      latest = [];
    },
  };
}
