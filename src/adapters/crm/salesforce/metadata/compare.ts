import type { OrgPart, PartDifference } from '../../../../ports/crm-installer.js';
import { keyOf, ownerOf } from './component.js';
import { lacking, merged } from './contains.js';
import type { Component } from './element.js';
import { misfitsOf, takenName, unchangeable } from './fitting.js';
import type { Holding } from './holding.js';
import { hasOurName, isAdopted, oursAmong } from './ours.js';
import { placeOf } from './places.js';

/** What the org holds against what the model wants. */
export interface Comparison {
  readonly parts: readonly PartDifference[];
  readonly obsolete: readonly OrgPart[];
  readonly conflicts: readonly string[];
  /** What a deploy carries: what is new, and what changed with what others added to it. */
  readonly toDeploy: readonly Component[];
}

interface Judged {
  readonly part: PartDifference | null;
  readonly conflicts: readonly string[];
  readonly deploy: Component | null;
}

type IsOurs = ReturnType<typeof oursAmong>;

export function compareParts(wanted: readonly Component[], { components }: Holding): Comparison {
  const isOurs = oursAmong(wanted);
  const foreign = new Set(
    wanted
      .filter(({ type }) => type === 'CustomObject')
      .filter((one) => isForeign(components.get(keyOf(one)), isOurs))
      .map(({ fullName }) => fullName),
  );
  const judged = wanted
    // An object that is not ours is one conflict, not one for each of its fields.
    .filter((one) => !foreign.has(ownerOf(one.fullName)))
    .map((one) => judge(one, components.get(keyOf(one)), isOurs));
  const names = new Set(wanted.map(keyOf));
  return {
    parts: judged.flatMap(({ part }) => part ?? []),
    conflicts: judged.flatMap(({ conflicts }) => conflicts),
    toDeploy: judged.flatMap(({ deploy }) => deploy ?? []),
    obsolete: [...components.values()]
      .filter((one) => !names.has(keyOf(one)) && isOurs(one))
      .map(({ type, fullName }) => ({ type, name: fullName })),
  };
}

function isForeign(held: Component | undefined, isOurs: IsOurs): boolean {
  return held !== undefined && !isOurs(held);
}

function judge(wanted: Component, held: Component | undefined, isOurs: IsOurs): Judged {
  const { type, fullName: name } = wanted;
  if (held === undefined)
    return { part: { type, name, action: 'create', changes: [] }, conflicts: [], deploy: wanted };
  if (type === 'CustomField' && isOurs(held)) {
    const conflicts = unchangeable(wanted, held);
    if (conflicts.length > 0) return { part: null, conflicts, deploy: null };
  }
  if (!isOurs(held) && !isAdopted(wanted, held) && !belongsToOurs(wanted)) return judgeForeign(wanted, held);
  const changes = lacking(wanted, held);
  return changes.length === 0
    ? { part: { type, name, action: 'unchanged', changes }, conflicts: [], deploy: null }
    : { part: { type, name, action: 'change', changes }, conflicts: [], deploy: merged(wanted, held) };
}

/** A list view or layout has no mark of its own: on an object of ours it is ours by its name. */
function belongsToOurs({ type, fullName }: Component): boolean {
  const owner = ownerOf(fullName) || (fullName.split('-')[0] ?? '');
  const unmarked = ['ListView', 'CompactLayout', 'Layout'].includes(type);
  return unmarked && owner.endsWith('__c') && placeOf(type) !== undefined;
}

/** A field that the customer had and mapped is used as it is, where it can hold what we write. */
function judgeForeign(wanted: Component, held: Component): Judged {
  const { type, fullName: name } = wanted;
  if (type !== 'CustomField') {
    const sentence = `${type} ${name} exists and was not installed by Truenorth: rename it in Setup, so that ours can be made.`;
    return { part: null, conflicts: [sentence], deploy: null };
  }
  const conflicts = hasOurName(name) ? [takenName(name)] : misfitsOf(wanted, held);
  const part: PartDifference = { type, name, action: 'unchanged', changes: [] };
  return { part: conflicts.length > 0 ? null : part, conflicts, deploy: null };
}
