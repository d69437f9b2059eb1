import type { Cap } from '../../../domain/engagement/policy.js';
import type { Condition } from '../../../domain/facts/fact.js';
import type { Compiled } from '../../expressions/expression.js';
import type { ReadPlaybook } from '../../file-set.js';
import type { WrittenPlaybook } from '../../normalised/playbook.js';
import type { ValuePath } from '../../problems.js';
import type { Findings } from '../findings.js';
import { unknownFacts } from '../gaps.js';
import { type Reader, readerOf } from '../reader.js';
import type { AllTerms } from '../terms.js';
import { type Layout, layOut } from './tracks.js';

/** What a playbook is checked against. */
export interface PlaybookScope {
  readonly terms: AllTerms;
  readonly pools: readonly string[];
  readonly personCap: Cap;
  readonly onboardingDays: number;
}

interface ReadCondition {
  readonly condition: Condition;
  readonly path: ValuePath;
  /** Facts that keep it from ever holding. */
  readonly missing: readonly string[];
}

/** One file while it is checked. */
export interface Desk {
  readonly id: string;
  readonly value: WrittenPlaybook;
  /** Expressions about what the trigger is about. */
  readonly reader: Reader;
  /** Expressions about the account alone. */
  readonly account: Reader;
  readonly scope: PlaybookScope;
  readonly layout: Layout;
  /** Conditions that were read, so that all can be looked at together. */
  readonly conditions: ReadCondition[];
}

export function deskFor({ id, read }: ReadPlaybook, scope: PlaybookScope, findings: Findings): Desk {
  const { file, value } = read;
  const readerFor = (per: WrittenPlaybook['trigger']['per']): Reader =>
    readerOf(file, scope.terms.subject[per], findings);
  return {
    id,
    value,
    reader: readerFor(value.trigger.per),
    account: readerFor('account'),
    scope,
    layout: layOut(value),
    conditions: [],
  };
}

export function keep(
  desk: Desk,
  { expression }: Compiled<boolean>,
  at: Omit<ReadCondition, 'condition'>,
): Condition {
  desk.conditions.push({ ...at, condition: expression });
  return expression;
}

export function conditionAt(desk: Desk, text: string, path: ValuePath): Condition {
  const compiled = desk.reader.condition(text, path);
  return keep(desk, compiled, { path, missing: unknownFacts(compiled, desk.reader) });
}
