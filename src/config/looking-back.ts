import { FACTS_OF_ACCOUNT } from '../domain/facts/catalogue.js';
import type { Condition, FactDefinition } from '../domain/facts/fact.js';
import { IntegrationError } from '../ports/errors.js';
import { compileCondition } from './expressions/expression.js';
import { withoutOutcomes } from './expressions/vocabulary.js';

/** A fact of the org's own, as far as an expression needs to know it. */
export interface OwnFact extends Pick<FactDefinition, 'type' | 'label'> {
  readonly name: string;
  readonly outcome: boolean;
}

/**
 * A condition given on the command line about accounts of a past day. Outcomes may be read where it says what came
 * of them, and nowhere else. Throws IntegrationError with everything that is wrong in it.
 */
export function lookingBackCondition(
  option: '--outcome' | '--among',
  text: string,
  { customFacts }: { readonly customFacts: readonly OwnFact[] },
): Condition {
  const own = customFacts.map(({ name, type, label, outcome }): [string, FactDefinition] => {
    const shape = { type, label, unit: null, needs: [] };
    return [`custom.${name}`, outcome ? { ...shape, outcome } : shape];
  });
  const facts = { ...FACTS_OF_ACCOUNT, ...Object.fromEntries(own) };
  const read = option === '--outcome' ? { facts, refused: {} } : withoutOutcomes(facts);
  const outcome = compileCondition(text, { ...read, values: {} });
  if (outcome.ok) return outcome.compiled.expression;
  const problems = outcome.problems.map(({ message, at }) => `  ${option}:${at + 1} ${message}`);
  throw new IntegrationError({
    kind: 'Config',
    code: 'EXPRESSION_INVALID',
    message: `The expression of ${option} can’t be used:\n${problems.join('\n')}`,
    actions: ['Correct it: docs/configuration.md lists every fact, and what an expression may say.'],
    retryable: false,
    provider: 'config',
    operation: 'read the expression',
  });
}
