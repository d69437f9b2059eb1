import { CODES, REFUSAL_CODES, type RefusalCode } from '../../../domain/engagement/codes.js';
import type { Playbook } from '../../../domain/engagement/playbook.js';
import type { ReadPlaybook } from '../../file-set.js';
import { contentHash } from '../content-hash.js';
import type { Findings } from '../findings.js';
import type { Gap } from '../gaps.js';
import { checkAudience } from './audience.js';
import { conditionAt, type Desk, deskFor, keep, type PlaybookScope } from './desk.js';
import { checkEnds } from './ends.js';
import { checkOrder } from './order.js';
import { sourceOf } from './source.js';
import { stepOf } from './steps.js';
import { checkTrigger } from './trigger.js';

export interface CheckedPlaybook {
  readonly playbook: Playbook;
  /** Why it never starts, or null. */
  readonly idle: Gap | null;
  /** Parts without effect. */
  readonly gaps: readonly Gap[];
}

const IGNORABLE = REFUSAL_CODES.filter((code) => CODES[code].ignorable);

function ignoredCodes({ value, reader }: Desk): readonly RefusalCode[] {
  return value.ignore.flatMap((code, index) => {
    const path = ['ignore', index];
    if (!reader.name('refusal code', code, REFUSAL_CODES, path)) return [];
    const ignorable = IGNORABLE.filter((known) => known === code);
    if (ignorable.length === 0)
      reader.wrong(
        path,
        `"${code}" protects the person or the key and can’t be ignored; possible: ${IGNORABLE.join(', ')}`,
      );
    return ignorable;
  });
}

function branchOf(desk: Desk): Playbook['branch'] {
  const [branch] = desk.layout.branches;
  if (branch === undefined) return null;
  const { day, when } = branch.written;
  return { day, when: conditionAt(desk, when, [...branch.path, 'when']) };
}

/** In order of day; those of one day as written. */
function stepsOf(desk: Desk): Playbook['steps'] {
  const scope = {
    reader: desk.reader,
    pools: desk.scope.pools,
    marks: desk.value.trigger.countdown?.marks ?? [],
    condition: (text: string, path: readonly (string | number)[]) => conditionAt(desk, text, path),
  };
  return desk.layout.steps.map((step) => stepOf(step, scope)).sort((a, b) => a.day - b.day);
}

function idleGap({ id, reader }: Desk, facts: readonly string[]): Gap | null {
  if (facts.length === 0) return null;
  const note = (message: string): void => reader.note(['trigger', 'when'], message);
  return { what: id, facts, alone: 'this playbook never starts', note };
}

function partGaps({ id, conditions, reader }: Desk): readonly Gap[] {
  return conditions
    .filter(({ missing }) => missing.length > 0)
    .map(({ missing, path }) => ({
      what: `${id} ${path.join('.')}`,
      facts: missing,
      alone: 'this never holds',
      note: (message) => reader.note(path, message),
    }));
}

/** Whether anything that decides reads the score, the band, or what follows from them. */
function readsHealth({ conditions }: Desk, { countdown, edge }: Playbook['trigger']): boolean {
  const read = [...conditions.map(({ condition }) => condition.facts), countdown?.of.facts, edge?.facts];
  return read.some((facts) => facts?.some((fact) => fact.startsWith('health.')));
}

/** Checks one playbook file by itself. */
export function checkPlaybook(
  named: ReadPlaybook,
  scope: PlaybookScope,
  findings: Findings,
): CheckedPlaybook {
  const desk = deskFor(named, scope, findings);
  const { id, value, reader, layout } = desk;
  const { trigger, when, missing } = checkTrigger(value.trigger, reader);
  keep(desk, when, { path: ['trigger', 'when'], missing: [] });
  checkOrder(value, { reader, layout, personCap: scope.personCap });
  const checked = checkAudience(desk, when.claims);
  const branch = branchOf(desk);
  const steps = stepsOf(desk);
  const ends = checkEnds(desk, [when.claims, checked.claims]);
  const idle = idleGap(desk, [...missing, ...checked.missing]);
  const { label, priority, holdout } = value;
  const rest = value.rest ?? null;
  const source = sourceOf(value);
  const playbook: Playbook = {
    ...{ id, label, version: contentHash({ id, source }), source, priority, trigger },
    audience: checked.audience,
    ...{ branch, steps, ...ends, rest, holdout },
    ignore: ignoredCodes(desk),
    readsHealth: readsHealth(desk, trigger),
  };
  return { playbook, idle, gaps: idle === null ? partGaps(desk) : [] };
}
