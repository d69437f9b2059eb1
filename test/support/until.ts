import { setTimeout as wait } from 'node:timers/promises';

/** Asks again and again until the answer is yes. Fails with `what` when it stays no for `withinMs`. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 30_000,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain until ${what}.`);
    await wait(5);
  }
}
