import type { Book } from './base-rows.js';

/** An org as on its first day: standard objects, nobody in them. */
export function emptyBook(draft: Partial<Book> = {}): Book {
  return {
    rows: new Map(),
    customObjects: [],
    customFields: new Map(),
    notes: [],
    orgName: 'Empty',
    timeZone: 'UTC',
    currency: 'USD',
    multiCurrency: false,
    ...draft,
  };
}
