import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Stops what test files started to share, and waits until it is gone. */
export default async function end() {
  const folder = process.env.TEST_SERVICES_FOLDER;
  if (folder === undefined) return;
  const keeper = join(folder, 'keeper.pid');
  if (existsSync(keeper)) await stopped(Number(readFileSync(keeper, 'utf8')));
  rmSync(folder, { recursive: true, force: true });
}

async function stopped(pid) {
  try {
    process.kill(pid, 'SIGTERM');
    for (;;) {
      process.kill(pid, 0);
      await wait(20);
    }
  } catch {
    // It has ended.
  }
}
