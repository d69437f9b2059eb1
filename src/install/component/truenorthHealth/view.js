import { readDrivers, splitSubject } from './driverLines';
import { bandOf, capital, dayText, trendOf } from './words';

const DIMENSIONS = [
  ['adoptionScore', 'Adoption'],
  ['engagementScore', 'Engagement'],
  ['relationshipScore', 'Relationship'],
  ['supportScore', 'Support'],
  ['commercialScore', 'Commercial'],
  ['sentimentScore', 'Sentiment'],
  ['onboardingScore', 'Onboarding'],
];

const SOURCES = {
  guard: 'A rule holds the score down; see the points lost.',
  pulse: 'Set by a person’s pulse.',
};

/** Which of the sights fits the values: `withheld`, `unassessed` or `assessed`. */
export function sightOf(values) {
  if (!('score' in values) && !('band' in values)) return 'withheld';
  if (!values.band && isEmpty(values.score)) return 'unassessed';
  return 'assessed';
}

/** Everything that the page shows of the account's values, in words and widths. Parts without anything to show are null. */
export function healthView(values) {
  const drivers = readDrivers({ short: values.drivers, long: values.driversDetail });
  return {
    ...scoreView(values),
    coverage: isEmpty(values.coverage) ? null : `${Math.round(values.coverage)} %`,
    missing: drivers.missing && `Missing: ${drivers.missing}`,
    lost: lostView(drivers, values),
    change: changeView(drivers),
    dimensions: dimensionView(values),
    watermelon: values.watermelon === true,
    pulse: pulseView(values),
    tier: tierView(values),
    playbooks: playbookView(values),
  };
}

function scoreView(values) {
  const band = bandOf(values.band ?? 'unknown');
  const days = [
    values.scoreChangedOn ? `Changed on ${dayText(values.scoreChangedOn)}` : '',
    values.bandSince ? `${band.word} since ${dayText(values.bandSince)}` : '',
  ];
  return {
    score: isEmpty(values.score) ? null : String(Math.round(values.score)),
    band: { ...band, badgeClass: `badge band-${band.name}`, [band.shape]: true },
    source: sourceText(values),
    trend: trendOf(values.trend),
    days: days.filter((text) => text !== ''),
  };
}

function sourceText({ bandSource, modelBand, band }) {
  const text = SOURCES[bandSource] ?? '';
  const differs = bandSource === 'pulse' && modelBand && modelBand !== band;
  return differs ? `${text} The model says: ${bandOf(modelBand).word.toLowerCase()}.` : text;
}

function lostView({ lost, holding }, { drivers, driversDetail, score }) {
  if (isEmpty(drivers) && isEmpty(driversDetail)) return null;
  if (isEmpty(score)) return null;
  const most = Math.max(1, ...lost.map(({ points }) => -points));
  const lines = lost.map(({ points, text }, at) => ({
    key: `lost-${at}`,
    points: `−${-points}`,
    spoken: `${-points} ${-points === 1 ? 'point' : 'points'} lost`,
    ...splitSubject(text),
    width: `inline-size:${Math.round((-points / most) * 100)}%`,
  }));
  return {
    lines,
    none: lost.length === 0,
    holding: holding.map((text, at) => ({ key: `holding-${at}`, text: `Also holding: ${text}` })),
  };
}

function changeView({ change, changed }) {
  if (change === null) return null;
  const known = (score) => (score === 'null' ? 'unknown' : score);
  return {
    title: `Last change: ${known(change.from)} to ${known(change.to)}`,
    lines: changed.map(({ points, text }, at) => ({
      key: `changed-${at}`,
      points: points > 0 ? `+${points}` : `−${-points}`,
      pointsClass: points > 0 ? 'points gained' : 'points',
      text: capital(text),
    })),
  };
}

/** A dimension without a score is one of which too little is known, or none of the model that serves this account. */
function dimensionView(values) {
  const seen = DIMENSIONS.filter(([name]) => values[name] !== undefined);
  const scored = seen.filter(([name]) => values[name] !== null);
  const others = seen.filter(([name]) => values[name] === null).map(([, label]) => label);
  if (scored.length === 0) return null;
  const lines = scored.map(([name, label]) => {
    const score = Math.round(values[name]);
    return { key: name, label, value: String(score), width: `inline-size:${score}%` };
  });
  return { lines, others: others.length === 0 ? null : `Not scored: ${others.join(', ')}` };
}

function pulseView({ pulse, pulseReason, pulseBy, pulseExpiresOn }) {
  if (!pulse) return null;
  return {
    title: `Pulse: ${bandOf(pulse).word}`,
    reason: pulseReason || null,
    from: [pulseBy, pulseExpiresOn ? `holds until ${dayText(pulseExpiresOn)}` : '']
      .filter(Boolean)
      .join(', '),
  };
}

function tierView({ tier, tierReason, tierSince, tierWaitingFor }) {
  if (!tier) return null;
  return {
    name: capital(tier),
    since: tierSince ? `since ${dayText(tierSince)}` : '',
    reason: tierReason || null,
    waiting: tierWaitingFor ? `Waits to move to ${tierWaitingFor}` : null,
  };
}

function playbookView({ activePlaybooks, lastEnrolmentOn }) {
  if (activePlaybooks === undefined) return null;
  const names = (activePlaybooks ?? '').split(/[;\n]/).map((name) => name.trim());
  const lines = names.filter(Boolean).map((name) => ({ key: name, name }));
  return {
    lines,
    none: lines.length === 0,
    last: lastEnrolmentOn ? `Last enrolment on ${dayText(lastEnrolmentOn)}` : null,
  };
}

function isEmpty(value) {
  return value === null || value === undefined || value === '';
}
