import { userInfo } from 'node:os';
import type { Asker } from '../../service/desk.js';
import { newTrace } from '../../service/trace.js';

/** Whoever types a command, as the audit names them. */
export function commandAsker(): Asker {
  return { who: `cli:${nameOfUser()}`, trace: newTrace() };
}

/** A container may run as a user without a name. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
