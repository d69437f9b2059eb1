import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Names this process on this machine, and this taking of a lease: `host:pid:random`. */
export function leaseHolder(): string {
  return `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
}

/** True when the holder was a process of this machine that no longer runs; of other machines nothing is known. */
export function holderIsGone(holder: string): boolean {
  const [host, pid = ''] = holder.split(':');
  return host === hostname() && /^\d+$/.test(pid) && !isRunning(Number(pid));
}

/** Signal 0 only asks. A process that may not be asked runs, too. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code !== 'ESRCH';
  }
}
