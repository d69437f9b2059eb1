import type { AlertSettings } from '../../ports/settings.js';
import { accountLines } from './account-lines.js';
import type { Finding } from './finding.js';
import { engineFindings } from './findings-of-engines.js';
import { runFindings } from './findings-of-runs.js';
import type { Signs } from './signs.js';

/** Everything that one look at the org says to people. */
export function findingsOf(signs: Signs, settings: AlertSettings): readonly Finding[] {
  return [
    ...runFindings(signs, settings),
    ...engineFindings(signs, settings),
    ...deadLetters(signs, settings),
    ...budget(signs, settings),
    ...feed(signs),
    ...drift(signs),
    ...atRisk(signs, settings),
  ];
}

function deadLetters({ deadLetters: count }: Signs, settings: AlertSettings): readonly Finding[] {
  if (count < settings.deadLetters) return [];
  return [
    {
      kind: 'deadLetters',
      about: 'waiting',
      sentence: `${count} records that a system refused wait: mend the cause that their advice names, then retry them.`,
      lines: [],
      over: 'Few refused records wait now.',
    },
  ];
}

function budget({ budget: use }: Signs, settings: AlertSettings): readonly Finding[] {
  if (use === null || use.ours <= 0 || use.spent < use.ours * settings.budgetUsed) return [];
  const percent = Math.floor((use.spent / use.ours) * 100);
  return [
    {
      kind: 'budget',
      about: 'salesforce',
      sentence: `${percent} % of our share of Salesforce requests in 24 hours is spent (${use.spent} of ${use.ours}): at 100 % runs pause. Raise api.share in config/service.yaml, or run less often.`,
      lines: [],
      over: 'There are enough Salesforce requests again.',
    },
  ];
}

function feed({ feed: status }: Signs): readonly Finding[] {
  if (status === null || (status.state !== 'silent' && status.state !== 'lost')) return [];
  return [
    {
      kind: 'feed',
      about: status.state,
      sentence: `The change feed is ${status.state}. ${status.sentence}`,
      lines: [],
      over: 'The change feed is live again.',
    },
  ];
}

function drift({ drift: sentences }: Signs): readonly Finding[] {
  return sentences.map((sentence) => ({
    kind: 'drift',
    about: sentence.replace(/\d+/g, '#'),
    sentence,
    lines: [],
    over: null,
  }));
}

function atRisk({ atRisk: accounts, now }: Signs, { names }: AlertSettings): readonly Finding[] {
  if (accounts.length === 0) return [];
  const many = accounts.length === 1 ? 'One account is' : `${accounts.length} accounts are`;
  return [
    {
      kind: 'atRisk',
      // Each fall is news: whoever is named was not named before.
      about: `${now}`,
      sentence: `${many} newly at risk.`,
      lines: accountLines(accounts, names),
      over: null,
    },
  ];
}
