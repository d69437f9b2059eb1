import { ACCOUNT_FIELDS } from './fields.mjs';
import { answersFrom } from './wires.mjs';

/** An account in the reader's eyes: everything known, in risk, with a person's pulse and a waiting move. */
export const FULL = {
  score: 58,
  band: 'risk',
  trend: 'down',
  drivers: '-16 Support: 2 critical cases open, oldest since 12 Nov 2026; -11 Adoption: licence use 61 %',
  driversDetail: [
    '-16 Support: 2 critical cases open, oldest since 12 Nov 2026',
    '-11 Adoption: licence use 61 %',
    '-6 Engagement: last two-way touch 3 Aug 2026',
    '-4 Sentiment: NPS 6, answered 21 Oct 2026',
    '-3 Commercial: 14 days overdue',
    '-1 Support: CSAT 78 %',
    '-1 Adoption: 9 of 14 features used',
    'Also holding: A payment is more than 60 days overdue',
    'Last change, 67 to 58:',
    '-8 critical cases open',
    '-3 licence use',
    '+2 key actions',
  ].join('\n'),
  coverage: 86,
  modelBand: 'watch',
  bandSource: 'pulse',
  bandSince: '2026-11-18',
  scoreChangedOn: '2026-11-12',
  watermelon: false,
  pulse: 'risk',
  pulseReason: 'Our champion leaves at the end of the year and nobody has been named.',
  pulseBy: 'Ana Ruiz',
  pulseExpiresOn: '2027-01-31',
  tier: 'hybrid',
  tierReason: 'ARR 82,000 is at least 25,000',
  tierSince: '2026-03-02',
  tierWaitingFor: 'high-touch',
  adoptionScore: 69,
  engagementScore: 70,
  relationshipScore: null,
  supportScore: 15,
  commercialScore: 80,
  sentimentScore: 60,
  activePlaybooks: 'Support surge; Sponsor change',
  lastEnrolmentOn: '2026-11-13',
};

export const HISTORY = [
  ['2026-01-01', 74, 'healthy'],
  ['2026-03-02', 78, 'healthy'],
  ['2026-04-01', 81, 'healthy'],
  ['2026-05-14', null, 'unknown'],
  ['2026-06-02', 72, 'healthy'],
  ['2026-08-01', 71, 'healthy'],
  ['2026-09-09', 66, 'watch'],
  ['2026-11-12', 58, 'watch'],
  ['2026-11-18', 58, 'risk'],
].map(([on, score, band]) => ({ Snapshot_On__c: on, Score__c: score, Band__c: band }));

/** An account row with the fields of these words; words without a value are fields that the reader may not see. */
function accountRow(values) {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([word, value]) => [ACCOUNT_FIELDS[word], value]));
}

export function answersFor(values, snapshots = []) {
  return answersFrom({ account: accountRow(values), snapshots });
}

const EMPTY = Object.fromEntries(Object.keys(FULL).map((word) => [word, null]));
const UNKNOWN = {
  ...EMPTY,
  band: 'unknown',
  bandSource: 'coverage',
  coverage: 32,
  bandSince: '2026-11-02',
  drivers: 'Too little is known for a score; missing: licence use, NPS, last two-way touch',
  driversDetail: 'Too little is known for a score; missing: licence use, NPS, last two-way touch',
  tier: 'digital',
  tierReason: 'Served at scale: no rule before it fits',
  tierSince: '2026-02-01',
};
const HEALTHY = {
  ...FULL,
  ...{
    score: 100,
    band: 'healthy',
    modelBand: 'healthy',
    bandSource: 'model',
    trend: 'flat',
    watermelon: true,
  },
  ...{ drivers: 'No points lost', driversDetail: 'No points lost' },
  ...{ pulse: null, tierWaitingFor: null, activePlaybooks: null, lastEnrolmentOn: null },
};
const LONG = {
  ...FULL,
  driversDetail: `-42 ${'Unterstützungsvereinbarungsverlängerung'.repeat(3)}: ${'x'.repeat(90)}`,
  tierReason: 'Because_of_a_rule_without_a_single_blank_in_it_that_goes_on_and_on_and_on_and_on',
};

/** Every sight of the component by name, as what the wires answer. */
export const CASES = {
  full: answersFor(FULL, HISTORY),
  healthy: answersFor(HEALTHY, HISTORY.slice(0, 1)),
  unknown: answersFor(UNKNOWN),
  unassessed: answersFor(EMPTY),
  partly: answersFor({ score: 58, band: 'watch', trend: 'down' }),
  long: answersFor(LONG, HISTORY),
  withheld: answersFor({}),
  failed: () => ({
    error: { status: 500, body: { message: 'An unexpected error occurred. Error ID: 1-2' } },
  }),
  loading: () => new Promise(() => {}),
};
