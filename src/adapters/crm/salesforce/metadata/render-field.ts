import type { FieldKind, OrgField } from '../../../../ports/org-model.js';
import { component, definedOn } from './component.js';
import { type Component, type Element, elements } from './element.js';
import { marked } from './mark.js';

type Attributes = Parameters<typeof elements>[0];

/** Nothing but what the kind needs: an attribute that a type does not know is refused. */
export function renderField(field: OrgField): Component {
  const { object, name, label, help, kind } = field;
  return component(
    'CustomField',
    `${definedOn(object)}.${name}`,
    elements({
      description: marked(help),
      inlineHelpText: help === '' ? null : help,
      label,
      required: field.required ? true : null,
      ...(field.externalId ? { caseSensitive: true, externalId: true, unique: true } : {}),
      ...attributesOf(kind),
      ...(field.startsAs === null ? {} : { defaultValue: field.startsAs }),
    }),
  );
}

/** The platform keeps no long text below this. */
const SHORTEST_LONG_TEXT = 256;

function attributesOf(kind: FieldKind): Attributes {
  switch (kind.type) {
    case 'text':
      return { type: 'Text', length: kind.length };
    case 'text-area':
      return { type: 'TextArea' };
    case 'long-text':
      return {
        type: 'LongTextArea',
        length: Math.max(SHORTEST_LONG_TEXT, kind.length),
        visibleLines: kind.lines,
      };
    case 'number':
      return { type: 'Number', precision: kind.digits + kind.scale, scale: kind.scale };
    case 'checkbox':
      return { type: 'Checkbox', defaultValue: false };
    case 'date':
      return { type: 'Date' };
    case 'datetime':
      return { type: 'DateTime' };
    case 'picklist':
      return { type: 'Picklist', valueSet: valueSetOf(kind) };
    case 'formula':
      return { type: 'Text', formula: kind.formula, formulaTreatBlanksAs: 'BlankAsBlank' };
    default:
      return relationOf(kind);
  }
}

function relationOf(kind: Extract<FieldKind, { readonly type: 'lookup' | 'parent' }>): Attributes {
  const shared = {
    referenceTo: kind.to,
    relationshipLabel: kind.title,
    relationshipName: kind.relationship,
  };
  return kind.type === 'lookup'
    ? { ...shared, type: 'Lookup', deleteConstraint: 'SetNull' }
    : {
        ...shared,
        type: 'MasterDetail',
        relationshipOrder: 0,
        // An upsert names the parent each time; on a parent that is fixed, the second one would be refused.
        reparentableMasterDetail: true,
        writeRequiresMasterRead: true,
      };
}

function valueSetOf(kind: Extract<FieldKind, { readonly type: 'picklist' }>): readonly Element[] {
  const value = kind.values.map((name) => elements({ fullName: name, default: false, label: name }));
  return elements({
    restricted: kind.restricted,
    valueSetDefinition: elements({ sorted: false, value }),
  });
}
