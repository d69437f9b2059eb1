import type { ObjectDescription, ObjectSummary } from '../../../ports/crm.js';

export function toSummary({ name, label, custom, queryable }: ObjectDescription): ObjectSummary {
  return { name, label, custom, queryable };
}
