#!/usr/bin/env -S node --
// The command. Finds a Node that is new enough, then runs the built program in it.
// The two dashes matter: without them Node takes our `--env-file` for its own (seen on 20.20 and 24.21).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findNode, ROOT, tooOld } from './runtime.mjs';

const program = join(ROOT, 'dist', 'entrypoints', 'cli', 'main.js');
const node = findNode();

if (node === null) {
  console.error(tooOld());
  process.exit(1);
} else if (!existsSync(program)) {
  console.error(
    'Truenorth is not built yet. Run `npm run build` (or `npm run demo`, which does all set-up itself).',
  );
  process.exit(1);
} else if (node === process.execPath) {
  await import(pathToFileURL(program).href);
} else {
  // The channel carries nothing: its end tells the program that this process was killed.
  const child = spawn(node, ['--', program, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal !== null) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
}
