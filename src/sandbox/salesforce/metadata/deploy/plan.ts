import { startSchema } from '../../schema/schema.js';
import type { Org } from '../../store/org.js';
import { KINDS, rankOf } from '../kinds/index.js';
import { error, isError, type Problem } from '../types/problem.js';
import { childOf, fingerprint } from '../xml/element.js';
import type { ManifestType } from './archive.js';
import type { Component, Draft } from './component.js';
import { type ComponentStore, keyOf } from './component-store.js';
import type { Misfit } from './components.js';

export interface PlannedComponent {
  readonly component: Component;
  readonly action: 'created' | 'changed' | 'unchanged';
  readonly warnings: readonly Problem[];
}

export interface PlannedDeletion {
  readonly type: string;
  readonly fullName: string;
  /** False when the org has no such component: a warning, nothing to do. */
  readonly exists: boolean;
}

/** What a deploy would do: decided without touching the org. */
export interface Plan {
  readonly deletions: readonly PlannedDeletion[];
  readonly accepted: readonly PlannedComponent[];
  readonly refused: readonly Misfit[];
}

export interface Wish {
  readonly components: readonly Component[];
  readonly misfits: readonly Misfit[];
  readonly deletions: readonly ManifestType[];
}

export function planDeploy(wish: Wish, org: Org, store: ComponentStore): Plan {
  const deletions = planDeletions(wish.deletions, org, store);
  const draft = startDraft(org, store, deletions);
  const { once, twice } = withoutRepeats(wish.components);
  const { accepted, refused } = admitAll([...once].sort(byReference), draft, store);
  const late = accepted.flatMap(({ component }) =>
    refusals(component, KINDS.get(component.type)?.checkWhole?.(component, draft) ?? []),
  );
  return {
    deletions,
    accepted: accepted.filter(({ component }) => !late.some((one) => isSame(one, component))),
    refused: [...wish.misfits, ...twice, ...refused, ...late],
  };
}

interface OpenDraft extends Draft {
  readonly put: (component: Component) => void;
}

function startDraft(org: Org, store: ComponentStore, deletions: readonly PlannedDeletion[]): OpenDraft {
  const schema = startSchema(org.schema.objects().map((one) => one.definition()));
  const added = new Map<string, Component>();
  const gone = new Set(deletions.map((one) => keyOf(one.type, one.fullName)));
  for (const { type, fullName, exists } of deletions) {
    if (exists) KINDS.get(type)?.undefine?.(fullName, schema);
  }
  return {
    org,
    schema,
    stored: (type, fullName) => {
      const key = keyOf(type, fullName);
      return added.get(key) ?? (gone.has(key) ? undefined : store.find(type, fullName));
    },
    put: (component) => {
      added.set(keyOf(component.type, component.fullName), component);
    },
  };
}

function planDeletions(
  blocks: readonly ManifestType[],
  org: Org,
  store: ComponentStore,
): readonly PlannedDeletion[] {
  return blocks.flatMap(({ type: block, members, element }) =>
    members.map((fullName) => {
      // A folder is named under the type of what lies in it.
      const folder = `${block}Folder`;
      const type = store.find(folder, fullName) === undefined ? block : folder;
      const component = { type, fullName, fileName: '', element };
      const inSchema = fullName.endsWith('__c') && KINDS.get(type)?.exists?.(component, org.schema) === true;
      return { type, fullName, exists: inSchema || store.find(type, fullName) !== undefined };
    }),
  );
}

/** Objects before fields before what shows them; plain fields before formulas. */
function byReference(a: Component, b: Component): number {
  const isFormula = (one: Component): number => (childOf(one.element, 'formula') ? 1 : 0);
  return rankOf(a.type) - rankOf(b.type) || isFormula(a) - isFormula(b);
}

interface Admission {
  readonly accepted: readonly PlannedComponent[];
  readonly refused: readonly Misfit[];
}

/** What is refused is tried again as long as others get in: a formula may use a formula that comes later. */
function admitAll(components: readonly Component[], draft: OpenDraft, store: ComponentStore): Admission {
  const accepted: PlannedComponent[] = [];
  let waiting = components;
  let refused: readonly Misfit[] = [];
  for (let before = -1; before !== accepted.length && waiting.length > 0; ) {
    before = accepted.length;
    const again: Component[] = [];
    refused = waiting.flatMap((component) => {
      const problems = admit(component, draft, { store, accepted });
      if (problems.length > 0) again.push(component);
      return refusals(component, problems);
    });
    waiting = again;
  }
  return { accepted, refused };
}

function admit(
  component: Component,
  draft: OpenDraft,
  { store, accepted }: { store: ComponentStore; accepted: PlannedComponent[] },
): readonly Problem[] {
  const kind = KINDS.get(component.type);
  if (!kind) return [error(`Unknown type name '${component.type}'`, component.element)];
  const problems = kind.check(component, draft);
  const errors = problems.filter(isError);
  if (errors.length > 0) return errors;
  const action = actionFor(component, store, draft);
  kind.define?.(component, draft.schema);
  draft.put(component);
  accepted.push({ component, action, warnings: problems });
  return [];
}

function actionFor(
  component: Component,
  store: ComponentStore,
  { schema, org }: Draft,
): PlannedComponent['action'] {
  const kind = KINDS.get(component.type);
  const known = store.find(component.type, component.fullName);
  const isThere = kind?.exists?.(component, schema) ?? known !== undefined;
  if (!isThere) return 'created';
  const same = known
    ? fingerprint(kind?.asHeld?.(known, org) ?? known.element) === fingerprint(component.element) &&
      sameFiles(known, component)
    : kind?.matches?.(component, schema) === true;
  return same ? 'unchanged' : 'changed';
}

function sameFiles(a: Component, b: Component): boolean {
  const text = ({ files }: Component): string => JSON.stringify([...(files ?? [])].sort());
  return text(a) === text(b);
}

function refusals(component: Component, problems: readonly Problem[]): readonly Misfit[] {
  const { type, fullName, fileName } = component;
  return problems.map((problem) => ({ type, fullName, fileName, problem }));
}

function isSame(a: { type: string; fullName: string }, b: Component): boolean {
  return a.type === b.type && a.fullName === b.fullName;
}

function withoutRepeats(components: readonly Component[]): {
  readonly once: readonly Component[];
  readonly twice: readonly Misfit[];
} {
  const seen = new Set<string>();
  const once: Component[] = [];
  const twice: Misfit[] = [];
  for (const component of components) {
    const key = keyOf(component.type, component.fullName);
    const text = `There is already a component named ${component.fullName} in this package: duplicate developer name`;
    if (seen.has(key)) twice.push(...refusals(component, [error(text, component.element)]));
    else once.push(component);
    seen.add(key);
  }
  return { once, twice };
}
