import type { Resource } from '../schema/resource.js';
import type { ApiRecord } from '../store/record.js';

/** Where the API answers, for the links it hands out. */
export interface Rendering {
  readonly root: string;
  /** Attributes and relationships that are answered; null = all. */
  readonly fields: ReadonlySet<string> | null;
}

/** A record as a JSON:API resource object. */
export function rendered(
  resource: Resource,
  record: ApiRecord,
  { root, fields }: Rendering,
): Readonly<Record<string, unknown>> {
  const wanted = ([name]: readonly [string, unknown]): boolean => fields === null || fields.has(name);
  const attributes = { ...resource.defaults, ...record.attributes };
  const relationships = [...toOne(resource, record), ...toMany(resource, record, root)];
  return {
    type: resource.type,
    id: record.id,
    attributes: Object.fromEntries(Object.entries(attributes).filter(wanted)),
    relationships: Object.fromEntries(relationships.filter(wanted)),
    links: { self: `${root}/${resource.path}/${record.id}` },
  };
}

type Named = readonly [name: string, relationship: unknown];

function toOne(resource: Resource, record: ApiRecord): readonly Named[] {
  return Object.entries(resource.toOne).map(([name, type]) => {
    const id = record.related[name] ?? null;
    return [name, { data: id === null ? null : { type, id } }];
  });
}

function toMany(resource: Resource, record: ApiRecord, root: string): readonly Named[] {
  return Object.entries(resource.toMany).map(([name, path]) => {
    const related = `${root}/${path}?filter%5B${resource.type}%5D%5Bid%5D=${record.id}`;
    return [name, { links: { related } }];
  });
}
