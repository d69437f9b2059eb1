import fc from 'fast-check';

/** A JSON schema as the OpenAPI document gives it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Texts that have broken something somewhere: encodings, injections, ids of others, names of built-ins. */
const HOSTILE = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '﷽'.repeat(50),
  '👩‍👩‍👧‍👦',
  '\u202e0xABC',
  '../../etc/passwd',
  '..%2f..%2f',
  '%00',
  '%',
  "' or ''='",
  "'; drop table runs; --",
  "001000000000001' OR Id != '",
  '{{7*7}}',
  ['$', '{7*7}'].join(''),
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  '-0',
  '1e999',
  '9007199254740993',
  '2026-02-30',
  '0000-00-00',
  '001000000000001AAA',
  'x'.repeat(5_000),
];

const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);

const hostileNumber = fc.constantFrom(0, -0, -1, 0.1, 1e308, -1e308, 2 ** 31, 2 ** 53 + 2, 1e-320);

/** Anything at all, nested deeply now and then. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: hostileText },
  { weight: 1, arbitrary: hostileNumber },
  { weight: 1, arbitrary: fc.constantFrom(30, 800).map(nested) },
);

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Values that a schema takes, mostly: patterns are met by a few known ids, or missed. */
function valid(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return fc.oneof(...branches.map(near));
  const types = [schema.type ?? 'any'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema)));
}

const IDS = ['001000000000001AAA', '001000000000001', 'run-1', 'surge', 'letter-1', '2026-03-02', '10', 'a'];

function ofType(type: string, schema: Schema): fc.Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return fc.array(schema.items === undefined ? anything : near(schema.items), { maxLength: 5 });
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? -9, -9),
        max: Math.min(schema.maximum ?? 999, 999),
      });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return anything;
  }
}

/** A text of its pattern where one of the known ones is, else any. */
function textOf({ pattern, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  const any = fc.string({ maxLength: Math.min(maxLength, 300) });
  const fitting = IDS.filter((id) => pattern === undefined || new RegExp(pattern, 'u').test(id));
  return fitting.length === 0
    ? any
    : fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: any });
}

function objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const whole = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, near(schema)])),
    { requiredKeys: required.filter((name) => name in properties) },
  );
  const more = fc.dictionary(
    fc.oneof(fc.constantFrom('__proto__', 'constructor', 'extra'), fc.string()),
    anything,
    {
      maxKeys: 2,
    },
  );
  return fc.oneof(
    { weight: 9, arbitrary: whole },
    {
      weight: 1,
      arbitrary: fc.tuple(whole, more).map(([known, unknown]) => Object.assign({}, known, unknown)),
    },
  );
}

/** What the schema takes, and now and then what it does not: another type, another length, hostile text. */
export function near(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 14, arbitrary: fc.constant(null).chain(() => valid(schema)) },
    { weight: 1, arbitrary: anything },
    { weight: 1, arbitrary: hostileText },
  );
}

/** Headers as a stranger sends them; names and values that HTTP allows. */
const strangeHeaders: fc.Arbitrary<Readonly<Record<string, string>>> = fc.record(
  {
    accept: fc.constantFrom('application/json', 'text/html', '*/*', 'x/y;q=2', ''),
    'content-type': fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'nonsense',
    ),
    traceparent: fc.constantFrom('00-0-0-0', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, 'x'),
    'x-forwarded-for': fc.constantFrom('127.0.0.1', '::1, nonsense', "'"),
    'if-none-match': fc.constantFrom('*', '"x"'),
    range: fc.constantFrom('bytes=0-1', 'bytes=9-1'),
    'x-http-method-override': fc.constantFrom('DELETE'),
  },
  { requiredKeys: [] },
);

/** Mostly none beside those of every client: what is refused for its headers is not looked at further. */
export const headers = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: strangeHeaders },
);

/** In a path: one segment, encoded. */
export function segment(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return encodeURIComponent((text === '' ? 'x' : text).toWellFormed())
    .slice(0, 3_000)
    .replace(/%[0-9A-F]?$/, '');
}
