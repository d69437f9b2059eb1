import { type Piece, pieceOf, piecesOf, textOf } from './analytics-file.js';
import { problemIn, type SourceFile, type SourceProblem } from './source-files.js';
import { fieldIn, type SourceWorld } from './source-world.js';

type Tell = ReturnType<typeof problemIn>;

/** Attributes that a type must have, and those that it may have; any other is refused by Salesforce. */
const BY_TYPE: Readonly<
  Record<string, { readonly must: readonly string[]; readonly may: readonly string[] }>
> = {
  Checkbox: { must: ['defaultValue'], may: [] },
  Date: { must: [], may: ['defaultValue', 'required'] },
  DateTime: { must: [], may: ['defaultValue', 'required'] },
  LongTextArea: { must: ['length', 'visibleLines'], may: ['defaultValue'] },
  Lookup: {
    must: ['referenceTo', 'relationshipName'],
    may: ['deleteConstraint', 'relationshipLabel', 'required'],
  },
  MasterDetail: {
    must: ['referenceTo', 'relationshipName', 'relationshipOrder'],
    may: ['relationshipLabel', 'reparentableMasterDetail', 'writeRequiresMasterRead'],
  },
  Number: { must: ['precision', 'scale'], may: ['defaultValue', 'externalId', 'required', 'unique'] },
  Picklist: { must: ['valueSet'], may: ['required'] },
  Text: { must: ['length'], may: ['caseSensitive', 'defaultValue', 'externalId', 'required', 'unique'] },
  TextArea: { must: [], may: ['defaultValue', 'required'] },
};
const ALWAYS = ['fullName', 'description', 'inlineHelpText', 'label', 'type'];
const OF_FORMULA = { must: ['formula'], may: ['formulaTreatBlanksAs'] };

/** Lowest and highest value by type and attribute. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  'Text.length': [1, 255],
  'LongTextArea.length': [256, 131_072],
  'LongTextArea.visibleLines': [2, 50],
  'Number.precision': [1, 18],
  'Number.scale': [0, 17],
  'MasterDetail.relationshipOrder': [0, 1],
};

export function checkCustomField(file: SourceFile, world: SourceWorld): readonly SourceProblem[] {
  const tell = problemIn(file);
  const type = textOf(file, 'type');
  const [object = '', name = ''] = file.fullName.split('.');
  return [
    ...(name.endsWith('__c') ? [] : [tell(`${name} does not end in __c.`)]),
    ...(world.fields.has(object) ? [] : [tell(`There is no object ${object}.`)]),
    ...checkAttributes(file, type, tell),
    ...checkRanges(file, type, tell),
    ...checkValues(file, tell),
    ...checkReference(file, { object, world, tell }),
    ...checkFormula(file, { object, world, tell }),
  ];
}

function checkAttributes(file: SourceFile, type: string, tell: Tell): readonly SourceProblem[] {
  const { must, may } = pieceOf(file, 'formula') ? OF_FORMULA : (BY_TYPE[type] ?? { must: [], may: [] });
  const allowed = new Set([...ALWAYS, ...must, ...may]);
  const isDefault = type === 'Checkbox' ? textOf(file, 'defaultValue') : 'true';
  return [
    ...must.filter((one) => !pieceOf(file, one)).map((one) => tell(`A ${type} field lacks ${one}.`)),
    ...file.content
      .filter(({ name }) => !allowed.has(name))
      .map((one) => tell(`A ${type} field has no ${one.name}.`, one)),
    ...(/^(true|false)$/.test(isDefault)
      ? []
      : [tell('A checkbox starts as true or false.', pieceOf(file, 'defaultValue'))]),
    ...(textOf(file, 'unique') === 'true' && type === 'Text' && !pieceOf(file, 'caseSensitive')
      ? [tell('A unique text says whether capitals count: caseSensitive.', pieceOf(file, 'unique'))]
      : []),
  ];
}

function checkRanges(file: SourceFile, type: string, tell: Tell): readonly SourceProblem[] {
  const problems = Object.entries(RANGES).flatMap(([key, [low, high]]) => {
    const [of = '', attribute = ''] = key.split('.');
    const piece = pieceOf(file, attribute);
    if (of !== type || piece === undefined) return [];
    const value = Number(textOf(file, attribute));
    return value >= low && value <= high
      ? []
      : [tell(`${attribute} of a ${type} field is ${value}; ${low} to ${high} are allowed.`, piece)];
  });
  const scale = pieceOf(file, 'scale');
  return scale && Number(textOf(file, 'scale')) > Number(textOf(file, 'precision'))
    ? [...problems, tell('scale is larger than precision.', scale)]
    : problems;
}

function checkValues(file: SourceFile, tell: Tell): readonly SourceProblem[] {
  const set = pieceOf(file, 'valueSet');
  const definition = set && pieceOf(set, 'valueSetDefinition');
  const values = definition ? piecesOf(definition, 'value') : [];
  const names = values.map((value) => textOf(value, 'fullName'));
  return values
    .filter((value, index) => names.indexOf(textOf(value, 'fullName')) < index)
    .map((value) => tell(`The value ${textOf(value, 'fullName')} stands there twice.`, value));
}

interface Within {
  readonly object: string;
  readonly world: SourceWorld;
  readonly tell: Tell;
}

function checkReference(file: SourceFile, { world, tell }: Within): readonly SourceProblem[] {
  const target = pieceOf(file, 'referenceTo');
  if (target === undefined) return [];
  const name = textOf(file, 'relationshipName');
  const required = textOf(file, 'required') === 'true';
  return [
    ...(world.fields.has(String(target.content))
      ? []
      : [tell(`There is no object ${String(target.content)}.`, target)]),
    ...(/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name)
      ? []
      : [tell(`${name} is no name for a relationship.`, pieceOf(file, 'relationshipName'))]),
    ...(required && textOf(file, 'deleteConstraint') === 'SetNull'
      ? [
          tell(
            'A required lookup cannot be emptied when the other record goes.',
            pieceOf(file, 'deleteConstraint'),
          ),
        ]
      : []),
  ];
}

/** Names outside of texts that are not called must be fields. */
function checkFormula(file: SourceFile, { object, world, tell }: Within): readonly SourceProblem[] {
  const formula: Piece | undefined = pieceOf(file, 'formula');
  if (formula === undefined) return [];
  const bare = String(formula.content).replace(/"(?:\\.|[^"\\])*"/g, '""');
  const open = bare.split('(').length - bare.split(')').length;
  const fields = [...bare.matchAll(/[A-Za-z_]\w*(?![\w(])/g)].map(([name]) => name);
  return [
    ...(open === 0 ? [] : [tell('The brackets of the formula do not match.', formula)]),
    ...fields
      .filter((name) => fieldIn(world, object, name) === undefined)
      .map((name) => tell(`The formula reads ${name}, which ${object} has not.`, formula)),
  ];
}
