import {
  choice,
  date,
  draft,
  lookup,
  parent,
  required,
  startingAs,
  strictChoice,
  textArea,
} from './field-draft.js';
import type { RecordDraft } from './record-draft.js';

export const PULSE: RecordDraft<'pulse'> = {
  label: 'Health Pulse',
  plural: 'Health Pulses',
  description: 'What a person who knows the customer thinks of its health. Sets the band, never the score.',
  numbering: { label: 'Pulse', format: 'P-{0000000}' },
  sharing: 'parent',
  ofPeople: true,
  fields: {
    account: draft(
      'Account',
      parent('Account', 'Health_Pulses', 'Health Pulses'),
      'The customer that you judge.',
    ),
    value: required(
      draft(
        'Health',
        strictChoice('healthy', 'watch', 'risk'),
        'How healthy the customer is, as you see it.',
      ),
    ),
    reason: required(
      draft('Reason', textArea, 'What you know that the numbers do not show. One or two sentences.'),
    ),
    expiresOn: startingAs(
      'TODAY() + 90',
      draft('Holds Until', date, 'Last day on which your view counts. Empty: until something changes.'),
    ),
  },
};

export const ADVOCATE: RecordDraft<'advocate'> = {
  label: 'Advocate',
  plural: 'Advocates',
  description: 'A customer who may speak for us: what suggests it, and what people agreed with them.',
  numbering: { label: 'Advocate', format: 'A-{0000000}' },
  sharing: 'parent',
  ofPeople: true,
  fields: {
    account: draft('Account', parent('Account', 'Advocates', 'Advocates'), 'The customer.'),
    contact: draft(
      'Contact',
      lookup('Contact', 'Advocacy', 'Advocacy'),
      'The person who would speak. Empty where it is the company.',
    ),
    foundOn: draft('Found On', date, 'Day on which Truenorth noticed.'),
    evidence: draft('Evidence', textArea, 'What suggests that this customer would speak for us.'),
    kind: draft(
      'Kind',
      choice('reference', 'case study', 'testimonial', 'referral'),
      'What they would do for us. Yours to fill in.',
    ),
    willing: draft('Willing', choice('yes', 'no', 'not now'), 'What they said when asked. Yours to fill in.'),
    askedOn: draft('Asked On', date, 'Day on which somebody asked them. Yours to fill in.'),
    givenOn: draft('Given On', date, 'Day on which they last spoke for us. Yours to fill in.'),
    restUntil: draft('Rest Until', date, 'Nobody asks them before this day. Yours to fill in.'),
  },
};
