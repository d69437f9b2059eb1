import { notFound } from '../api-error.js';
import type { SObject } from '../schema/schema.js';
import { objectFor } from '../soql/scope.js';
import type { RestAnswer, RestRequest, RestRoute } from './contract.js';
import { describeFields } from './describe-field.js';
import { insertOne } from './sobjects.js';

export const DESCRIBE_ROUTES: readonly RestRoute[] = [
  { method: 'GET', pattern: '/sobjects', kind: 'describe-global', run: describeGlobal },
  {
    method: 'GET',
    pattern: '/sobjects/:object',
    kind: 'describe',
    run: (request, { object = '' }) => {
      const found = objectFor(request.room.org, request.caller, object);
      return { status: 200, body: { objectDescribe: summary(request, found), recentItems: [] } };
    },
  },
  { method: 'POST', pattern: '/sobjects/:object', kind: 'create', run: insertOne },
  { method: 'GET', pattern: '/sobjects/:object/describe', kind: 'describe', run: describe },
  {
    method: 'GET',
    pattern: '/sobjects/:object/describe/layouts',
    kind: 'describe',
    run: () => ({ status: 200, body: { layouts: [], recordTypeMappings: [] } }),
  },
];

function describeGlobal(request: RestRequest): RestAnswer {
  const { org } = request.room;
  const objects = org.schema
    .objects()
    .filter((object) => org.access.object(request.caller.session.userId, object.name).read)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    status: 200,
    body: {
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: objects.map((object) => summary(request, object)),
    },
  };
}

function describe(request: RestRequest, { object = '' }: Readonly<Record<string, string>>): RestAnswer {
  const { org } = request.room;
  const found = org.schema.find(object);
  if (found === null || !org.access.object(request.caller.session.userId, found.name).read) {
    throw notFound();
  }
  return {
    status: 200,
    body: {
      ...summary(request, found),
      actionOverrides: [],
      childRelationships: children(request, found),
      compactLayoutable: true,
      defaultImplementation: null,
      extendedBy: null,
      extendsInterfaces: null,
      fields: describeFields(org, request.caller, found),
      implementedBy: null,
      implementsInterfaces: null,
      listviewable: null,
      lookupLayoutable: null,
      namedLayoutInfos: [],
      networkScopeFieldName: null,
      recordTypeInfos: recordTypes(request, found),
      searchLayoutable: true,
      sobjectDescribeOption: 'FULL',
      supportedScopes: [
        { label: `All ${found.definition().labelPlural}`, name: 'everything' },
        { label: `My ${found.definition().labelPlural}`, name: 'mine' },
      ],
    },
  };
}

/** What global describe says of an object. */
function summary({ base, room, caller }: RestRequest, object: SObject): Readonly<Record<string, unknown>> {
  const {
    name,
    label,
    labelPlural,
    keyPrefix,
    custom,
    createable,
    updateable,
    deletable,
    queryable,
    replicateable,
  } = object.definition();
  const rights = room.org.access.object(caller.session.userId, name);
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: createable && rights.create,
    custom,
    customSetting: false,
    deepCloneable: false,
    deletable: deletable && rights.delete,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix,
    label,
    labelPlural,
    layoutable: true,
    mergeable: ['Account', 'Contact', 'Lead', 'Case'].includes(name),
    mruEnabled: true,
    name,
    queryable,
    replicateable,
    retrieveable: true,
    searchable: true,
    triggerable: true,
    undeletable: deletable,
    updateable: updateable && rights.edit,
    urls: {
      rowTemplate: `${base}/sobjects/${name}/{ID}`,
      describe: `${base}/sobjects/${name}/describe`,
      sobject: `${base}/sobjects/${name}`,
    },
  };
}

function children({ room, caller }: RestRequest, object: SObject): readonly unknown[] {
  return room.org.schema
    .children(object.name)
    .filter((link) => room.org.access.field(caller.session.userId, link.childObject, link.field) !== 'none')
    .map((link) => ({
      cascadeDelete: room.org.schema.find(link.childObject)?.field(link.field)?.master !== undefined,
      childSObject: link.childObject,
      deprecatedAndHidden: false,
      field: link.field,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: link.name,
      restrictedDelete: false,
    }));
}

const MASTER_RECORD_TYPE = '012000000000000AAA';

function recordTypes({ base, room }: RestRequest, object: SObject): readonly unknown[] {
  const table = room.org.table('RecordType');
  const own = Array.from({ length: table.slotCount() }, (_, slot) => table.rowAt(slot)).filter(
    (row) => row?.SobjectType === object.name,
  );
  const master = { Id: MASTER_RECORD_TYPE, Name: 'Master', DeveloperName: 'Master', IsActive: true };
  return [...own, master].map((row) => ({
    active: row?.IsActive === true,
    available: true,
    defaultRecordTypeMapping: row === master && own.length === 0,
    developerName: row?.DeveloperName,
    master: row === master,
    name: row?.Name,
    recordTypeId: row?.Id,
    urls: { layout: `${base}/sobjects/${object.name}/describe/layouts/${String(row?.Id)}` },
  }));
}
