import { badParameter } from '../errors.js';
import type { Kind, Resource } from '../schema/resource.js';
import type { ApiRecord, Value } from '../store/record.js';

/** One `filter[…]` of a request. */
export interface Filter {
  /** `emails`, `prospect.id` */
  readonly path: string;
  readonly holds: (record: ApiRecord) => boolean;
  /** The values asked for, when it is a plain list and no range. */
  readonly exact: readonly string[] | null;
}

/** What a filter's text says, before it is known what it is compared with. */
type Wish =
  | { readonly in: readonly string[] }
  | { readonly from?: string; readonly to?: string; readonly open?: boolean }
  | { readonly empty: boolean };

export function filterOf(resource: Resource, key: string, { text, modern }: FilterText): Filter {
  const names = [...key.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
  const operator = modern ? operatorOf(names) : '';
  const path = names.filter((name) => name !== '' && name !== operator).join('.');
  const kind = resource.filterable[path];
  if (kind === undefined) {
    throw badParameter(key, `'${path}' of ${resource.path} cannot be used as a filter.`);
  }
  const wish = modern ? modernWish(operator, text) : classicWish(text[0] ?? '');
  checkValues(wish, kind, key);
  const holds = (record: ApiRecord): boolean => granted(wish, valueAt(record, path), kind);
  return { path, holds, exact: 'in' in wish ? wish.in : null };
}

export interface FilterText {
  readonly text: readonly string[];
  /** With `newFilterSyntax=true` commas and dots have no meaning. */
  readonly modern: boolean;
}

const OPERATORS = ['gte', 'lte', 'gt', 'lt'];

function operatorOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return OPERATORS.includes(last) ? last : '';
}

function modernWish(operator: string, text: readonly string[]): Wish {
  const bound = text[0] ?? '';
  if (operator === '') return { in: text };
  const open = operator === 'gt' || operator === 'lt';
  return operator.startsWith('g') ? { from: bound, open } : { to: bound, open };
}

function classicWish(text: string): Wish {
  if (text === '__null__' || text === '__notnull__') return { empty: text === '__null__' };
  const range = /^(.*?)\.\.(.*)$/.exec(text);
  if (range === null) return { in: text.split(',').map((one) => one.trim()) };
  const [from = '', to = ''] = range.slice(1);
  return { ...(from === 'neginf' ? {} : { from }), ...(to === 'inf' ? {} : { to }) };
}

function checkValues(wish: Wish, kind: Kind, key: string): void {
  const bounds = 'in' in wish ? wish.in : 'empty' in wish ? [] : [wish.from, wish.to];
  for (const bound of bounds) {
    if (bound !== undefined && Number.isNaN(sized(bound, kind))) {
      throw badParameter(key, `'${bound}' is not a ${kind}.`);
    }
  }
}

export function valueAt(record: ApiRecord, path: string): Value {
  if (path === 'id') return record.id;
  const relation = /^(\w+)\.id$/.exec(path)?.[1];
  return (relation === undefined ? record.attributes[path] : record.related[relation]) ?? null;
}

function granted(wish: Wish, value: Value, kind: Kind): boolean {
  if ('empty' in wish) return (value === null) === wish.empty;
  if (value === null) return false;
  if ('in' in wish) return wish.in.some((one) => same(value, one, kind));
  const closest = wish.open === true ? 1 : 0;
  const above = wish.from === undefined || compare(String(value), wish.from, kind) >= closest;
  return above && (wish.to === undefined || compare(String(value), wish.to, kind) <= -closest);
}

function same(value: Value, wanted: string, kind: Kind): boolean {
  if (typeof value === 'object' && value !== null) {
    return value.some((one) => one.toLowerCase() === wanted.toLowerCase());
  }
  return compare(String(value), wanted, kind) === 0;
}

/** Numbers and times by size, other text letter by letter. */
export function compare(one: string, other: string, kind: Kind): number {
  if (kind === 'number' || kind === 'time') return Math.sign(sized(one, kind) - sized(other, kind));
  return one < other ? -1 : one > other ? 1 : 0;
}

/** NaN when the text is no such value; 0 for kinds that have no size. */
function sized(text: string, kind: Kind): number {
  if (kind === 'number') return text.trim() === '' ? Number.NaN : Number(text);
  return kind === 'time' ? Date.parse(text) : 0;
}
