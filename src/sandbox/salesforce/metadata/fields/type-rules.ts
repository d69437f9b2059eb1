/** What a custom field of one type is in describe's words, and which attributes it must and may carry. */
export interface FieldTypeRule {
  readonly describedAs: string;
  readonly must: readonly string[];
  readonly may: readonly string[];
  /** Whether a formula may have this as its result. */
  readonly formula: boolean;
}

function rule(describedAs: string, must: string, may: string, formula = false): FieldTypeRule {
  const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');
  return { describedAs, must: words(must), may: words(may), formula };
}

export const FIELD_TYPES: ReadonlyMap<string, FieldTypeRule> = new Map([
  ['AutoNumber', rule('string', 'displayFormat', 'startingNumber externalId populateExistingRows')],
  ['Checkbox', rule('boolean', 'defaultValue', '', true)],
  ['Currency', rule('currency', 'precision scale', 'required defaultValue', true)],
  ['Date', rule('date', '', 'required defaultValue', true)],
  ['DateTime', rule('datetime', '', 'required defaultValue', true)],
  ['Email', rule('email', '', 'externalId unique required defaultValue')],
  ['EncryptedText', rule('encryptedstring', 'length maskChar maskType', 'required')],
  ['Html', rule('textarea', 'length visibleLines', '')],
  ['LongTextArea', rule('textarea', 'length visibleLines', 'defaultValue')],
  ['Lookup', rule('reference', 'referenceTo relationshipName', 'required deleteConstraint lookupFilter')],
  [
    'MasterDetail',
    rule(
      'reference',
      'referenceTo relationshipName',
      'relationshipOrder reparentableMasterDetail writeRequiresMasterRead',
    ),
  ],
  ['MultiselectPicklist', rule('multipicklist', 'valueSet visibleLines', 'required')],
  ['Number', rule('double', 'precision scale', 'externalId unique required defaultValue', true)],
  ['Percent', rule('percent', 'precision scale', 'required defaultValue', true)],
  ['Phone', rule('phone', '', 'required defaultValue')],
  ['Picklist', rule('picklist', 'valueSet', 'required')],
  ['Summary', rule('double', 'summaryForeignKey summaryOperation', 'summarizedField summaryFilterItems')],
  ['Text', rule('string', 'length', 'externalId unique caseSensitive required defaultValue', true)],
  ['TextArea', rule('textarea', '', 'required defaultValue')],
  ['Time', rule('time', '', 'required defaultValue', true)],
  ['Url', rule('url', '', 'required defaultValue')],
]);

/** Attributes whose presence depends on the type. A boolean one counts only when true. */
export const TYPED_ATTRIBUTES: readonly string[] = [
  'caseSensitive',
  'defaultValue',
  'deleteConstraint',
  'displayFormat',
  'externalId',
  'length',
  'lookupFilter',
  'maskChar',
  'maskType',
  'precision',
  'referenceTo',
  'relationshipName',
  'relationshipOrder',
  'reparentableMasterDetail',
  'required',
  'scale',
  'startingNumber',
  'summarizedField',
  'summaryFilterItems',
  'summaryForeignKey',
  'summaryOperation',
  'unique',
  'valueSet',
  'visibleLines',
  'writeRequiresMasterRead',
];

/** Lowest and highest value of an attribute, by `Type.attribute`; `*` stands for any type. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  'Text.length': [1, 255],
  'LongTextArea.length': [256, 131_072],
  'Html.length': [256, 131_072],
  'EncryptedText.length': [1, 175],
  'LongTextArea.visibleLines': [2, 50],
  'Html.visibleLines': [10, 50],
  'MultiselectPicklist.visibleLines': [3, 10],
  '*.precision': [1, 18],
  '*.scale': [0, 17],
  '*.relationshipOrder': [0, 1],
};

export function rangeOf(type: string, attribute: string): readonly [number, number] | undefined {
  return RANGES[`${type}.${attribute}`] ?? RANGES[`*.${attribute}`];
}
