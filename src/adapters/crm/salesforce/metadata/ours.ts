import type { OrgModel } from '../../../../ports/org-model.js';
import { isMarkedBundle } from './bundle.js';
import { keyOf, localNameOf, ownerOf } from './component.js';
import { type Component, textOf } from './element.js';
import { isMarked } from './mark.js';

/** Types that carry a description, and with it our mark. */
const DESCRIBED: ReadonlySet<string> = new Set([
  'CustomField',
  'CustomObject',
  'CustomTab',
  'Dashboard',
  'FlexiPage',
  'PermissionSet',
  'QuickAction',
  'Report',
  'ReportType',
]);

/**
 * Whether a component in an org is ours: by the mark in its description, and by nothing else where its type has
 * one. Lists, layouts and folders have none: they are ours by a name that we would give them now.
 */
export function oursAmong(wanted: readonly Component[]): (held: Component) => boolean {
  const names = new Set(wanted.map(keyOf));
  return (held) => {
    if (held.type === 'LightningComponentBundle') return isMarkedBundle(held);
    if (DESCRIBED.has(held.type)) return isMarked(said(held, 'description'));
    return hasOurName(held.fullName) && names.has(keyOf(held));
  };
}

/** What a field or a permission set must say as we do, to count as one that was made before there was a mark. */
const EXACTLY = ['label', 'type', 'length', 'precision', 'scale', 'formula'];

/** An unmarked field or permission set of our name that is exactly ours: an early version made it, without a mark. */
export function isAdopted(wanted: Component, held: Component): boolean {
  if (held.type !== 'CustomField' && held.type !== 'PermissionSet') return false;
  return hasOurName(held.fullName) && EXACTLY.every((name) => said(wanted, name) === said(held, name));
}

function said({ type, content }: Component, name: string): string {
  return textOf({ name: type, content }, name);
}

/** `Account.Truenorth_Score__c`, `Truenorth_Health/Churn`, `truenorthHealth`. */
export function hasOurName(fullName: string): boolean {
  return /^truenorth/i.test(localNameOf(fullName)) || /^truenorth/i.test(fullName);
}

/** What of ours could be in an org under names that the model does not have any more. */
export function couldBeOurs(fullName: string, model: OrgModel): boolean {
  const owner = ownerOf(fullName) || fullName.split('-')[0];
  return hasOurName(fullName) || model.objects.some(({ name }) => name === owner || name === fullName);
}
