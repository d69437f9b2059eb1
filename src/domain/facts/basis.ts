import type { BookOfDay, FactBasis } from './book.js';
import { FACTS, isDerivable } from './catalogue.js';

export type { AccountSubject, BookOfDay, FactBasis } from './book.js';

/** Works out once per run which facts the mapping can answer. */
export function factBasis(book: BookOfDay): FactBasis {
  const known = Object.entries(FACTS).filter(([, fact]) => isDerivable(fact, book.mapped));
  return { ...book, derivable: new Set(known.map(([id]) => id)) };
}
