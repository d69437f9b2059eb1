import { type Day, spokenDay } from '../../domain/day.js';
import type { RefusalCount } from '../../ports/ledger-store.js';
import type { MessageSection, OutgoingMessage } from '../../ports/messenger.js';
import type { RunRecord } from '../../ports/state-store.js';
import type { Report } from '../../sync/report.js';
import { accountLines } from './account-lines.js';
import type { AccountAtRisk } from './at-risk.js';
import type { BandMove } from './band-moves.js';

/** What a day brought, as far as the state tells. */
export interface DayInNumbers {
  readonly day: Day;
  /** Runs that write, begun on the day. */
  readonly runs: readonly RunRecord[];
  readonly moves: readonly BandMove[];
  readonly atRisk: readonly AccountAtRisk[];
  /** Keys that were sent, by `channel|sender`. */
  readonly sent: ReadonlyMap<string, number>;
  readonly refusals: readonly RefusalCount[];
  /** Refused records that wait now. */
  readonly deadLetters: number;
  /** What alerts left to the digest. */
  readonly waiting: readonly string[];
}

interface Frame {
  readonly org: string;
  readonly publicUrl: string | null;
  readonly names: number;
}

/** The day as a message; a section that has nothing to say is left out. */
export function digestMessage(numbers: DayInNumbers, { org, publicUrl, names }: Frame): OutgoingMessage {
  const sections: readonly MessageSection[] = [
    { title: 'Runs', lines: runLines(numbers.runs) },
    { title: 'Newly at risk', lines: accountLines(numbers.atRisk, names) },
    { title: 'Moves between bands', lines: moveLines(numbers.moves) },
    { title: 'Enrolled', lines: sentLines(numbers.sent) },
    { title: 'Not enrolled', lines: refusalLines(numbers.refusals) },
    { title: 'To look at', lines: [...numbers.waiting, ...letterLines(numbers.deadLetters)] },
  ];
  return {
    subject: `[Truenorth ${org}] ${spokenDay(numbers.day)}: ${headline(numbers)}`,
    sections: sections.filter(({ lines }) => lines.length > 0),
    link: publicUrl,
    urgency: 'digest',
  };
}

function headline({ atRisk, runs }: DayInNumbers): string {
  const risk = atRisk.length === 0 ? 'nobody newly at risk' : `${atRisk.length} newly at risk`;
  const failed = runs.filter(({ status }) => status === 'failed' || status === 'abandoned').length;
  return failed === 0 ? risk : `${risk}, ${counted(failed, 'run')} failed`;
}

function runLines(runs: readonly RunRecord[]): readonly string[] {
  if (runs.length === 0) return ['No run began on this day.'];
  const byStatus = countBy(runs.map(({ status }) => status));
  const reports = runs.map(({ report }) => (report ?? {}) as Partial<Report>);
  const sum = (of: (report: Partial<Report>) => number | undefined): number =>
    reports.reduce((total, report) => total + (of(report) ?? 0), 0);
  const calls = reports.reduce(
    (total, { calls: own }) =>
      total + Object.values(own?.salesforce ?? {}).reduce((all, one) => all + one, 0),
    0,
  );
  return [
    `${counted(runs.length, 'run')}: ${inOrder(byStatus)
      .map(([status, count]) => `${count} ${status}`)
      .join(', ')}.`,
    `${counted(
      sum(({ changes }) => changes?.records),
      'account record',
    )} written, ${counted(
      sum(({ changes }) => changes?.tasks),
      'task',
    )} opened.`,
    `${counted(calls, 'Salesforce request')} spent.`,
  ];
}

function moveLines(moves: readonly BandMove[]): readonly string[] {
  return inOrder(countBy(moves.map(({ from, to }) => `${from} → ${to}`))).map(
    ([move, count]) => `${move}: ${counted(count, 'account')}`,
  );
}

function sentLines(sent: ReadonlyMap<string, number>): readonly string[] {
  const byChannel = new Map<string, number>();
  for (const [place, count] of sent) {
    const channel = place.split('|')[0] ?? place;
    byChannel.set(channel, (byChannel.get(channel) ?? 0) + count);
  }
  return inOrder(byChannel).map(([channel, count]) => `${channel}: ${count}`);
}

function refusalLines(refusals: readonly RefusalCount[]): readonly string[] {
  const byCode = new Map<string, number>();
  for (const { code, status, count } of refusals) {
    const name = `${code} (${status === 'deferred' ? 'put off' : 'refused'})`;
    byCode.set(name, (byCode.get(name) ?? 0) + count);
  }
  return inOrder(byCode).map(([code, count]) => `${code}: ${count}`);
}

function letterLines(count: number): readonly string[] {
  return count === 0 ? [] : [`${counted(count, 'refused record')} waiting for somebody.`];
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Most first, then by name. */
function inOrder(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
