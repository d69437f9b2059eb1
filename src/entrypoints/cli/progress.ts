import type { Progress } from '../../ports/progress.js';
import type { Terminal } from './terminal.js';

const WIDTH = 24;
const EVERY_MS = 100;

/** A bar that redraws itself in a terminal; one line a stage elsewhere. Goes to the error stream, results stay clean. */
export function terminalProgress(terminal: Terminal, now: () => number): Progress {
  let stage = { name: '', total: null as number | null, done: 0, drawnAt: 0 };
  const clear = (): void => {
    if (terminal.interactive) terminal.write('\r\u001b[2K');
  };
  return {
    stage: (name, total) => {
      stage = { name, total, done: 0, drawnAt: 0 };
      if (terminal.interactive) terminal.write(`\r\u001b[2K${bar(stage)}`);
    },
    advance: (by) => {
      stage.done += by;
      if (!terminal.interactive || now() - stage.drawnAt < EVERY_MS) return;
      stage.drawnAt = now();
      terminal.write(`\r\u001b[2K${bar(stage)}`);
    },
    done: (summary) => {
      clear();
      terminal.aside(`  ${terminal.colors.green('✓')} ${summary}`);
    },
  };
}

function bar({
  name,
  total,
  done,
}: {
  readonly name: string;
  readonly total: number | null;
  readonly done: number;
}): string {
  const count = done.toLocaleString('en-US');
  if (total === null || total === 0) return `  ${name} … ${count}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  return `  ${name} [${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)}] ${Math.round(share * 100)} % (${count})`;
}
