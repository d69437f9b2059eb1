import type { Org } from '../store/org.js';
import type { Caller } from '../store/sessions.js';
import type { SoqlResult } from './contract.js';

export interface SoqlOptions {
  /** Recycled rows too: queryAll. */
  readonly all: boolean;
}

/** Works a query out. Throws ApiError (MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE …) when it can't. */
export function runSoql(_org: Org, _caller: Caller, _text: string, _options?: SoqlOptions): SoqlResult {
  throw new Error('not yet');
}
