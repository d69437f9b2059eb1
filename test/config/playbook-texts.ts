import { PLAIN_TEXTS } from './texts.js';

export const FILE = 'config/playbooks/surge.yaml';
export const ENGAGEMENT = 'config/engagement.yaml';
export const TASK = 'task: { subject: Call, description: Ask how it is going. }';

/** A playbook from its parts; what is left out is sound. */
export interface Parts {
  readonly trigger?: string;
  readonly audience?: string;
  readonly steps?: readonly string[];
  readonly more?: string;
}

const SOUND = '{ id: first, channel: hubspot-list, target: Surge list }';

function playbook({
  trigger = '{ when: cases.open > 3 }',
  audience = '{ roles: [user] }',
  steps = [SOUND],
  more = '',
}: Parts): string {
  const listed = steps.map((step) => `  - ${step}\n`).join('');
  return `label: Surge\npriority: 10\ntrigger: ${trigger}\naudience: ${audience}\nsteps:\n${listed}${more}`;
}

export function textsWith(parts: Parts, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...PLAIN_TEXTS, [FILE]: playbook(parts), ...more };
}

export type Case = readonly [what: string, parts: Parts, said: string];

export const sequence = (id: string, day: number, more = '') =>
  `{ id: ${id}, day: ${day}, channel: hubspot-sequence, target: ${id}${more} }`;
export const list = (id: string, day: number, more = '') =>
  `{ id: ${id}, day: ${day}, channel: hubspot-list, target: ${id}${more} }`;
