import { formatDay } from '../../../domain/day.js';
import type { Cohort, MomentTime } from '../../../domain/program/moment-times.js';
import { measureMoments } from '../../../sync/moment-times.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count, counted, percent } from '../numbers.js';
import type { Terminal } from '../terminal.js';

/** `moments`: how long customers take from moment to moment, by the quarter in which they began. */
export async function momentsCommand(folder: Folder, terminal: Terminal): Promise<number> {
  const sheet = await folder.withState((state) =>
    measureMoments(state, lookAt(folder, state).settings.moments.moments),
  );
  const cohorts = sheet.cohorts.map((cohort) => ({ ...cohort, from: formatDay(cohort.from) }));
  terminal.json({ cohorts, unwatched: sheet.unwatched });
  if (terminal.asJson) return EXIT.done;
  for (const cohort of sheet.cohorts) sayCohort(terminal, cohort);
  if (sheet.cohorts.length === 0)
    terminal.say('No customer has begun since Truenorth began to look; ask again when some have.');
  if (sheet.unwatched > 0)
    terminal.say(
      terminal.colors.dim(
        `${counted(sheet.unwatched, 'customer', 'customers')} began before that and can’t be measured.`,
      ),
    );
  return EXIT.done;
}

function sayCohort({ say, colors }: Terminal, { from, customers, moments }: Cohort): void {
  say(colors.bold(`Customers who began in the quarter from ${formatDay(from)}: ${count(customers)}`));
  for (const moment of moments) say(`  ${moment.label.padEnd(32)} ${timeInWords(moment)}`);
}

function timeInWords({ reached, onTime, days, sinceBefore }: MomentTime): string {
  if (reached === 0) return 'reached by nobody yet';
  const gap = sinceBefore === null ? '' : `, ${sinceBefore} days after the one before`;
  return `reached by ${count(reached)}, ${percent(onTime / reached)} of them in time; median day ${days}${gap}`;
}
