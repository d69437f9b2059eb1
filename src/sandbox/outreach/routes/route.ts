import type { Org } from '../org.js';
import type { Query } from '../rules/listing.js';

export interface Ask {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One endpoint, below `/api/v2`. */
export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  readonly path: string;
  /** OAuth scope that the token needs. */
  readonly scope: string;
  readonly answer: (org: Org, ask: Ask) => Answer;
}

export const NO_CONTENT: Answer = { status: 204 };
