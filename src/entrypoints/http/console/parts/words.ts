import { spokenDay } from '../../../../domain/day.js';

/** `12,400`. */
export function count(n: number): string {
  return n.toLocaleString('en-US');
}

/** `1 account`, `12,400 accounts`. */
export function counted(n: number, one: string, several: string): string {
  return `${count(n)} ${n === 1 ? one : several}`;
}

/** `+3`, `−3`, `0`, with a real minus sign. */
export function signed(n: number): string {
  if (n === 0) return '0';
  return n > 0 ? `+${count(n)}` : `−${count(-n)}`;
}

/** A share (0-1) as whole percent; what is there but less than half a percent reads `< 1 %`. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  return whole === 0 && share > 0 ? '< 1 %' : `${whole} %`;
}

/** `12 Nov 2026` of a `YYYY-MM-DD` text; a text that is none stays as it is. */
export function dayText(text: string): string {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? text : spokenDay(at / 86_400_000);
}

/** `12 Nov`, for axes. */
export function shortDay(text: string): string {
  return dayText(text).replace(/ \d{4}$/, '');
}

/** `12 Nov 2026, 14:05` in UTC; the machine-readable instant stands beside it in the page. */
export function momentText(instant: number): string {
  const text = new Date(instant).toISOString();
  return `${dayText(text.slice(0, 10))}, ${text.slice(11, 16)} UTC`;
}

/** `4 s`, `3 min`, `2 h`, `5 days`: how long, in its largest unit. */
export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A tier's or playbook's id as people read it: `high-touch` as `High-touch`. */
export function spokenId(id: string): string {
  return capital(id.replaceAll('_', ' '));
}
