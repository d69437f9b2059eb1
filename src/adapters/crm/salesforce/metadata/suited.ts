import type { OrgModel, PermissionSet } from '../../../../ports/org-model.js';
import type { Reading } from '../reading.js';
import type { ObjectDescribe } from '../schema.js';

type Field = ObjectDescribe['fields'][number];

/** The model for an org: what its own fields and objects allow, and the objects that it lacks, each a sentence. */
export async function suitedTo(
  reading: Reading,
  model: OrgModel,
): Promise<{ readonly model: OrgModel; readonly unknown: readonly string[] }> {
  const own = new Set(model.objects.map(({ name }) => name));
  const theirs = [...new Set(model.fields.map(({ object }) => object))].filter((name) => !own.has(name));
  const described = await reading.catalogue.describe(theirs);
  const fields = new Map(
    described.flatMap(({ name, fields: all }) => all.map((field) => [`${name}.${field.name}`, field])),
  );
  return {
    model: {
      ...model,
      permissionSets: model.permissionSets.map((set) => grantable(set, fields)),
    },
    unknown: [
      ...theirs.filter((object) => !described.some(({ name }) => name === object)).map(noObject),
      ...unseenFields(model, fields).map(noField),
    ],
  };
}

/** Required fields are always visible, and a deploy that grants them is refused; formulas are never written. */
function grantable(set: PermissionSet, fields: ReadonlyMap<string, Field>): PermissionSet {
  return {
    ...set,
    fields: set.fields
      .filter(({ field }) => fields.get(field)?.permissionable !== false)
      .map((grant) => (fields.get(grant.field)?.calculated === true ? { ...grant, editable: false } : grant)),
  };
}

/** Fields of the customer's own that lists and report types show, but that we can't see. */
function unseenFields(model: OrgModel, fields: ReadonlyMap<string, Field>): readonly string[] {
  const own = new Set([
    ...model.objects.map(({ name }) => name),
    ...model.fields.map(({ object, name }) => `${object}.${name}`),
  ]);
  const used = [
    ...model.listViews.flatMap(({ object, columns, filters }) =>
      [...columns, ...filters.map(({ field }) => field)].map((field) => ({ object, field })),
    ),
    ...model.reportTypes.flatMap(({ object, sections }) =>
      sections
        .flatMap(({ columns }) => columns)
        .filter(({ table }) => table === object)
        .map(({ field }) => ({ object, field })),
    ),
  ];
  return [
    ...new Set(
      used
        .filter(({ object }) => !own.has(object))
        .filter(isCustom)
        .map(nameOf),
    ),
  ].filter((name) => !own.has(name) && !fields.has(name));
}

function isCustom({ field }: { readonly field: string }): boolean {
  return /^\w+__c$/.test(field);
}

function nameOf({ object, field }: { readonly object: string; readonly field: string }): string {
  return `${object}.${field}`;
}

function noField(field: string): string {
  return `The field ${field} does not exist in this org or is hidden: correct mappings/salesforce.yaml.`;
}

function noObject(object: string): string {
  return `The object ${object} does not exist in this org or is hidden: correct mappings/salesforce.yaml.`;
}
