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
  const { looked, asOf } = review;
  say(colors.bold(`${count(looked.accounts)} customers, as of ${asOf}`));
  say(colors.dim('Most urgent first in each tier: renewal, escalations, depth; never revenue.'));
  sayList(terminal, {
    title: 'Green outside, red inside',
    meaning:
      'The use side looks healthy, a hidden side is in risk. The score is that of everything, and a guard may hold it down: it may well say risk.',
    tiers: review.watermelons,
    lines: ({ surface, hidden, complaint, ...one }) => [
      urgent(one),
      ...(complaint ? [] : ['It is the review that is old or missing; nobody has complained.']),
      `${surface.label} ${surface.score} over ${hidden.map(sideInWords).join('; ')}`,
      ...hidden.flatMap(({ evidence }) => evidence.map((line) => `· ${line}`)),
    ],
    next: next(
      'ask the sponsor about what stands beneath the name; where a review is old, hold it',
      review.playbooks.watermelons,
    ),
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
    next: next('ask who was to use it, and what for, before the renewal asks', review.playbooks.idle),
  });
  sayList(terminal, {
    title: 'Hanging on one person',
    tiers: review.singleThreaded,
    lines: ({ thread, ...one }) => [urgent(one), `· ${thread.evidence}`],
    next: next('ask this person who else works with it, and who signs', review.playbooks.singleThreaded),
  });
  sayList(terminal, {
    title: 'Who may speak for us',
    tiers: review.advocates,
    lines: ({ evidence, ...one }) => [named(one), ...evidence.map((line) => `· ${line}`)],
    next: next('ask for one thing that suits them: a quote, a call, a review', review.playbooks.advocates),
  });
}

function sideInWords({ label, score }: HiddenSide): string {
  return score === null ? label : `${label} ${score}`;
}

type Shown = Pick<Watermelon, 'account' | 'name' | 'score' | 'band'>;

function urgent({ urgency, ...one }: Shown & Pick<Watermelon, 'urgency'>): string {
  return `${named(one)}, ${urgency.because} (urgency ${urgency.points} of 100)`;
}

interface Listed<T> {
  readonly title: string;
  readonly tiers: readonly RankedTier<T>[];
  /** What stands under the title. */
  readonly meaning?: string;
  readonly lines: (entry: T) => readonly string[];
  /** What to do with it. */
  readonly next: string;
}

function next(asking: string, playbooks: readonly string[]): string {
  const fitting =
    playbooks.length === 0
      ? ''
      : ` Playbooks that fit: ${playbooks.join(', ')} (\`truenorth playbooks try ID\` says who would be enrolled).`;
  return `Next: \`truenorth explain ID\` says where every point went; ${asking}.${fitting}`;
}

function named({ account, name, score, band }: Shown): string {
  return `${name} (${account}; ${score === null ? band : `score ${score}, ${band}`})`;
}

function sayList<T>(
  { say, colors }: Terminal,
  { title, meaning, tiers, lines, next: step }: Listed<T>,
): void {
  say();
  say(colors.bold(title));
  if (meaning !== undefined) say(colors.dim(`  ${meaning}`));
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
  if (tiers.length > 0) say(colors.dim(`  ${step}`));
}
