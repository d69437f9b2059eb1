import { OWNERSHIP_MARK } from '../../../../ports/org-model.js';

/** A description with our mark at its end, once. */
export function marked(description: string): string {
  const text = description.trim();
  return text.endsWith(OWNERSHIP_MARK) ? text : `${text} ${OWNERSHIP_MARK}`.trim();
}

export function isMarked(description: string): boolean {
  return description.trim().endsWith(OWNERSHIP_MARK);
}
