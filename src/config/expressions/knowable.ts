import type { ASTNode } from '@marcbachmann/cel-js';
import { dottedName, operands } from './syntax.js';

/**
 * True when the answer can ever be known, given the facts that can. `a || b` can be known through
 * either side, a comparison only through both. `has(fact)` counts as known only where the fact can
 * be: "never agreed" must not be said of a field that nobody mapped.
 */
export function canBeKnown(node: ASTNode, known: (fact: string) => boolean): boolean {
  const name = dottedName(node);
  if (name !== null) return name === 'today' || known(name);
  const parts = operands(node);
  const each = (part: ASTNode) => canBeKnown(part, known);
  if (node.op === '&&' || node.op === '||') return parts.some(each);
  if (node.op === '?:') {
    const [condition, ...answers] = parts;
    return condition !== undefined && each(condition) && answers.some(each);
  }
  return parts.every(each);
}

/** True when a condition can ever hold: every part of an `a && b` must be knowable, not just one that refutes it. */
export function canHold(node: ASTNode, known: (fact: string) => boolean): boolean {
  const each = (part: ASTNode) => canHold(part, known);
  if (node.op === '&&') return operands(node).every(each);
  if (node.op === '||') return operands(node).some(each);
  return canBeKnown(node, known);
}
