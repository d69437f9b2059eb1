import type { SObject } from '../schema/schema.js';
import type { FieldDefinition } from '../schema/types.js';
import type { Org } from '../store/org.js';
import type { Caller } from '../store/sessions.js';

/** The fields that the caller may see, in describe's form. */
export function describeFields(org: Org, caller: Caller, object: SObject): readonly unknown[] {
  return object.fields().flatMap((field) => {
    const right = org.access.field(caller.session.userId, object.name, field.name);
    return right === 'none' ? [] : [describeField(field, right === 'edit', object.nameField() === field)];
  });
}

const SOAP_TYPES: Readonly<Record<string, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  long: 'xsd:long',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  base64: 'xsd:base64Binary',
};

const NUMERIC = ['int', 'long', 'double', 'currency', 'percent'];

function describeField(field: FieldDefinition, editable: boolean, nameField: boolean): unknown {
  const longText = field.type === 'textarea' && field.length > 255;
  const numeric = NUMERIC.includes(field.type);
  const whole = field.type === 'int' || field.type === 'long';
  return {
    aggregatable: !longText && field.type !== 'multipicklist' && field.type !== 'boolean',
    aiPredictionField: false,
    autoNumber: field.displayFormat !== undefined,
    byteLength: field.length * 3,
    calculated: field.calculated,
    calculatedFormula: field.formula,
    cascadeDelete: field.master !== undefined,
    caseSensitive: field.caseSensitive,
    compoundFieldName: null,
    controllerName: null,
    createable: field.createable && editable && !field.calculated,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? field.defaultValue === true : null,
    defaultValueFormula: field.defaultFormula ?? null,
    defaultedOnCreate:
      field.defaultValue !== null ||
      field.defaultFormula !== undefined ||
      field.type === 'boolean' ||
      field.name === 'OwnerId' ||
      !field.createable,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: whole ? field.precision : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filterable: !longText,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: !longText && !numeric && field.type !== 'datetime' && field.type !== 'multipicklist',
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.name === 'Id' || field.externalId || nameField || field.type === 'email',
    inlineHelpText: field.help,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    // A checkbox is never empty, and can be hidden all the same.
    permissionable: field.custom && (field.nillable || field.type === 'boolean'),
    picklistValues: field.picklistValues.map((one) => ({
      active: true,
      defaultValue: one.isDefault,
      label: one.label,
      validFor: null,
      value: one.value,
    })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: whole ? 0 : field.precision,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: field.master === undefined ? null : 0,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: field.type === 'reference',
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: !longText && field.type !== 'multipicklist',
    type: field.type,
    unique: field.unique,
    updateable: field.updateable && editable && !field.calculated,
    writeRequiresMasterRead: field.master?.readIsEnough === true,
  };
}
