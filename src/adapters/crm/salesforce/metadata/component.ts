import type { Element } from './element.js';

/** One component of the org: `CustomField` `Account.Truenorth_Score__c` and what it says. */
export interface Component {
  readonly type: string;
  readonly fullName: string;
  /** Without the root and its full name; ordered as Salesforce itself writes them. */
  readonly content: readonly Element[];
  /** Source files of a page component, by their name in its folder; null for all that is XML only. */
  readonly files: Readonly<Record<string, string>> | null;
}

export function component(type: string, fullName: string, content: readonly Element[]): Component {
  return { type, fullName, content, files: null };
}

/** `Account` of `Account.Truenorth_Score__c`; '' where a name has no owner. */
export function ownerOf(fullName: string): string {
  return fullName.slice(0, Math.max(0, fullName.indexOf('.')));
}

/** `Truenorth_Score__c` of `Account.Truenorth_Score__c`. */
export function localNameOf(fullName: string): string {
  return fullName.slice(fullName.indexOf('.') + 1);
}

/** One string for a component: its type and full name. */
export function keyOf({ type, fullName }: Pick<Component, 'type' | 'fullName'>): string {
  return `${type} ${fullName}`;
}

/** Task and Event share their custom fields: they are defined on Activity. */
export function definedOn(object: string): string {
  return object === 'Task' || object === 'Event' ? 'Activity' : object;
}
