import { type Component, type Element, textOf } from './element.js';

/** Types of fields that can hold what ours would hold: a field that is not ours is used as it is. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  Text: ['Text', 'TextArea', 'LongTextArea', 'Picklist'],
  TextArea: ['TextArea', 'LongTextArea', 'Text'],
  LongTextArea: ['LongTextArea', 'Html'],
  Number: ['Number', 'Percent', 'Currency'],
  Checkbox: ['Checkbox'],
  Date: ['Date'],
  DateTime: ['DateTime'],
  Picklist: ['Picklist', 'Text'],
};

const ANOTHER = 'map this fact to another field in mappings/salesforce.yaml';

/** Why a field that is not ours cannot take what ours would hold; empty when it can. It is never overwritten. */
export function misfitsOf(wanted: Component, held: Component): readonly string[] {
  const ours = whole(wanted);
  const theirs = whole(held);
  const type = textOf(ours, 'type');
  const name = wanted.fullName;
  if (textOf(theirs, 'formula') !== '') return [`${name} exists and is a formula: ${ANOTHER}.`];
  if (textOf(ours, 'formula') !== '')
    return [`${name} exists and is not ours: rename the existing field, so that ours can be made.`];
  const there = textOf(theirs, 'type');
  if (!(FITTING[type] ?? [type]).includes(there))
    return [`${name} exists as ${there} and cannot hold ${type}: ${ANOTHER}.`];
  const needed = lengthOf(ours);
  if (there !== 'Picklist' && needed > lengthOf(theirs))
    return [
      `${name} exists with ${lengthOf(theirs)} characters and needs ${needed}: lengthen it in Setup, or map this fact to another field.`,
    ];
  return restricted(name, ours, theirs);
}

function restricted(name: string, ours: Element, theirs: Element): readonly string[] {
  const set = childOf(theirs, 'valueSet');
  if (set === null || textOf(set, 'restricted') !== 'true') return [];
  const offered = new Set(valuesOf(theirs));
  const missing = valuesOf(ours).filter((value) => !offered.has(value));
  if (valuesOf(ours).length > 0 && missing.length === 0) return [];
  const what = missing.length > 0 ? `does not offer ${missing.join(', ')}` : 'may not offer our values';
  return [`${name} is a restricted picklist that ${what}: add the values in Setup, or lift the restriction.`];
}

/** A field under a name of ours that we did not make: whoever made it did not mean it for us. */
export function takenName(name: string): string {
  return `${name} exists and is not ours: ${ANOTHER}, or rename the existing field in Setup.`;
}

/** Why a field of ours cannot become what the model says; empty when it can. */
export function unchangeable(wanted: Component, held: Component): readonly string[] {
  const ours = whole(wanted);
  const theirs = whole(held);
  const isFormula = (one: Element): boolean => textOf(one, 'formula') !== '';
  const [to, from] = [textOf(ours, 'type'), textOf(theirs, 'type')];
  if (to === from && isFormula(ours) === isFormula(theirs)) return [];
  const kind = (one: Element, type: string): string => (isFormula(one) ? `a ${type} formula` : type);
  return [
    `${wanted.fullName} exists as ${kind(theirs, from)} and cannot become ${kind(ours, to)}: delete the field in Setup, then install again.`,
  ];
}

function whole({ type, content }: Component): Element {
  return { name: type, content };
}

function lengthOf(field: Element): number {
  const type = textOf(field, 'type');
  if (type === 'TextArea') return 255;
  return type === 'Text' || type === 'LongTextArea' || type === 'Html' ? Number(textOf(field, 'length')) : 0;
}

function childOf({ content }: Element, name: string): Element | null {
  return (typeof content === 'string' ? [] : content).find((child) => child.name === name) ?? null;
}

function valuesOf(field: Element): readonly string[] {
  const set = childOf(field, 'valueSet');
  const definition = set === null ? null : childOf(set, 'valueSetDefinition');
  const values = definition === null || typeof definition.content === 'string' ? [] : definition.content;
  return values.filter(({ name }) => name === 'value').map((value) => textOf(value, 'fullName'));
}
