import { field, lookup, READ_ONLY } from '../../schema/fields.js';
import type { FieldDefinition, ObjectDefinition } from '../../schema/types.js';

function toolingObject(
  name: string,
  keyPrefix: string,
  fields: readonly FieldDefinition[],
): ObjectDefinition {
  return {
    name,
    label: name,
    labelPlural: name,
    keyPrefix,
    custom: false,
    createable: false,
    updateable: false,
    deletable: false,
    queryable: true,
    replicateable: false,
    fields: [field('Id', 'id', READ_ONLY), ...fields],
    validationRules: [],
  };
}

const text = (name: string): FieldDefinition => field(name, 'string', READ_ONLY);
const flag = (name: string): FieldDefinition => field(name, 'boolean', READ_ONLY);
const whole = (name: string): FieldDefinition => field(name, 'int', READ_ONLY);

/** What the Tooling API can be asked about the org's shape: as much as installers and the CLI ask. */
export const TOOLING_OBJECTS: readonly ObjectDefinition[] = [
  toolingObject('EntityDefinition', '4ie', [
    ...['DurableId', 'QualifiedApiName', 'DeveloperName', 'Label', 'PluralLabel', 'KeyPrefix'].map(text),
    ...['NamespacePrefix', 'MasterLabel', 'InternalSharingModel', 'DeploymentStatus'].map(text),
    ...['IsCustomizable', 'IsQueryable', 'IsCustomSetting', 'IsDeprecatedAndHidden', 'IsReplicateable'].map(
      flag,
    ),
  ]),
  toolingObject('FieldDefinition', '4fe', [
    lookup('EntityDefinitionId', 'EntityDefinition', READ_ONLY),
    ...['DurableId', 'QualifiedApiName', 'DeveloperName', 'Label', 'MasterLabel', 'DataType'].map(text),
    ...['NamespacePrefix', 'RelationshipName', 'Description', 'ValueTypeId', 'ExtraTypeInfo'].map(text),
    ...['IsCalculated', 'IsNillable', 'IsIndexed', 'IsCompound', 'IsHighScaleNumber', 'IsNameField'].map(
      flag,
    ),
    ...['Length', 'Precision', 'Scale'].map(whole),
  ]),
  toolingObject('CustomObject', '01I', [
    ...['DeveloperName', 'NamespacePrefix', 'ManageableState', 'Description', 'Language'].map(text),
  ]),
  toolingObject('CustomField', '00N', [
    lookup('EntityDefinitionId', 'EntityDefinition', READ_ONLY),
    ...['DeveloperName', 'NamespacePrefix', 'ManageableState', 'TableEnumOrId', 'FullName', 'Metadata'].map(
      text,
    ),
    ...['Description', 'InlineHelpText', 'Language', 'RelationshipLabel'].map(text),
    ...['Length', 'Precision', 'Scale'].map(whole),
  ]),
];
