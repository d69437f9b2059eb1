import type { Cap } from '../../../domain/engagement/policy.js';
import type { WrittenPlaybook } from '../../normalised/playbook.js';
import type { ValuePath } from '../../problems.js';
import type { Reader } from '../reader.js';
import { daysTouched, isExclusive } from './channels.js';
import { type Layout, type PlacedStep, tracksOf } from './tracks.js';

/** What the steps of a playbook are checked against, taken together. */
export interface OrderScope {
  readonly reader: Reader;
  readonly layout: Layout;
  readonly personCap: Cap;
}

type Report = (path: ValuePath, message: string) => void;

/** The same step stands on several tracks: what is wrong with it is said once. */
function onceEach(reader: Reader): Report {
  const said = new Set<string>();
  return (path, message) => {
    const place = path.join('.');
    if (!said.has(place)) reader.wrong(path, message);
    said.add(place);
  };
}

function checkRising(track: readonly PlacedStep[], report: Report): void {
  track.forEach(({ written, path }, index) => {
    const before = track[index - 1]?.written;
    if (before !== undefined && written.day < before.day)
      report([...path, 'day'], `day ${written.day} comes before the step above it (day ${before.day})`);
  });
}

function checkAlone(track: readonly PlacedStep[], report: Report): void {
  const sequences = track.filter(({ written }) => isExclusive(written));
  sequences.forEach(({ written, path }, index) => {
    const before = sequences[index - 1]?.written;
    if (before === undefined) return;
    const over = before.touches === undefined ? null : before.day + before.touches.days;
    if (over !== null && over <= written.day) return;
    const until = over === null ? 'may still run' : `runs until day ${over - 1}`;
    report(
      [...path, 'channel'],
      `a sequence holds a person alone, and "${before.id}" ${until} on day ${written.day}; say how long it lasts with touches: { count, days }, or write a list`,
    );
  });
}

/** A step may add what takes it over the cap: it would always be put off, and then skipped. */
function checkCap(track: readonly PlacedStep[], cap: Cap, report: Report): void {
  const days: number[] = [];
  for (const { written, path } of track) {
    days.push(...daysTouched(written));
    const most = Math.max(
      0,
      ...days.map((last) => days.filter((day) => day > last - cap.days && day <= last).length),
    );
    if (most <= cap.touches) continue;
    report(
      path,
      `with "${written.id}" a person gets ${most} messages in ${cap.days} days, and config/engagement.yaml allows ${cap.touches}; move the step, or raise caps.person there`,
    );
    return;
  }
}

function checkIds({ steps }: Layout, reader: Reader): void {
  const seen = new Set<string>();
  for (const { written, path } of steps) {
    if (seen.has(written.id)) reader.wrong([...path, 'id'], `the step "${written.id}" exists twice`);
    seen.add(written.id);
  }
}

function checkBranches({ steps, branches }: Layout, reader: Reader): void {
  for (const { path } of branches.slice(1))
    reader.wrong(path, 'a playbook branches once; make a playbook of the second branch');
  const [branch] = branches;
  if (branch === undefined) return;
  const { day } = branch.written;
  for (const { written, path, side } of steps)
    if (side !== null && written.day < day)
      reader.wrong(
        [...path, 'day'],
        `day ${written.day} lies before day ${day}, on which the branch is decided`,
      );
  if (steps.every(({ side }) => side === null))
    reader.wrong(branch.path, 'the branch has no steps on either side');
}

/** Checks the steps together: their order, and what they ask of one person. */
export function checkOrder(value: WrittenPlaybook, scope: OrderScope): void {
  const { reader, layout, personCap } = scope;
  const report = onceEach(reader);
  checkIds(layout, reader);
  checkBranches(layout, reader);
  for (const track of tracksOf(layout, value.trigger.countdown?.marks ?? [])) {
    checkRising(track, report);
    checkAlone(track, report);
    checkCap(track, personCap, report);
  }
}
