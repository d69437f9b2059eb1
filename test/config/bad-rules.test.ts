import { describe, expect, it } from '@jest/globals';
import { saidOf, withChange } from './texts.js';

const TIERS = 'config/tiers.yaml';
const SURGE = 'config/playbooks/surge.yaml';
const SERVICE = 'config/service.yaml';

type Case = readonly [what: string, file: string, from: string, to: string, said: string];

const CASES: readonly Case[] = [
  [
    'an unknown tier',
    TIERS,
    '- { tier: high-touch,',
    '- { tier: high-tuch,',
    'config/tiers.yaml:4:15 unknown tier "high-tuch"; did you mean "high-touch"?',
  ],
  [
    'a line on the last tier rule',
    TIERS,
    '- { tier: digital }',
    '- { tier: digital, atLeast: 5 }',
    'config/tiers.yaml:5:7 the last rule serves everyone else: it may have neither "atLeast" nor "when"',
  ],
  [
    'lines that do not fall',
    TIERS,
    '- { tier: digital }',
    '- { tier: digital, atLeast: 100001 }\n    - { tier: digital }',
    'config/tiers.yaml:5:33 100001 is not below 100000, so this rule is never reached',
  ],
  [
    'cuts that do not rise',
    TIERS,
    'thresholds:\n    - { tier: high-touch, atLeast: 100000 }\n    - { tier: digital }',
    'pareto:\n    - { tier: high-touch, upTo: 45 % }\n    - { tier: digital, upTo: 40 % }\n    - { tier: digital }',
    'config/tiers.yaml:5:30 the shares must rise from one tier to the next',
  ],
  [
    'a key written twice',
    TIERS,
    'policy:',
    'tiers: {}\npolicy:',
    'config/tiers.yaml:2:1 this is not well-formed YAML: the same key is written twice here; keep one of them',
  ],
  [
    'an unknown fact further along',
    SURGE,
    'cases.open > 3',
    'account.strategic && cases.opn > 3',
    'config/playbooks/surge.yaml:3:39 unknown fact "cases.opn" in expression; did you mean "cases.open"?',
  ],
  [
    'a number where a condition is needed',
    SURGE,
    'cases.open > 3',
    'cases.open',
    'config/playbooks/surge.yaml:3:18 a condition must be true or false, and this is a number; compare it with something',
  ],
  [
    'a comparison of a text with a number',
    SURGE,
    'cases.open > 3',
    'account.industry > 3',
    'config/playbooks/surge.yaml:3:18 these do not go together: text > number',
  ],
  [
    'a mismatch behind whole numbers, where it stands',
    SURGE,
    'cases.open > 3',
    'cases.open > 3 && cases.openedLast7 > 10 && account.industry > 3',
    'config/playbooks/surge.yaml:3:62 these do not go together: text > number',
  ],
  [
    'an expression that stops too early',
    SURGE,
    'cases.open > 3',
    'cases.open >',
    'config/playbooks/surge.yaml:3:29 the expression stops too early',
  ],
  [
    'an unknown function',
    SURGE,
    'cases.open > 3',
    'daySince(cases.surgeOn) > 3',
    'config/playbooks/surge.yaml:3:18 unknown function "daySince"; did you mean "daysSince"?',
  ],
  [
    'null in an expression',
    SURGE,
    'cases.open > 3',
    'cases.open == null',
    'config/playbooks/surge.yaml:3:32 null is not used in expressions; write has(fact), or !has(fact) where it should be unknown',
  ],
  [
    'an unknown channel',
    SURGE,
    'hubspot-list',
    'hubspot-lst',
    'config/playbooks/surge.yaml:6:27 unknown channel "hubspot-lst"; did you mean "hubspot-list"?',
  ],
  [
    'a blank list',
    SURGE,
    'target: Surge list',
    'target: " "',
    'config/playbooks/surge.yaml:6:49 "target" must not be blank: the name of the list',
  ],
  [
    'a no-reply sender',
    SURGE,
    'target: Surge list',
    'target: Surge list, sender: noreply@example.com',
    'config/playbooks/surge.yaml:6:69 "noreply@example.com" is nobody who reads replies; a message comes from a person: csm, account-owner or pool:<name>',
  ],
  [
    'a team as sender',
    SURGE,
    'target: Surge list',
    'target: Surge list, sender: the CS team',
    'config/playbooks/surge.yaml:6:69 "the CS team" is nobody who reads replies; a message comes from a person: csm, account-owner or pool:<name>',
  ],
  [
    'a consent code to be ignored',
    SURGE,
    'label: Surge',
    'label: Surge\nignore: [opted_out_crm]',
    'config/playbooks/surge.yaml:2:10 "opted_out_crm" protects the person or the key and can’t be ignored; possible: account_locked, churned, payment_overdue, open_escalation, in_negotiation, low_coverage, holdout, already_active, active_elsewhere',
  ],
  [
    'an unknown refusal code',
    SURGE,
    'label: Surge',
    'label: Surge\nignore: [churnd]',
    'config/playbooks/surge.yaml:2:10 unknown refusal code "churnd"; did you mean "churned"?',
  ],
  [
    'an unknown role',
    SURGE,
    'roles: [user]',
    'roles: [usr]',
    'config/playbooks/surge.yaml:4:21 unknown role "usr"; did you mean "user"?',
  ],
  [
    'steps out of order',
    SURGE,
    '- { id: first, ',
    '- { id: zeroth, day: 5, channel: hubspot-list, target: T }\n  - { id: first, day: 2, ',
    'config/playbooks/surge.yaml:7:23 day 2 comes before the step above it (day 5)',
  ],
  [
    'an unknown key at the top',
    SERVICE,
    'api: {}',
    'apis: {}',
    'config/service.yaml:1:1 unknown key "apis"; did you mean "api"?',
  ],
  [
    'a share without its sign',
    SERVICE,
    'api: {}',
    'api: { share: 0.25 }',
    'config/service.yaml:1:15 must be written with its sign, like "25 %"; found 0.25',
  ],
  [
    'a share above one',
    SERVICE,
    'api: {}',
    'api: { share: 125 % }',
    'config/service.yaml:1:15 must be at most 100 %; found the text "125 %"',
  ],
  ['malformed YAML', SERVICE, 'api: {}', 'api: { share: [', 'this is not well-formed YAML'],
];

describe('bad input in tiers, playbooks and service', () => {
  it.each(CASES)('names %s', (_what, file, from, to, said) => {
    expect(saidOf(withChange(file, from, to)).join('\n')).toContain(said);
  });
});
