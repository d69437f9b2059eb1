import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** A folder for as long as a task takes: also an interrupt, or a reader who closes the pipe, leaves nothing of it. */
export async function inWorkFolder<T>(prefix: string, task: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const stops = Object.entries(SIGNALS).map(([signal, code]) => [signal, () => process.exit(code)] as const);
  process.once('exit', remove);
  for (const [signal, stop] of stops) process.once(signal, stop);
  try {
    return await task(folder);
  } finally {
    process.off('exit', remove);
    for (const [signal, stop] of stops) process.off(signal, stop);
    remove();
  }
}
