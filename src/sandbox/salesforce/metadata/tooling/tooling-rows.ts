import type { SObject } from '../../schema/schema.js';
import type { FieldDefinition, Row } from '../../schema/types.js';
import { renderField, typeOf } from '../fields/render-field.js';
import { inventoryOf } from '../inventory.js';
import type { MetadataOrg } from '../metadata-org.js';
import { textOf } from '../xml/element.js';
import { toJson } from './json-metadata.js';

/** What rows are made from. */
export type ToolingSource = Pick<MetadataOrg, 'org' | 'components'>;

/** The rows of a tooling object, made from what the org is now. */
export function toolingRows(object: string, metadata: ToolingSource): readonly Row[] {
  const { org } = metadata;
  if (object === 'EntityDefinition') return org.schema.objects().map((one) => entityRow(one, metadata));
  if (object === 'FieldDefinition') {
    return org.schema.objects().flatMap((one) => one.fields().map((field) => fieldRow(one, field, metadata)));
  }
  if (object === 'CustomObject') {
    return org.schema
      .objects()
      .filter((one) => one.definition().custom)
      .map((one) => customObjectRow(one, metadata));
  }
  return customFieldRows(metadata);
}

function entityRow(object: SObject, metadata: ToolingSource): Row {
  const { name, label, labelPlural, keyPrefix, queryable, custom, replicateable } = object.definition();
  return {
    Id: durableId(object, metadata),
    DurableId: durableId(object, metadata),
    QualifiedApiName: name,
    DeveloperName: name.replace(/__c$/, ''),
    Label: label,
    MasterLabel: label,
    PluralLabel: labelPlural,
    KeyPrefix: keyPrefix,
    NamespacePrefix: null,
    InternalSharingModel: 'ReadWrite',
    DeploymentStatus: custom ? 'Deployed' : null,
    IsCustomizable: true,
    IsQueryable: queryable,
    IsCustomSetting: false,
    IsDeprecatedAndHidden: false,
    IsReplicateable: replicateable,
  };
}

/** A standard object is known by its name, a custom one by its 15-character id. */
function durableId(object: SObject, { components }: ToolingSource): string {
  return object.definition().custom ? components.idOf('CustomObject', object.name).slice(0, 15) : object.name;
}

function fieldRow(object: SObject, field: FieldDefinition, metadata: ToolingSource): Row {
  const entity = durableId(object, metadata);
  const { components } = metadata;
  const own = field.custom
    ? components.idOf('CustomField', `${object.name}.${field.name}`).slice(0, 15)
    : field.name.replace(/Id$/, '');
  return {
    Id: `${entity}.${own}`,
    DurableId: `${entity}.${own}`,
    EntityDefinitionId: entity,
    QualifiedApiName: field.name,
    DeveloperName: field.name.replace(/__c$/, ''),
    Label: field.label,
    MasterLabel: field.label,
    DataType: dataTypeOf(field),
    NamespacePrefix: null,
    RelationshipName: field.relationshipName,
    Description: null,
    ValueTypeId: field.type,
    ExtraTypeInfo: null,
    IsCalculated: field.calculated,
    IsNillable: field.nillable,
    IsIndexed: field.externalId || field.unique || field.type === 'reference' || field.type === 'id',
    IsCompound: false,
    IsHighScaleNumber: false,
    IsNameField: object.nameField()?.name === field.name,
    Length: field.length,
    Precision: field.precision,
    Scale: field.scale,
  };
}

/** As Setup shows it: `Number(5, 1)`, `Text(64) (External ID)`. */
function dataTypeOf(field: FieldDefinition): string {
  const type = typeOf(field);
  const size =
    type === 'Text' || type === 'LongTextArea'
      ? `(${field.length})`
      : field.precision > 0
        ? `(${field.precision - field.scale}, ${field.scale})`
        : field.type === 'reference'
          ? `(${field.referenceTo.join(',')})`
          : '';
  return field.calculated ? `Formula (${type})` : `${type}${size}`;
}

function customObjectRow(object: SObject, { components }: ToolingSource): Row {
  return {
    Id: components.idOf('CustomObject', object.name),
    DeveloperName: object.name.replace(/__c$/, ''),
    NamespacePrefix: null,
    ManageableState: 'unmanaged',
    Description: null,
    Language: 'en_US',
  };
}

function customFieldRows(metadata: ToolingSource): readonly Row[] {
  const { org, components } = metadata;
  return inventoryOf('CustomField', org, components).flatMap((component) => {
    const [owner = '', name = ''] = component.fullName.split('.');
    const object = org.schema.find(owner === 'Activity' ? 'Task' : owner);
    const field = object?.field(name);
    return object && field ? [customFieldRow(component.fullName, { object, field, metadata })] : [];
  });
}

function customFieldRow(
  fullName: string,
  { object, field, metadata }: { object: SObject; field: FieldDefinition; metadata: ToolingSource },
): Row {
  const { components } = metadata;
  const content = components.find('CustomField', fullName)?.element ?? renderField(field);
  const { fullName: _own, ...json } = toJson(content, 'CustomField');
  return {
    Id: components.idOf('CustomField', fullName),
    EntityDefinitionId: durableId(object, metadata),
    DeveloperName: field.name.replace(/__c$/, ''),
    TableEnumOrId: object.definition().custom ? components.idOf('CustomObject', object.name) : object.name,
    NamespacePrefix: null,
    ManageableState: 'unmanaged',
    FullName: fullName,
    Metadata: JSON.stringify(json),
    Description: textOf(content, 'description') || null,
    InlineHelpText: field.help,
    Language: 'en_US',
    RelationshipLabel: null,
    Length: field.length,
    Precision: field.precision,
    Scale: field.scale,
  };
}
