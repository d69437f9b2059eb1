import type { Org } from '../../store/org.js';
import { KINDS } from '../kinds/index.js';
import type { StoredComponent } from './component.js';
import type { ComponentStore } from './component-store.js';
import type { Plan, PlannedComponent } from './plan.js';

/** Carries a plan out: what it deletes goes, what it accepted is there. Refused parts are not looked at. */
export function commit(plan: Plan, org: Org, store: ComponentStore): void {
  for (const { type, fullName, exists } of plan.deletions) {
    if (exists) removeComponent(type, fullName, { org, store });
  }
  for (const planned of plan.accepted) put(planned, org, store);
}

export function removeComponent(
  type: string,
  fullName: string,
  { org, store }: { readonly org: Org; readonly store: ComponentStore },
): void {
  const kind = KINDS.get(type);
  kind?.uninstall?.(fullName, org);
  kind?.undefine?.(fullName, org.schema);
  store.remove(type, fullName);
  if (type !== 'CustomObject') return;
  for (const part of [...KINDS.keys()].flatMap((partType) => store.ofType(partType))) {
    if (part.fullName.startsWith(`${fullName}.`)) store.remove(part.type, part.fullName);
  }
}

function put({ component, action }: PlannedComponent, org: Org, store: ComponentStore): StoredComponent {
  const known = store.find(component.type, component.fullName);
  if (action === 'unchanged' && known) return known;
  const kind = KINDS.get(component.type);
  if (action !== 'unchanged') kind?.define?.(component, org.schema);
  const stored = store.put(component);
  if (action !== 'unchanged') kind?.install?.(component, org, stored.id);
  return stored;
}
