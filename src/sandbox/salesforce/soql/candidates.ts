import type { Value } from '../schema/types.js';
import type { Table } from '../store/table.js';
import type { CompiledCondition, CompiledTest } from './filter.js';

/** More ids than this are read through the whole object anyway. */
const MANY = 50_000;

/** Slots that may match, from the best index there is; null = every row must be looked at. */
export function candidates(table: Table, condition: CompiledCondition | null): readonly number[] | null {
  if (condition === null) {
    return null;
  }
  for (const test of conjuncts(condition)) {
    const slots = byIndex(table, test);
    if (slots !== null) {
      return slots;
    }
  }
  const floor = stampFloor(condition);
  return floor === null ? null : table.changedSince(floor);
}

/** Tests that must all hold. */
function conjuncts(condition: CompiledCondition): readonly CompiledTest[] {
  if (condition.kind === 'test') {
    return [condition.compiled];
  }
  return condition.kind === 'and' ? condition.parts.flatMap(conjuncts) : [];
}

function byIndex(table: Table, { operand, operator, values }: CompiledTest): readonly number[] | null {
  const field = operand.field;
  if (field === null || field.steps.length > 0 || values === null || values.length > MANY) {
    return null;
  }
  if (operator !== '=' && operator !== 'IN') {
    return null;
  }
  const plain = values.map((literal) => (literal.kind === 'value' ? literal.value : null));
  if (plain.some((value) => value === null)) {
    return null;
  }
  const { definition } = field;
  if (definition.type === 'id') {
    return distinct(plain.map((id) => table.slotOf(String(id))).filter((slot) => slot >= 0));
  }
  if (definition.type === 'reference' && definition.name !== 'OwnerId') {
    return distinct(plain.flatMap((id) => table.childrenOf(definition.name, String(id))));
  }
  return definition.unique || definition.externalId
    ? distinct(plain.flatMap((value) => table.withValue(definition.name, value)))
    : null;
}

function distinct(slots: readonly number[]): readonly number[] {
  return [...new Set(slots)].sort((a, b) => a - b);
}

/** Dates that a row's change stamp can never lie before. */
const UNDER_STAMP = ['SystemModstamp', 'LastModifiedDate', 'CreatedDate'];

/** The lowest change stamp that a matching row can have; null = no bound. Sees through the OR of a keyset condition. */
function stampFloor(condition: CompiledCondition): string | null {
  if (condition.kind === 'not') {
    return null;
  }
  if (condition.kind === 'test') {
    return floorOf(condition.compiled);
  }
  const floors = condition.parts.map(stampFloor);
  const known = floors.filter((floor) => floor !== null).sort();
  if (condition.kind === 'and') {
    return known.at(-1) ?? null;
  }
  return known.length === floors.length ? (known[0] ?? null) : null;
}

function floorOf({ operand, operator, values }: CompiledTest): string | null {
  const name = operand.field?.path ?? '';
  const [literal] = values ?? [];
  if (!UNDER_STAMP.includes(name) || literal === undefined || values?.length !== 1) {
    return null;
  }
  if (operator !== '=' && operator !== '>' && operator !== '>=') {
    return null;
  }
  const bound: Value = literal.kind === 'range' ? literal.from : literal.value;
  return typeof bound === 'string' ? bound : null;
}
