import { type ASTNode, type TypeError as CelTypeError, Environment, ParseError } from '@marcbachmann/cel-js';
import { type ExpressionProblem, everyNode, syntaxProblems } from './syntax.js';
import { CEL_TYPES, DAY_FUNCTIONS, type Vocabulary } from './vocabulary.js';

interface Schema {
  [name: string]: string | Schema;
}

/** `cases.open: number` -> `{cases: {open: 'double'}}`, the form in which the checker wants it. */
function schemaOf(vocabulary: Vocabulary): Schema {
  const root: Schema = { today: 'double' };
  for (const [id, fact] of Object.entries(vocabulary.facts)) {
    const path = id.split('.');
    let level = root;
    for (const name of path.slice(0, -1)) {
      const next = level[name];
      const child: Schema = typeof next === 'object' ? next : {};
      level[name] = child;
      level = child;
    }
    level[path.at(-1) ?? id] = CEL_TYPES[fact.type];
  }
  return root;
}

function environmentOf(vocabulary: Vocabulary): Environment {
  const environment = new Environment({ limits: { maxAstNodes: 500, maxDepth: 50 } });
  for (const [name, type] of Object.entries(schemaOf(vocabulary))) {
    if (typeof type === 'string') environment.registerVariable(name, type);
    else environment.registerVariable({ name, schema: type });
  }
  for (const name of Object.keys(DAY_FUNCTIONS)) {
    environment.registerFunction(`${name}(double): double`, () => 0);
  }
  return environment;
}

const environments = new WeakMap<Vocabulary, Environment>();

function environmentFor(vocabulary: Vocabulary): Environment {
  const known = environments.get(vocabulary);
  if (known) return known;
  const made = environmentOf(vocabulary);
  environments.set(vocabulary, made);
  return made;
}

/**
 * CEL has no mixed arithmetic: `cases.open + 1` does not exist for a double and an int, and
 * `1 / 2` is 0. People mean ordinary numbers, so each whole number is written as `1.0`.
 */
function withDecimals(
  text: string,
  ast: ASTNode,
): { readonly text: string; readonly ends: readonly number[] } {
  const whole = everyNode(ast).filter((node) => node.op === 'value' && typeof node.args === 'bigint');
  const ends = whole.map((node) => node.end).sort((a, b) => b - a);
  let rewritten = text;
  for (const end of ends) rewritten = `${rewritten.slice(0, end)}.0${rewritten.slice(end)}`;
  return { text: rewritten, ends };
}

/** Where a place in the rewritten text stood in the written one. */
function writtenPlace(place: number, ends: readonly number[]): number {
  const ascending = [...ends].reverse();
  return place - 2 * ascending.filter((end, index) => end + 2 * index < place).length;
}

const TYPE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bdouble\b/g, 'number'],
  [/\bstring\b/g, 'text'],
  [/\bbool\b/g, 'true/false'],
];

function inPlainWords(summary: string): string {
  const said = TYPE_WORDS.reduce((text, [pattern, word]) => text.replace(pattern, word), summary);
  return said
    .replace(/^no such overload: (.*)$/, 'these do not go together: $1')
    .replace(/^found no matching overload for '(.*)'$/, 'this function does not take that: $1')
    .replace(/\$\w+/g, 'a group of facts');
}

function positionOf(error: ParseError | CelTypeError): number {
  return error.range?.start ?? error.node?.start ?? 0;
}

export type Checked =
  | { readonly ok: true; readonly ast: ASTNode; readonly type: string }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

function refusal(message: string, at: number): Checked {
  return { ok: false, problems: [{ message, at }] };
}

function parseRefusal(error: unknown, text: string): Checked {
  if (!(error instanceof ParseError)) throw error;
  const at = positionOf(error);
  if (at >= text.length) return refusal('the expression stops too early', Math.max(0, text.length - 1));
  const hint = /^[=]/.test(text.slice(at)) ? '; equality is written ==' : '';
  return refusal(`the expression can’t be read: ${inPlainWords(error.summary)}${hint}`, at);
}

/** Reads a CEL text and checks names and types against what may be read. */
export function checkExpression(text: string, vocabulary: Vocabulary): Checked {
  const environment = environmentFor(vocabulary);
  try {
    const ast = environment.parse(text).ast;
    const problems = syntaxProblems(ast, vocabulary);
    if (problems.length > 0) return { ok: false, problems };
    const decimal = withDecimals(text, ast);
    const parsed = environment.parse(decimal.text);
    const check = parsed.check();
    if (check.valid) return { ok: true, ast: parsed.ast, type: String(check.type) };
    const error = check.error;
    if (!error) return refusal('the expression does not fit together', 0);
    return refusal(inPlainWords(error.summary), writtenPlace(positionOf(error), decimal.ends));
  } catch (error) {
    return parseRefusal(error, text);
  }
}
