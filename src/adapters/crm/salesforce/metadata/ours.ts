import type { OrgModel } from '../../../../ports/org-model.js';
import { localNameOf, ownerOf } from './component.js';
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

/** Whether a component in an org is ours: by its mark, or where a type has none by its name. */
export function isOurs(one: Component): boolean {
  const description = textOf({ name: one.type, content: one.content }, 'description');
  if (DESCRIBED.has(one.type) && isMarked(description)) return true;
  return hasOurName(one.fullName);
}

/** `Account.Truenorth_Score__c`, `Truenorth_Health/Churn`, `truenorthHealth`. */
function hasOurName(fullName: string): boolean {
  return /^truenorth/i.test(localNameOf(fullName)) || /^truenorth/i.test(fullName);
}

/** What of ours could be in an org under names that the model does not have any more. */
export function couldBeOurs(fullName: string, model: OrgModel): boolean {
  const owner = ownerOf(fullName) || fullName.split('-')[0];
  return hasOurName(fullName) || model.objects.some(({ name }) => name === owner || name === fullName);
}
