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
    model: { ...model, permissionSets: model.permissionSets.map((set) => grantable(set, fields)) },
    unknown: theirs.filter((object) => !described.some(({ name }) => name === object)).map(noObject),
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

function noObject(object: string): string {
  return `The object ${object} does not exist in this org or is hidden: correct mappings/salesforce.yaml.`;
}
