import { randomBytes } from 'node:crypto';
import type { Instant } from '../domain/day.js';

/** `20261122-0603-a1b2`: sorts by time, short enough to type. */
export function newRunId(now: Instant): string {
  const iso = new Date(now).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '')}-${iso.slice(11, 16).replace(':', '')}-${randomBytes(2).toString('hex')}`;
}
