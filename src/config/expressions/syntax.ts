import type { ASTNode } from '@marcbachmann/cel-js';
import { didYouMean } from '../nearest-name.js';
import { DAY_FUNCTIONS, TEXT_METHODS, type Vocabulary } from './vocabulary.js';

/** Something wrong in an expression; `at` counts characters from its start. */
export interface ExpressionProblem {
  readonly message: string;
  readonly at: number;
}

/** `cases.open` for a chain of names, null for anything else. */
export function dottedName(node: ASTNode): string | null {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return null;
  const parent = dottedName(node.args[0]);
  return parent === null ? null : `${parent}.${node.args[1]}`;
}

/** What an operator node stands on, outermost first. Names and literals stand on nothing. */
export function operands(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
    case '.':
    case '.?':
      return [];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'list':
      return node.args;
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

/** Every node, the node itself included. */
export function everyNode(node: ASTNode): readonly ASTNode[] {
  return [node, ...operands(node).flatMap(everyNode)];
}

/** Ids of the facts that are read, sorted. */
export function factsRead(ast: ASTNode): readonly string[] {
  const names = everyNode(ast).map(dottedName);
  return [...new Set(names.filter((name) => name !== null && name !== 'today'))].sort() as string[];
}

function nameProblem(name: string, vocabulary: Vocabulary): string | null {
  if (name === 'today' || vocabulary.facts[name]) return null;
  const refused = vocabulary.refused[name];
  if (refused !== undefined) return `the fact "${name}" can’t be read here: ${refused}`;
  if (name.startsWith('program.'))
    return `unknown fact "${name}" in expression; give its day a name under "dates" in config/engagement.yaml`;
  return `unknown fact "${name}" in expression${didYouMean(name, [...Object.keys(vocabulary.facts), 'today'])}`;
}

/** Texts that a fact is compared with, each with its place. */
function comparedTexts(node: ASTNode): readonly { readonly name: string; readonly text: ASTNode }[] {
  if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return [];
  const [left, right] = node.args;
  const [name, mirrored] = [dottedName(left), dottedName(right)];
  const texts = right.op === 'list' ? right.args : [right];
  if (name !== null) return texts.map((text) => ({ name, text }));
  return mirrored === null ? [] : [{ name: mirrored, text: left }];
}

/** Names that a fact of ours never has: `tier.id == "hightouch"` would be false for everybody. */
function textProblems(node: ASTNode, vocabulary: Vocabulary): readonly ExpressionProblem[] {
  return comparedTexts(node).flatMap(({ name, text }) => {
    const possible = vocabulary.values[name];
    const found: unknown = text.op === 'value' ? text.args : null;
    if (possible === undefined || typeof found !== 'string' || possible.includes(found)) return [];
    const message = `${name} is never "${found}"${didYouMean(found, possible)}`;
    return [{ message, at: text.start }];
  });
}

const FUNCTION_NAMES = [...Object.keys(DAY_FUNCTIONS), 'has'];

function callProblem(node: ASTNode & { op: 'call' }): string | null {
  const [name, args] = node.args;
  if (!FUNCTION_NAMES.includes(name)) return `unknown function "${name}"${didYouMean(name, FUNCTION_NAMES)}`;
  const argument = args[0];
  if (args.length !== 1 || argument === undefined) return `"${name}" takes one fact: ${name}(fact)`;
  if (name === 'has' && dottedName(argument) === null)
    return '"has" takes the name of a fact: has(account.arr)';
  return null;
}

const REFUSED_SYNTAX: Partial<Record<ASTNode['op'], string>> = {
  map: 'maps are not used here',
  '[]': 'square brackets after a name are not used here; write the fact with a dot',
  '[?]': 'square brackets after a name are not used here; write the fact with a dot',
  '.?': 'write a plain dot; a fact nobody knows is unknown by itself',
  '%': 'the remainder "%" is not available; shares are written as numbers',
};

function nodeProblem(node: ASTNode, vocabulary: Vocabulary): string | null {
  if (node.op === 'value' && node.args === null) {
    return 'null is not used in expressions; write has(fact), or !has(fact) where it should be unknown';
  }
  if (node.op === 'value' && node.input.startsWith('0x', node.start)) return 'write numbers in decimals';
  if (node.op === 'value' && typeof node.args === 'object')
    return 'only numbers, texts, true and false can be written';
  if (node.op === 'call') return callProblem(node);
  if (node.op === 'rcall' && !TEXT_METHODS[node.args[0]]) {
    return `unknown text function "${node.args[0]}"${didYouMean(node.args[0], Object.keys(TEXT_METHODS))}`;
  }
  const name = dottedName(node);
  if (name !== null) return nameProblem(name, vocabulary);
  return REFUSED_SYNTAX[node.op] ?? (node.op === '.' ? 'a dot may only follow a name' : null);
}

/** Names, functions and syntax that can’t be used, each with the nearest that can. */
export function syntaxProblems(ast: ASTNode, vocabulary: Vocabulary): readonly ExpressionProblem[] {
  return everyNode(ast).flatMap((node) => {
    const message = nodeProblem(node, vocabulary);
    return message === null ? textProblems(node, vocabulary) : [{ message, at: node.start }];
  });
}
