import { resolveConfig } from '../../src/config/load.js';
import { ConfigError, type Problem, sayProblem } from '../../src/config/problems.js';
import type { Resolved } from '../../src/config/resolved.js';
import { filesOf } from '../../src/config/text-files.js';

/** A small configuration that loads without a note. */
export const PLAIN_TEXTS: Readonly<Record<string, string>> = {
  'config/health.yaml': `models:
  - id: ongoing
    dimensions:
      adoption:
        weight: 60
        signals:
          seatUse: { label: seat use, value: usage.activeUsers28 / account.seats, curve: { linear: { from: 0, to: 1 } } }
      support:
        weight: 40
        signals:
          openNow: { label: cases open, value: cases.open, curve: { linear: { from: 8, to: 0 } } }
`,
  'config/tiers.yaml': `tiers: { high-touch: High-touch, digital: Digital }
policy:
  thresholds:
    - { tier: high-touch, atLeast: 100000 }
    - { tier: digital }
`,
  'config/service.yaml': 'api: {}\n',
  'config/playbooks/surge.yaml': `label: Surge
priority: 10
trigger: { when: cases.open > 3 }
audience: { roles: [user] }
steps:
  - { id: first, channel: hubspot-list, target: Surge list }
`,
  'mappings/salesforce.yaml': `objects:
  account:
    object: Account
    attributes: { name: Name, arr: ARR__c, seats: Seats__c, activeUsers: Users__c }
  case:
    object: Case
    attributes: { openedAt: CreatedDate, closed: IsClosed }
write: { score: Score__c }
`,
  'mappings/hubspot.yaml': 'contact: { truenorth_band: band }\n',
};

/** Replaces a part of one file; a part that is not there is a mistake in the test. */
export function withChange(path: string, from: string, to: string): Record<string, string> {
  const text = PLAIN_TEXTS[path];
  if (text === undefined || !text.includes(from)) throw new Error(`${path} does not contain ${from}`);
  return { ...PLAIN_TEXTS, [path]: text.replace(from, () => to) };
}

export function resolveTexts(texts: Readonly<Record<string, string>>): Resolved {
  return resolveConfig(filesOf(texts));
}

/** The problems that loading these texts reports; none when it loads. */
export function problemsOf(texts: Readonly<Record<string, string>>): readonly Problem[] {
  try {
    resolveTexts(texts);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

export function saidOf(texts: Readonly<Record<string, string>>): readonly string[] {
  return problemsOf(texts).map(sayProblem);
}
