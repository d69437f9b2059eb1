import type { Schema, SObject } from '../../schema/schema.js';

const FUNCTIONS: ReadonlySet<string> = new Set(
  `ABS ADDMONTHS AND BEGINS BLANKVALUE BR CASE CASESAFEID CEILING CONTAINS CURRENCYRATE DATE DATETIMEVALUE
  DATEVALUE DAY DAYOFYEAR DISTANCE EXP FIND FLOOR FORMATDURATION FROMUNIXTIME GEOLOCATION GETSESSIONID HOUR
  HYPERLINK IF IMAGE INCLUDES INITCAP ISBLANK ISCHANGED ISCLONE ISNEW ISNULL ISNUMBER ISOWEEK ISOYEAR
  ISPICKVAL LEFT LEN LN LOG LOWER LPAD MAX MCEILING MFLOOR MID MILLISECOND MIN MINUTE MOD MONTH NOT NOW
  NULLVALUE OR PI PRIORVALUE REGEX REVERSE RIGHT ROUND RPAD SECOND SQRT SUBSTITUTE TEXT TIMENOW TIMEVALUE
  TODAY TRIM TRUNC UNIXTIMESTAMP UPPER VALUE VLOOKUP WEEKDAY YEAR`.split(/\s+/),
);
const WORDS: ReadonlySet<string> = new Set(['TRUE', 'FALSE', 'NULL']);
const LITERAL_OR_COMMENT = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\*[\s\S]*?\*\//g;
const NAME = /\$?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g;

/** Syntax as far as brackets and quotes go, known functions, and fields that exist. Null = nothing wrong. */
export function formulaProblem(formula: string, on: SObject, schema: Schema): string | null {
  const bare = formula.replace(LITERAL_OR_COMMENT, (text) => ' '.repeat(text.length));
  if (bare.trim() === '' && formula.trim() === '') return 'Formula must not be empty';
  if (/["']/.test(bare)) return 'Syntax error. Missing closing quote';
  const brackets = bracketProblem(bare);
  if (brackets !== null) return brackets;
  for (const match of bare.matchAll(NAME)) {
    const name = match[0];
    const isCall = /^\s*\(/.test(bare.slice(match.index + name.length));
    const problem = isCall ? functionProblem(name) : fieldProblem(name, on, schema);
    if (problem !== null) return problem;
  }
  return null;
}

function bracketProblem(text: string): string | null {
  let open = 0;
  for (const character of text) {
    if (character === '(') open += 1;
    if (character === ')') open -= 1;
    if (open < 0) return "Syntax error. Extra ')'";
  }
  return open > 0 ? "Syntax error. Missing ')'" : null;
}

function functionProblem(name: string): string | null {
  return FUNCTIONS.has(name.toUpperCase()) ? null : `Unknown function ${name}. Check spelling.`;
}

function fieldProblem(path: string, on: SObject, schema: Schema): string | null {
  if (path.startsWith('$') || WORDS.has(path.toUpperCase())) return null;
  return resolves(path.split('.'), on, schema) ? null : `Field ${path} does not exist. Check spelling.`;
}

/** `Name`, `Account.Name`, `Foo__r.Bar__c`: parents first, a field last. */
export function resolves(path: readonly string[], on: SObject, schema: Schema): boolean {
  const [first = '', ...rest] = path;
  if (rest.length === 0) return on.field(first) !== null;
  const reference = on.parent(first);
  return (reference?.referenceTo ?? []).some((target) => {
    const parent = schema.find(target);
    return parent !== null && resolves(rest, parent, schema);
  });
}
