import type { CrmRow } from './record.js';

/** The number an attribute holds, or null when it is empty, not mapped or of another type. */
export function numberOf(row: CrmRow, attribute: string): number | null {
  const value = row.values[attribute];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The text an attribute holds, trimmed; null when it is empty, not mapped or of another type. */
export function textOf(row: CrmRow, attribute: string): string | null {
  const value = row.values[attribute];
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

/** True or false, or null when the attribute is empty, not mapped or of another type. */
export function flagOf(row: CrmRow, attribute: string): boolean | null {
  const value = row.values[attribute];
  return typeof value === 'boolean' ? value : null;
}

/** One of our categories: lower case with hyphens (`economic-buyer`, `nice-to-have`), or null. */
export function categoryOf(row: CrmRow, attribute: string): string | null {
  return (
    textOf(row, attribute)
      ?.toLowerCase()
      .replace(/[\s_]+/g, '-') ?? null
  );
}
