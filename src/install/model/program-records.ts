import { checkbox, date, draft, longText, lookup, number, parent, text } from './field-draft.js';
import type { RecordDraft } from './record-draft.js';

export const EPISODE: RecordDraft<'episode'> = {
  label: 'Playbook Episode',
  plural: 'Playbook Episodes',
  description: 'One run of one playbook for one customer, from what started it to how it ended.',
  numbering: { label: 'Episode', format: 'E-{0000000}' },
  sharing: 'parent',
  ofPeople: false,
  fields: {
    account: draft(
      'Account',
      parent('Account', 'Playbook_Episodes', 'Playbook Episodes'),
      'The customer that the playbook runs for.',
    ),
    playbook: draft('Playbook', text(80), 'Name of the playbook’s file, without its ending.'),
    label: draft('Playbook Name', text(255), 'What the playbook is called.'),
    status: draft('Status', text(40), 'running, ended, or withdrawn.'),
    startedOn: draft('Started On', date, 'Day on which what starts the playbook happened.'),
    endedOn: draft('Ended On', date, 'Day on which it ended. Empty while it runs.'),
    endedBy: draft('Ended By', text(80), 'What ended it, such as a reply or the goal.'),
    heldOut: draft(
      'Kept Out',
      checkbox,
      'Ticked where the customer was kept out, so that the playbook’s effect can be measured.',
    ),
    goalReachedOn: draft('Goal Reached On', date, 'Day on which the playbook’s goal was reached.'),
  },
};

export const DECISION: RecordDraft<'decision'> = {
  label: 'Enrolment Decision',
  plural: 'Enrolment Decisions',
  description:
    'What was decided for one person at one step of a playbook. Refusals are counted per day, playbook and code.',
  numbering: { label: 'Decision', format: 'D-{0000000}' },
  sharing: 'read',
  ofPeople: false,
  fields: {
    account: draft(
      'Account',
      lookup('Account', 'Enrolment_Decisions', 'Enrolment Decisions'),
      'The customer. Empty where refusals are counted.',
    ),
    contact: draft(
      'Contact',
      lookup('Contact', 'Enrolment_Decisions', 'Enrolment Decisions'),
      'The person. Empty where refusals are counted.',
    ),
    episode: draft(
      'Playbook Episode',
      lookup('Playbook_Episode__c', 'Enrolment_Decisions', 'Enrolment Decisions'),
      'The run of the playbook that this belongs to. Empty where refusals are counted.',
    ),
    playbook: draft('Playbook', text(80), 'Name of the playbook’s file, without its ending.'),
    step: draft('Step', text(80), 'The step of the playbook.'),
    channel: draft('Channel', text(40), 'Where the person was enrolled, such as hubspot-list.'),
    target: draft('Target', text(255), 'List, sequence, campaign or task that was meant.'),
    outcome: draft('Outcome', text(40), 'enrolled, already there, refused, or deferred to another day.'),
    code: draft('Code', text(40), 'Why somebody was not enrolled, as in the list of refusal codes.'),
    reason: draft('Reason', text(255), 'The code in words.'),
    on: draft('Decided On', date, 'Day of the decision.'),
    count: draft(
      'Count',
      number(9),
      'How many decisions this record stands for: 1, or the refusals of a day.',
    ),
  },
};

export const METRIC: RecordDraft<'metric'> = {
  label: 'Program Metric',
  plural: 'Program Metrics',
  description:
    'One number of the program for a period, a segment and a tier, with its target. Reports read these.',
  numbering: { label: 'Metric Record', format: 'M-{0000000}' },
  sharing: 'read',
  ofPeople: false,
  fields: {
    metric: draft('Metric', text(80), 'Short name of the number, such as retention.net.'),
    label: draft('Metric Name', text(255), 'What the number is called.'),
    definition: draft('Definition', longText(2_000, 4), 'How the number is computed, in words.'),
    periodKind: draft('Period Kind', text(20), 'How long the period is.'),
    period: draft('Period', text(20), 'The period, such as 2026-Q4 or 2026-11.'),
    periodStart: draft('Period Start', date, 'First day of the period.'),
    periodEnd: draft('Period End', date, 'Last day of the period.'),
    segment: draft('Segment', text(255), 'Which customers are counted; all where nothing else is said.'),
    tier: draft('Touch Tier', text(40), 'The tier that is counted; all where nothing else is said.'),
    band: draft('Health Band', text(40), 'The band that is counted; all where nothing else is said.'),
    value: draft('Value', number(14, 4), 'The number. Empty where too little is known.'),
    unit: draft('Unit', text(40), 'What the value counts, such as percent, days or points.'),
    numerator: draft('Numerator', number(14, 4), 'What was counted, above the line.'),
    denominator: draft('Denominator', number(14, 4), 'What it is a share of, below the line.'),
    sample: draft('Sample', number(9), 'How many customers, persons or answers the value rests on.'),
    target: draft('Target', number(14, 4), 'The value to reach, in the same unit.'),
    targetDirection: draft('Target Direction', text(40), 'Whether more or less is better.'),
    baseline: draft('Baseline', number(14, 4), 'The value when the program began.'),
    met: draft(
      'Target Met',
      text(40),
      'Whether the target is met. Empty where there is none, or too little is known.',
    ),
    current: draft('Current', checkbox, 'Ticked while the period runs or lies ahead.'),
  },
};
