import { parseDay, spokenDay } from '../../domain/day.js';
import { type Basis, basisOfBook } from '../../insight/basis.js';
import { type CommonFlags, type Folder, type Streams, withKeptState } from './invocation.js';
import { lookAt } from './look.js';
import { count } from './numbers.js';
import type { Terminal } from './terminal.js';

/** Older than so many days, the last look is warned of. */
const STALE_DAYS = 7;

/** Runs a command that tells of the stored book, and says which run that rests on: warnings first, the run last. */
export function withBasis(
  flags: CommonFlags,
  streams: Streams,
  command: (folder: Folder, screen: Terminal) => Promise<number>,
): Promise<number> {
  return withKeptState(flags, streams, async (folder, screen) => {
    const basis = await folder.withState((state) => {
      const { connected, ...tools } = lookAt(folder, state);
      return basisOfBook(tools, connected);
    });
    const { say, colors } = screen;
    for (const warning of basisWarnings(basis)) say(colors.yellow(warning));
    const exit = await command(folder, {
      ...screen,
      json: (value) => screen.json({ ...(value as object), basedOn: basis }),
    });
    say(colors.dim(`Based on run ${basis.run} of ${spoken(basis.day)}.`));
    return exit;
  });
}

/** What is to be known before the numbers are read, one sentence each. */
export function basisWarnings({ run, day, daysAgo, unfinished, configChanged }: Basis): readonly string[] {
  return [
    ...(daysAgo > STALE_DAYS
      ? [
          `The book was last read ${count(daysAgo)} days ago: everything here is told as of ${spoken(day)}. \`truenorth plan\` reads it again.`,
        ]
      : []),
    ...(unfinished === null
      ? []
      : [
          `Run ${unfinished.run} of ${spoken(unfinished.day)} has not come through the book (${unfinished.status}): this rests on run ${run}, and some rows may be newer than its scores.`,
        ]),
    ...(configChanged
      ? [`config/ was changed since run ${run}: tiers and scores are those of that run until the next.`]
      : []),
  ];
}

function spoken(day: string): string {
  const parsed = parseDay(day);
  return parsed === null ? day : spokenDay(parsed);
}
