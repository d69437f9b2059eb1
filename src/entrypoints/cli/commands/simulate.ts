import { resolve } from 'node:path';
import Table from 'cli-table3';
import { forecastWrite, loadOtherSettings } from '../../../compose.js';
import { type Simulation, simulate } from '../../../sync/simulate.js';
import type { BeforeAfter, MovedAccount, Standing } from '../../../sync/simulated.js';
import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import { lookAt } from '../look.js';
import { count } from '../numbers.js';
import type { Terminal } from '../terminal.js';

/** `simulate`: what other settings would make of the book as it is stored; writes nothing anywhere. */
export async function simulateCommand(folder: Folder, terminal: Terminal, config: string): Promise<number> {
  const other = loadOtherSettings(folder.folder, resolve(config));
  const simulation = await folder.withState((state) => {
    const { connected, ...tools } = lookAt(folder, state);
    return simulate(tools, {
      connected,
      other,
      forecast: forecastWrite,
      sample: null,
      signal: new AbortController().signal,
    });
  });
  terminal.json(simulation);
  if (!terminal.asJson) saySimulation(terminal, simulation);
  return EXIT.done;
}

function saySimulation(terminal: Terminal, simulation: Simulation): void {
  const { say, colors } = terminal;
  const { basedOn, accounts, bands, tiers, playbooks, records, calls } = simulation;
  say(colors.bold(`${count(accounts.read)} accounts as run ${basedOn.run} left them on ${basedOn.day}`));
  say(
    `  ${count(accounts.scoreChanged)} with another score, ${count(accounts.bandChanged)} with another band, ${count(accounts.tierChanged)} with another tier`,
  );
  sayTable(terminal, 'Band', bands);
  sayMoves(terminal, simulation.bandMoves);
  sayTable(terminal, 'Tier', tiers);
  sayMoves(terminal, simulation.tierMoves);
  const holding = Object.entries(playbooks).map(([id, { holds }]) => [id, holds] as const);
  sayTable(terminal, 'Playbook: condition holds', Object.fromEntries(holding));
  const due = Object.entries(playbooks).map(([id, { due: steps }]) => [id, steps] as const);
  sayTable(terminal, 'Playbook: steps due that day', Object.fromEntries(due));
  say();
  say(
    `The next run would change ${count(records.after)} account records instead of ${count(records.before)}: about ${count(calls.after.calls)} Salesforce calls instead of ${count(calls.before.calls)}.`,
  );
  sayMoved(terminal, simulation.moved);
  say(
    colors.dim(
      'Nothing was written. A change of settings alone enrols nobody: playbooks wait for their next edge.',
    ),
  );
}

/** Rows that differ; where none does, that is said. */
function sayTable(
  { say, colors }: Terminal,
  title: string,
  rows: Readonly<Record<string, BeforeAfter>>,
): void {
  const differing = Object.entries(rows).filter(([, { before, after }]) => before !== after);
  say();
  if (differing.length === 0) {
    say(colors.dim(`${title}: no difference`));
    return;
  }
  const table = new Table({ head: [title, 'Before', 'After', ''], style: { head: [], border: [] } });
  for (const [name, { before, after }] of differing)
    table.push([name, count(before), count(after), `${after > before ? '+' : ''}${after - before}`]);
  say(table.toString());
}

function sayMoves({ say }: Terminal, moves: Readonly<Record<string, number>>): void {
  const named = Object.entries(moves).sort((a, b) => b[1] - a[1]);
  if (named.length > 0) say(`  ${named.map(([move, n]) => `${move} ${count(n)}`).join(', ')}`);
}

function sayMoved({ say, colors }: Terminal, moved: readonly MovedAccount[]): void {
  if (moved.length === 0) return;
  say();
  say(colors.bold('Accounts that move most'));
  for (const { account, name, before, after } of moved)
    say(`  ${name} (${account}): ${standing(before)} → ${standing(after)}`);
}

function standing({ score, band, tier }: Standing): string {
  return `${score ?? 'no score'} ${band}, ${tier}`;
}
