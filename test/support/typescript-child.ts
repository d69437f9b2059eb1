import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const IMPORTS = fileURLToPath(new URL('../adapters/state/sql/child/typescript-imports.mjs', import.meta.url));

/** A process of its own that runs TypeScript as it is. Its output can be read; its errors are shown. */
export function startChild(program: URL, ...args: readonly string[]): ChildProcess {
  return spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', IMPORTS, fileURLToPath(program), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
}
