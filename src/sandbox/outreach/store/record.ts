export type Value = string | number | boolean | null | readonly string[];

/** A record as the wire shows it: times are ISO text, what was never written is left out. */
export interface ApiRecord {
  readonly id: number;
  readonly attributes: Readonly<Record<string, Value>>;
  /** To-one relationships: the id at the other end. */
  readonly related: Readonly<Record<string, number | null>>;
}

export function textOf(record: ApiRecord, name: string): string {
  const value = record.attributes[name];
  return typeof value === 'string' ? value : '';
}

/** 0 when the attribute was never written. */
export function numberOf(record: ApiRecord, name: string): number {
  const value = record.attributes[name];
  return typeof value === 'number' ? value : 0;
}

export function isoTime(at: number): string {
  return new Date(Math.floor(at)).toISOString();
}
