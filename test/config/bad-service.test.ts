import { describe, expect, it } from '@jest/globals';
import { PLAIN_TEXTS, resolveTexts, saidOf } from './texts.js';

const SERVICE = 'config/service.yaml';
const withService = (text: string) => ({ ...PLAIN_TEXTS, [SERVICE]: text });

const CASES: readonly (readonly [what: string, text: string, said: string])[] = [
  [
    'a time of six fields',
    "schedule: { full: '0 0 1 * * *' }\n",
    'config/service.yaml:1:19 must be a cron expression of five fields, like "*/15 * * * *", or off; found the text "0 0 1 * * *"',
  ],
  [
    'a time in words',
    'schedule: { digest: daily }\n',
    'config/service.yaml:1:21 must be a cron expression of five fields, like "*/15 * * * *", or off; found the text "daily"',
  ],
  [
    'a time that never comes',
    "schedule: { metrics: '0 5 31 2 *' }\n",
    'config/service.yaml:1:22 is a time that never comes; found the text "0 5 31 2 *"',
  ],
  [
    'a feed of an object that is not mapped',
    'feed: { objects: [Case, Oportunity, Cas] }\n',
    'config/service.yaml:1:37 no attribute is read from "Cas" in mappings/salesforce.yaml; did you mean "Case"?',
  ],
  [
    'more objects than Salesforce delivers',
    'feed: { objects: [Case, Case, Case, Case, Case, Case] }\n',
    'config/service.yaml:1:18 must be at most 5: Salesforce delivers no more for one org; found a list',
  ],
  [
    'a recipient that is no address',
    'alerts: { mailTo: [ops] }\n',
    'config/service.yaml:1:20 must be an e-mail address; found the text "ops"',
  ],
  [
    'a kind of alert that does not exist',
    'alerts: { kinds: { runFail: { send: now } } }\n',
    'config/service.yaml:1:20 unknown key "runFail"; did you mean "runFailed"?',
  ],
  [
    'a memory that is too short',
    'retention: { decisions: 30 }\n',
    'config/service.yaml:1:25 must be at least 180 days; found 30',
  ],
];

describe('config/service.yaml', () => {
  it.each(CASES)('says where %s stands', (_, text, said) => {
    expect(saidOf(withService(text))).toContain(said);
  });

  it('listens to cases and opportunities, as far as they are mapped', () => {
    expect(resolveTexts(PLAIN_TEXTS).service.feed).toEqual({ on: true, objects: ['Case'] });
    expect(resolveTexts(withService('feed: { objects: [Account, Case] }\n')).service.feed.objects).toEqual([
      'Account',
      'Case',
    ]);
  });

  it('takes off as never', () => {
    const { schedule } = resolveTexts(withService('schedule: { full: off }\n')).service;
    expect([schedule.full, schedule.digest]).toEqual([null, '0 7 * * *']);
  });
});
