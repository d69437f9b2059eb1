import type { AttributeName, FactDefinition } from './fact.js';

type Needs = readonly AttributeName[];

function define(
  shape: Pick<FactDefinition, 'type' | 'unit' | 'label'>,
  needs: Needs,
  ...orNeeds: readonly Needs[]
): FactDefinition {
  return orNeeds.length > 0 ? { ...shape, needs, orNeeds } : { ...shape, needs };
}

/** A fact that is a number of `unit`s. */
export function numberFact(
  [label, unit]: readonly [label: string, unit: string],
  needs: Needs,
  ...orNeeds: readonly Needs[]
): FactDefinition {
  return define({ type: 'number', label, unit }, needs, ...orNeeds);
}

/** A number that the passing of days alone can change, without saying so by a number in its name. */
export function timedFact(...of: Parameters<typeof numberFact>): FactDefinition {
  return { ...numberFact(...of), timed: true };
}

/** A fact that is an amount in the org's own currency. */
export function moneyFact(label: string, needs: Needs, ...orNeeds: readonly Needs[]): FactDefinition {
  return numberFact([label, 'money'], needs, ...orNeeds);
}

/** A fact that is a category or a text. */
export function textFact(label: string, needs: Needs, ...orNeeds: readonly Needs[]): FactDefinition {
  return define({ type: 'text', label, unit: null }, needs, ...orNeeds);
}

/** A fact that is a local calendar day. */
export function dayFact(label: string, needs: Needs, ...orNeeds: readonly Needs[]): FactDefinition {
  return define({ type: 'day', label, unit: null }, needs, ...orNeeds);
}

/** A fact that is true or false. */
export function flagFact(label: string, needs: Needs, ...orNeeds: readonly Needs[]): FactDefinition {
  return define({ type: 'boolean', label, unit: null }, needs, ...orNeeds);
}
