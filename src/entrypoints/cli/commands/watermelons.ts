import type { HiddenSide } from '../../../domain/insight/review/contradiction.js';
import type { RankedTier } from '../../../domain/insight/review/ranked.js';
import { type Watermelon, type WatermelonReview, watermelonReview } from '../../../insight/watermelons.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count, counted } from '../numbers.js';
import type { Terminal } from '../terminal.js';

/** `watermelons`: accounts whose surface and depth disagree, and what else a review looks at. */
export async function watermelonsCommand(folder: Folder, terminal: Terminal, limit: number): Promise<number> {
  const review = await folder.withState((state) => {
    const { connected, ...tools } = lookAt(folder, state);
    return watermelonReview(tools, connected, limit);
  });
  terminal.json(review);
  if (!terminal.asJson) sayReview(terminal, review);
  return EXIT.done;
}

function sayReview(terminal: Terminal, review: WatermelonReview): void {
  const { say, colors } = terminal;
  const { looked, asOf, basedOn } = review;
  say(colors.bold(`${count(looked.accounts)} customers, as of ${asOf}`));
  say(
    colors.dim(
      `From the book as run ${basedOn.run} left it. Most urgent first in each tier: renewal, escalations, depth; never revenue.`,
    ),
  );
  sayList(terminal, {
    title: 'Green outside, red inside',
    tiers: review.watermelons,
    lines: ({ surface, hidden, ...one }) => [
      urgent(one),
      `${surface.label} ${surface.score} over ${hidden.map(sideInWords).join('; ')}`,
      ...hidden.flatMap(({ evidence }) => evidence.map((line) => `· ${line}`)),
    ],
  });
  if (looked.unknown > 0)
    say(
      colors.dim(
        `  Of ${count(looked.unknown)} more too little is known to say whether surface and depth agree.`,
      ),
    );
  sayList(terminal, {
    title: 'Paid for and not used',
    tiers: review.idle,
    lines: ({ gaps, ...one }) => [
      urgent(one),
      ...gaps.map(({ evidence, unusedPercent }) => `· ${evidence}: ${unusedPercent} % unused`),
    ],
  });
  sayList(terminal, {
    title: 'Hanging on one person',
    tiers: review.singleThreaded,
    lines: ({ thread, ...one }) => [urgent(one), `· ${thread.evidence}`],
  });
  sayList(terminal, {
    title: 'Who may speak for us',
    tiers: review.advocates,
    lines: ({ name, score, evidence }) => [named(name, score), ...evidence.map((line) => `· ${line}`)],
  });
}

function sideInWords({ label, score }: HiddenSide): string {
  return score === null ? label : `${label} ${score}`;
}

function urgent({ name, score, urgency }: Pick<Watermelon, 'name' | 'score' | 'urgency'>): string {
  return `${named(name, score)}, ${urgency.because} (urgency ${urgency.points} of 100)`;
}

interface Listed<T> {
  readonly title: string;
  readonly tiers: readonly RankedTier<T>[];
  readonly lines: (entry: T) => readonly string[];
}

function named(name: string, score: number | null): string {
  return `${name}${score === null ? '' : ` (score ${score})`}`;
}

function sayList<T>({ say, colors }: Terminal, { title, tiers, lines }: Listed<T>): void {
  say();
  say(colors.bold(title));
  if (tiers.length === 0) say('  Nobody.');
  for (const { tier, found, shown } of tiers) {
    const more = found > shown.length ? `, the first ${count(shown.length)} here (--limit shows more)` : '';
    say(`  ${tier}: ${counted(found, 'account', 'accounts')}${more}`);
    for (const entry of shown) {
      const [first = '', ...rest] = lines(entry);
      say(`    ${first}`);
      for (const line of rest) say(`      ${line}`);
    }
  }
}
