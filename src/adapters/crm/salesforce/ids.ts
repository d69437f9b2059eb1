import { salesforceError } from './errors.js';

const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of an id. The last three characters say which of the first 15 are capitals. */
export function id18(id: string): string {
  if (id.length === 18) return detached(id);
  let suffix = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let at = 0; at < 5; at += 1) {
      if (/[A-Z]/.test(id.charAt(block + at))) bits |= 1 << at;
    }
    suffix += CHECKSUM.charAt(bits);
  }
  return id + suffix;
}

/** V8 keeps the whole text alive of which a part is kept: one remembered id would hold a page of CSV. */
function detached(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

export function isId(text: string): boolean {
  return /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text);
}

/** The 18-character form, or a Config error when the text is no id. */
export function requireId(text: string, operation: string): string {
  if (isId(text)) return id18(text);
  throw salesforceError('SF_BAD_ID', {
    operation,
    message: `"${text.slice(0, 24)}" is not a Salesforce id.`,
  });
}
