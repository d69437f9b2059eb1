import type { DmlRequest } from '../dml/contract.js';
import type { RestRequest } from './contract.js';

/** What the request's headers say about a write. */
export function dmlOptions(request: RestRequest): Pick<DmlRequest, 'allowDuplicates'> {
  const duplicates = request.header('Sforce-Duplicate-Rule-Header') ?? '';
  return { allowDuplicates: /allowSave\s*=\s*true/i.test(duplicates) };
}
