import type { WrittenPlaybook } from '../../normalised/playbook.js';
import type { WrittenBranch, WrittenStep } from '../../normalised/step.js';
import type { ValuePath } from '../../problems.js';

/** A step with its place in the file and on the branch. */
export interface PlacedStep {
  readonly written: WrittenStep;
  readonly path: ValuePath;
  readonly side: 'then' | 'else' | null;
}

export interface PlacedBranch {
  readonly written: WrittenBranch;
  readonly path: ValuePath;
}

export interface Layout {
  /** As written, top to bottom. */
  readonly steps: readonly PlacedStep[];
  readonly branches: readonly PlacedBranch[];
}

function sideOf(branch: PlacedBranch, side: 'then' | 'else'): readonly PlacedStep[] {
  return branch.written[side].map((written, index) => ({
    written,
    path: [...branch.path, side, index],
    side,
  }));
}

/** The steps of a playbook in one list, those of a branch among them. */
export function layOut({ steps: items }: WrittenPlaybook): Layout {
  const branches: PlacedBranch[] = [];
  const steps = items.flatMap((item, index) => {
    if (!('branch' in item)) return [{ written: item, path: ['steps', index], side: null }];
    const branch = { written: item.branch, path: ['steps', index, 'branch'] };
    branches.push(branch);
    return [...sideOf(branch, 'then'), ...sideOf(branch, 'else')];
  });
  return { steps, branches };
}

/** The steps that one episode may go through together: one list for each mark and side. */
export function tracksOf(
  { steps, branches }: Layout,
  marks: readonly number[],
): readonly (readonly PlacedStep[])[] {
  const sides: readonly PlacedStep['side'][] = branches.length > 0 ? ['then', 'else'] : [null];
  const episodes = marks.length > 0 ? marks : [undefined];
  return episodes.flatMap((mark) =>
    sides.map((side) =>
      steps.filter(
        (step) =>
          (step.side === null || step.side === side) &&
          (step.written.mark === undefined || step.written.mark === mark),
      ),
    ),
  );
}
