import type { FieldToInstall, InstallPlan } from '../../../ports/crm.js';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** Metadata of a plan as XML texts. Elements stand in alphabetical order, as Salesforce itself writes them. */
function xml(root: string, lines: readonly string[]): string {
  const body = lines.map((line) => `    ${line}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${body}</${root}>\n`;
}

function element(name: string, value: string | number | boolean): string {
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/** Numbers of ours are whole points or percents. */
const NUMBER = [element('precision', 9), element('scale', 0)];

const TYPED: Readonly<Record<FieldToInstall['type'], (field: FieldToInstall) => readonly string[]>> = {
  text: (field) => [element('length', field.length), element('type', 'Text')],
  'long-text': (field) => [
    element('length', Math.max(256, field.length)),
    element('type', 'LongTextArea'),
    element('visibleLines', 5),
  ],
  number: () => [...NUMBER, element('type', 'Number')],
  checkbox: () => [element('type', 'Checkbox')],
  date: () => [element('type', 'Date')],
  picklist: (field) => [element('type', 'Picklist'), ...valueSet(field.values)],
};

/** Never required, never unique: nothing that a person does in Salesforce may fail because of a field of ours. */
function fieldElements(field: FieldToInstall): readonly string[] {
  return [
    element('fullName', field.name),
    ...(field.type === 'checkbox' ? [element('defaultValue', false)] : []),
    ...(field.help === '' ? [] : [element('inlineHelpText', field.help)]),
    element('label', field.label),
    ...TYPED[field.type](field),
  ];
}

function valueSet(values: readonly string[]): readonly string[] {
  const entries = values.map(
    (value) =>
      `<value>${element('fullName', value)}${element('default', false)}${element('label', value)}</value>`,
  );
  return [
    '<valueSet>',
    `    ${element('restricted', false)}`,
    `    <valueSetDefinition>${element('sorted', false)}${entries.join('')}</valueSetDefinition>`,
    '</valueSet>',
  ];
}

function permissionSetXml(set: InstallPlan['permissionSet']): string {
  const editable = new Set(set.editable);
  const fields = [...new Set([...set.readable, ...set.editable])].sort();
  return xml('PermissionSet', [
    ...fields.flatMap((field) => fieldGrant(field, editable.has(field))),
    element('hasActivationRequired', false),
    element('label', set.label),
    ...[...new Set(set.objects)].sort().flatMap((object) =>
      objectGrant(
        object,
        [...editable].some((field) => field.startsWith(`${object}.`)),
      ),
    ),
  ]);
}

function fieldGrant(field: string, editable: boolean): readonly string[] {
  return [
    '<fieldPermissions>',
    `    ${element('editable', editable)}`,
    `    ${element('field', field)}`,
    `    ${element('readable', true)}`,
    '</fieldPermissions>',
  ];
}

/** All records are read, whoever owns them; none is created or deleted. */
function objectGrant(object: string, edit: boolean): readonly string[] {
  return [
    '<objectPermissions>',
    `    ${element('allowCreate', false)}`,
    `    ${element('allowDelete', false)}`,
    `    ${element('allowEdit', edit)}`,
    `    ${element('allowRead', true)}`,
    `    ${element('modifyAllRecords', false)}`,
    `    ${element('object', object)}`,
    `    ${element('viewAllRecords', true)}`,
    '</objectPermissions>',
  ];
}

/** Task and Event share their custom fields: they are defined on Activity. */
export function definedOn(object: string): string {
  return object === 'Task' || object === 'Event' ? 'Activity' : object;
}

/** The plan as an SFDX source folder: path -> text. Pure. */
export function sfdxFolder(plan: InstallPlan): ReadonlyMap<string, string> {
  const root = 'force-app/main/default';
  const project = {
    packageDirectories: [{ path: 'force-app', default: true }],
    namespace: '',
    sfdcLoginUrl: 'https://login.salesforce.com',
    sourceApiVersion: '62.0',
  };
  const fields = plan.fields.map((field): [string, string] => [
    `${root}/objects/${definedOn(field.object)}/fields/${field.name}.field-meta.xml`,
    xml('CustomField', fieldElements(field)),
  ]);
  return new Map([
    ['sfdx-project.json', `${JSON.stringify(project, null, 2)}\n`],
    ...fields,
    [
      `${root}/permissionsets/${plan.permissionSet.name}.permissionset-meta.xml`,
      permissionSetXml(plan.permissionSet),
    ],
  ]);
}

/** The fields and the permission set in the form of a metadata deploy: path -> text. Pure. */
export function deployPackage(
  permissionSet: InstallPlan['permissionSet'],
  fields: readonly FieldToInstall[],
  apiVersion: string,
): ReadonlyMap<string, string> {
  const objects = [...new Set(fields.map((field) => definedOn(field.object)))].sort();
  const members = fields.map((field) => `${definedOn(field.object)}.${field.name}`);
  const files = objects.map((object): [string, string] => {
    const own = fields.filter((field) => definedOn(field.object) === object);
    const blocks = own.map((field) => `<fields>${fieldElements(field).join('')}</fields>`);
    return [`objects/${object}.object`, xml('CustomObject', blocks)];
  });
  return new Map([
    [
      'package.xml',
      xml('Package', manifest({ CustomField: members, PermissionSet: [permissionSet.name] }, apiVersion)),
    ],
    ...files,
    [`permissionsets/${permissionSet.name}.permissionset`, permissionSetXml(permissionSet)],
  ]);
}

function manifest(types: Readonly<Record<string, readonly string[]>>, apiVersion: string): readonly string[] {
  const blocks = Object.entries(types)
    .filter(([, members]) => members.length > 0)
    .map(([type, members]) => {
      const listed = members.map((member) => element('members', member)).join('');
      return `<types>${listed}${element('name', type)}</types>`;
    });
  return [...blocks, element('version', apiVersion)];
}
