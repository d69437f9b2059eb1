import type { Schema, SObject } from '../../schema/schema.js';
import { error, type Problem } from '../types/problem.js';
import { isTrue, textOf, type XmlElement } from '../xml/element.js';

const MOST_MASTERS = 2;

/** Lookup and master-detail: the target exists, the child relationship's name is free, the delete rule fits. */
export function checkReference(field: XmlElement, on: SObject, schema: Schema): readonly Problem[] {
  const target = schema.find(textOf(field, 'referenceTo'));
  if (target === null) {
    return textOf(field, 'referenceTo') === ''
      ? []
      : [
          error(
            `referenceTo value of '${textOf(field, 'referenceTo')}' does not resolve to a valid sObject type`,
            field,
          ),
        ];
  }
  return [
    ...checkRelationshipName(field, { on, target: target.name, schema }),
    ...checkDeleteRule(field),
    ...(textOf(field, 'type') === 'MasterDetail' ? checkMaster(field, on) : []),
  ];
}

function checkRelationshipName(
  field: XmlElement,
  { on, target, schema }: { on: SObject; target: string; schema: Schema },
): readonly Problem[] {
  const name = textOf(field, 'relationshipName');
  if (name === '') return [];
  if (!/^[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*$/.test(name) || name.length > 40) {
    return [error(`Relationship name ${name} is not a valid name`, field)];
  }
  const taken = schema
    .children(target)
    .some(
      (child) =>
        child.name === `${name}__r` &&
        !(child.childObject === on.name && child.field === textOf(field, 'fullName')),
    );
  return taken ? [error(`There is already a Child Relationship named ${name} on ${target}.`, field)] : [];
}

function checkDeleteRule(field: XmlElement): readonly Problem[] {
  const rule = textOf(field, 'deleteConstraint');
  if (rule === '') return [];
  if (!['SetNull', 'Restrict', 'Cascade'].includes(rule)) {
    return [error(`'${rule}' is not a valid value for the enum 'DeleteConstraint'`, field)];
  }
  return rule === 'SetNull' && isTrue(field, 'required')
    ? [error('must specify either cascade delete or restrict delete for required lookup foreign key', field)]
    : [];
}

function checkMaster(field: XmlElement, on: SObject): readonly Problem[] {
  if (!on.definition().custom) {
    return [error(`Cannot create a master-detail field on the standard object ${on.name}`, field)];
  }
  const others = on
    .fields()
    .filter(
      (one) =>
        one.custom && one.type === 'reference' && !one.nillable && one.name !== textOf(field, 'fullName'),
    );
  return others.length >= MOST_MASTERS
    ? [error(`An object can have at most ${MOST_MASTERS} master-detail fields`, field)]
    : [];
}
