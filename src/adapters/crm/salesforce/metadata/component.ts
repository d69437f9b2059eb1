import type { Component, Element } from './element.js';

export function component(type: string, fullName: string, content: readonly Element[]): Component {
  return { type, fullName, content };
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
