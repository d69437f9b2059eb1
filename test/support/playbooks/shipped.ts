import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const FOLDER = join('config', 'playbooks');

export interface ShippedStep {
  readonly playbook: string;
  readonly step: string;
  /** Name of the list, or the subject of the task. */
  readonly target: string;
  /** Days until the task is due; null for a message. */
  readonly dueIn: number | null;
}

/** A shipped playbook as written: what the tests compare with, without the code that reads it. */
export interface Shipped {
  readonly id: string;
  readonly label: string;
  readonly reenter: 'never' | 'always' | { readonly afterDays: number };
  /** Share of accounts kept out; the default is one in ten. */
  readonly holdout: number;
  readonly steps: readonly ShippedStep[];
}

interface WrittenStep {
  readonly id: string;
  readonly target?: string;
  readonly task?: { readonly subject: string; readonly dueIn: number };
  readonly branch?: { readonly then?: readonly WrittenStep[]; readonly else?: readonly WrittenStep[] };
}

export const SHIPPED: readonly Shipped[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => shippedIn(name.replace(/\.yaml$/, ''), parse(readFileSync(join(FOLDER, name), 'utf8'))));

interface Written {
  readonly label: string;
  readonly trigger: { readonly reenter?: Shipped['reenter'] };
  readonly holdout?: string;
  readonly steps: readonly WrittenStep[];
}

function shippedIn(id: string, { label, trigger, holdout = '10 %', steps }: Written): Shipped {
  const flat = steps.flatMap((step) => [step, ...(step.branch?.then ?? []), ...(step.branch?.else ?? [])]);
  return {
    id,
    label,
    reenter: trigger.reenter ?? 'always',
    holdout: Number.parseFloat(holdout) / 100,
    steps: flat
      .filter(({ branch }) => branch === undefined)
      .map((step) => ({
        playbook: id,
        step: step.id,
        target: step.target ?? step.task?.subject ?? '',
        dueIn: step.task?.dueIn ?? null,
      })),
  };
}

export function shipped(id: string): Shipped {
  const found = SHIPPED.find((playbook) => playbook.id === id);
  if (found === undefined) throw new Error(`no playbook ${id} is shipped`);
  return found;
}

/** The step that a list or a task of this name belongs to. */
export function stepNamed(target: string): ShippedStep | undefined {
  return SHIPPED.flatMap(({ steps }) => steps).find((step) => step.target === target);
}
