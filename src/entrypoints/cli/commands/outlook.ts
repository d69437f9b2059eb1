import { type Day, formatDay } from '../../../domain/day.js';
import { type OutlookSheet, readOutlook } from '../../../insight/outlook.js';
import { lookAtState } from '../../../sync/account-today.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import type { Terminal } from '../terminal.js';
import { saySheet } from './say-outlook.js';

const DEFINITION =
  'Due = recurring revenue of the accounts whose renewal falls in the quarter, of the running quarter from today on, by tier and band of today. Expected loss = what is due times the share of past renewals that were lost in the band shown last before their close; its interval (95 %) is that of this past share: single renewals scatter more, and a band shown long before a close says less than one shown just before it. Net retention = what is not lost, and what customers with a renewal added in the last 12 months, of what is due; its interval takes what was added as fixed.';

/** `outlook`: what is due in this quarter and the three ahead, and what of it is likely to be lost. */
export async function outlookCommand(folder: Folder, terminal: Terminal, names: number): Promise<number> {
  const { sheet, day, currency } = await folder.withState(async (state) => {
    const { connected, ...tools } = lookAt(folder, state);
    const { run } = await lookAtState(tools, connected);
    return { sheet: await readOutlook(run, names), day: run.today, currency: run.org.currency };
  });
  terminal.json(asJson(sheet, { day, currency }));
  if (!terminal.asJson) saySheet(terminal, sheet, { day, currency, definition: DEFINITION });
  return EXIT.done;
}

/** What `outlook --json` ends in: a contract, fields are added, never changed. */
function asJson(sheet: OutlookSheet, { day, currency }: { readonly day: Day; readonly currency: string }) {
  const { bands, onlyLossesRecorded, growth, growthPeriod, quarters, periods, passed, accounts, lacks } =
    sheet;
  return {
    day: formatDay(day),
    currency,
    definition: DEFINITION,
    bands,
    onlyLossesRecorded,
    growth: { ...growth, asOf: formatDay(growthPeriod.asOf) },
    quarters: quarters.map((quarter, at) => {
      const { start, end } = periods[at] ?? growthPeriod;
      const [from, to] = [formatDay(start), formatDay(end)];
      return { ...quarter, from, to, countedFrom: formatDay(Math.max(start, day)) };
    }),
    passed,
    accounts: accounts.map((one) => ({ ...one, renewalOn: formatDay(one.renewalOn) })),
    lacks,
  };
}
