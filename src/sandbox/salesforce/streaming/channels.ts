import type { SObject } from '../schema/schema.js';
import type { Org } from '../store/org.js';

export const ALL_CHANGES = '/data/ChangeEvents';

/** The object of `/data/CaseChangeEvent` or `/data/Thing__ChangeEvent`; null for any other channel. */
export function objectOf(org: Org, channel: string): SObject | null {
  const custom = /^\/data\/(\w+)__ChangeEvent$/.exec(channel)?.[1];
  if (custom !== undefined) return org.schema.find(`${custom}__c`);
  const standard = /^\/data\/(\w+)ChangeEvent$/.exec(channel)?.[1];
  return standard === undefined ? null : org.schema.find(standard);
}

/** The one channel of an object's change events. */
export function channelOf(object: string): string {
  return object.endsWith('__c')
    ? `/data/${object.slice(0, -'__c'.length)}__ChangeEvent`
    : `/data/${object}ChangeEvent`;
}
