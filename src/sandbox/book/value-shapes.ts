import { isId } from '../salesforce/ids.js';

/** The kinds of value that a column of an export can hold. */
export const SHAPES = ['boolean', 'id', 'date', 'datetime', 'number', 'text'] as const;
export type Shape = (typeof SHAPES)[number];

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATETIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether text can be read as this. */
export function fits(shape: Shape, text: string): boolean {
  switch (shape) {
    case 'boolean':
      return /^(?:true|false)$/i.test(text);
    case 'id':
      return isId(text) && /\d/.test(text.slice(0, 3));
    case 'date':
      return DATE.test(text) && !Number.isNaN(Date.parse(text));
    case 'datetime':
      return DATETIME.test(text) && !Number.isNaN(instantIn(text));
    case 'number':
      return NUMBER.test(text);
    default:
      return true;
  }
}

/** Milliseconds since 1970 of a datetime as Salesforce and its tools write it; without a zone it is UTC. NaN = none. */
export function instantIn(text: string): number {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  return Date.parse(zoned.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}
