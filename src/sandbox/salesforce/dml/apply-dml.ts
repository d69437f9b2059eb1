import type { Org } from '../store/org.js';
import type { Caller } from '../store/sessions.js';
import type { DmlRequest, DmlResult } from './contract.js';

/** Writes rows with every check of the platform; one result per row, in order. Throws ApiError when the call as a whole is wrong. */
export function applyDml(_org: Org, _caller: Caller, request: DmlRequest): readonly DmlResult[] {
  return request.rows.map(() => ({ id: null, success: false, created: false, errors: [] }));
}
