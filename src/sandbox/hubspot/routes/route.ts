import type { VendorError } from '../errors.js';
import type { Portal } from '../portal.js';
import type { QuotaKind } from '../rules/quota.js';

export interface Ask {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** `METHOD /path?query`, for faults that strike inside. */
  readonly request: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One endpoint. `path` is the v3 or v4 form; dated twins are turned into it before. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  /** Granular scope that the token needs; `:type` stands for the kind of record in the path. */
  readonly scope: string;
  readonly quota?: QuotaKind;
  readonly answer: (portal: Portal, ask: Ask) => Answer;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export const NO_CONTENT: Answer = { status: 204 };

/** An error inside a 207: the envelope without the correlation id. */
export function rowError(error: VendorError, context: Readonly<Record<string, readonly string[]>>): unknown {
  return { ...error.body, context: { ...error.body.context, ...context } };
}
