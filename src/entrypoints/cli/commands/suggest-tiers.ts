import { formatDay } from '../../../domain/day.js';
import type { TierLine } from '../../../domain/tier/lines.js';
import { suggestTiers, type TierSuggestion } from '../../../insight/suggest-tiers.js';
import { lookAtState } from '../../../sync/account-today.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import type { Terminal } from '../terminal.js';
import { saySuggestion } from './say-tiers.js';

const DEFINITIONS = {
  revenue: 'Annual recurring revenue, else the revenue of 12 months, of the customers of today.',
  cost: 'People needed times their yearly cost, with equipment and licences, as config/program.yaml says; people needed by hours or by accounts a person, whichever is more.',
  churn: 'Customers of the same date a year before who have left since.',
  growth: 'Customers with an expansion that was won in the last 12 months.',
  cases: 'Cases opened in the last 12 months, mean of a customer.',
  moves:
    'Accounts that changed tier against accounts of the same tier closest to the line between the two that never changed it, each used once, over the year after the move.',
} as const;

/** `suggest tiers`: what each way to draw the lines costs and covers; nothing is applied. */
export async function suggestTiersCommand(folder: Folder, terminal: Terminal): Promise<number> {
  const answer = await folder.withState(async (state) => {
    const { connected, ...tools } = lookAt(folder, state);
    const { run } = await lookAtState(tools, connected);
    const { measureLabel } = run.settings.tiers;
    const head = { day: formatDay(run.today), currency: run.org.currency, measureLabel };
    return { head, suggestion: await suggestTiers(run) };
  });
  terminal.json({ ...answer.head, definitions: DEFINITIONS, ...asJson(answer.suggestion) });
  if (!terminal.asJson) saySuggestion(terminal, answer.suggestion, answer.head);
  return EXIT.done;
}

/** What `suggest tiers --json` ends in: a contract, fields are added, never changed. */
function asJson({ cuts, shortages, moves, ...rest }: TierSuggestion) {
  return {
    ...rest,
    file: 'config/tiers.yaml',
    cuts: cuts.map((cut) => ({ ...cut, lines: cut.lines.map(lineAsJson) })),
    shortages: shortages.map((one) => ({
      ...one,
      smallerTier: one.smallerTier && { ...one.smallerTier, line: numberAsJson(one.smallerTier.line) },
    })),
    moves: {
      kinds: moves.kinds.map((kind) => ({
        ...kind,
        firstOn: formatDay(kind.firstOn),
        lastOn: formatDay(kind.lastOn),
      })),
      others: { ...moves.others, since: moves.others.since === null ? null : formatDay(moves.others.since) },
    },
  };
}

function lineAsJson({ tier, from }: TierLine) {
  return { tier, from: from === null ? null : numberAsJson(from) };
}

/** JSON knows no infinity: the line of a tier that nobody fits into is a word. */
function numberAsJson(line: number): number | 'nobody' {
  return Number.isFinite(line) ? line : 'nobody';
}
