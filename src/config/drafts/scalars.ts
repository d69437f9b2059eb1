import { stringify } from 'yaml';

/** A scalar as YAML writes it, quoted where it must be, on one line, safe inside `{ }`. */
export function written(value: string | number | boolean): string {
  const plain = stringify(value, { lineWidth: 0, defaultStringType: 'PLAIN', blockQuote: false }).trimEnd();
  const needsQuotes =
    typeof value === 'string' &&
    /[,[\]{}]|^['"]/.test(value) &&
    !plain.startsWith('"') &&
    !plain.startsWith("'");
  return needsQuotes ? JSON.stringify(value) : plain;
}
