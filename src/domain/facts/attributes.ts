import type { Attribute, RecordKind } from './record.js';

type Catalogue = Readonly<Record<RecordKind, Readonly<Record<string, Attribute>>>>;

const text = (label: string, kind: Attribute['class'] = 'mutable'): Attribute => ({
  type: 'text',
  class: kind,
  label,
});
const number = (label: string, kind: Attribute['class'] = 'mutable'): Attribute => ({
  type: 'number',
  class: kind,
  label,
});
const money = (label: string, kind: Attribute['class'] = 'mutable'): Attribute => ({
  type: 'money',
  class: kind,
  label,
});
const flag = (label: string, kind: Attribute['class'] = 'mutable'): Attribute => ({
  type: 'boolean',
  class: kind,
  label,
});
const day = (label: string, kind: Attribute['class'] = 'dated'): Attribute => ({
  type: 'day',
  class: kind,
  label,
});
const instant = (label: string, kind: Attribute['class'] = 'dated'): Attribute => ({
  type: 'instant',
  class: kind,
  label,
});
const id = (label: string): Attribute => ({ type: 'id', class: 'mutable', label });
const required = (attribute: Attribute): Attribute => ({ ...attribute, required: true });

/**
 * Everything that a CRM row can tell us, by kind: the left-hand side of mappings/. A mapping names
 * the field that holds each; what is not mapped is unknown, never zero.
 */
export const ATTRIBUTES = {
  account: {
    name: required(text('account name')),
    arr: money('annual recurring revenue'),
    oneTimeRevenue12m: money('one-time revenue in 12 months'),
    serviceRevenue12m: money('service revenue in 12 months'),
    currency: text('currency code of the row'),
    seats: number('licensed seats'),
    featuresEntitled: number('features the customer is entitled to'),
    featuresUsed: number('features used, as kept on the account'),
    activeUsers: number('active users, as kept on the account'),
    customerSince: day('customer since', 'immutable'),
    renewalOn: day('next renewal date', 'mutable'),
    ownerId: id('account owner'),
    ownerEmail: text('address of the account owner'),
    csmId: id('customer success manager'),
    csmEmail: text('address of the customer success manager'),
    parentId: id('parent account'),
    industry: text('industry'),
    source: text('where the account came from', 'immutable'),
    type: text('account type'),
    country: text('country'),
    strategic: flag('strategic account'),
    growthPotential: text('growth potential'),
    wantsContact: flag('opted in to more contact'),
    successPackage: text('success package bought'),
    valuePerception: text('essential, nice to have or no longer needed'),
    usedAsIntended: text('used as intended: yes, no or to be checked'),
    criteriaAgreedOn: day('success criteria agreed on'),
    criteriaReviewedOn: day('success criteria last reviewed on'),
    criteriaShare: number('share of the success target achieved, in percent'),
    nps: number('latest NPS answer, as kept on the account'),
    csat: number('CSAT, as kept on the account'),
    daysOverdue: number('days the oldest invoice is overdue'),
    amountOverdue: money('amount overdue'),
    failedPayments: number('failed payments'),
    creditHold: flag('credit hold'),
    lastActivityOn: day('last activity on', 'mutable'),
    existingHealth: text('a health field that the org already has'),
    churned: flag('no longer a customer', 'outcome'),
    churnedOn: day('churned on', 'outcome'),
    createdAt: instant('created at', 'immutable'),
  },
  opportunity: {
    type: text('new, expansion or renewal'),
    stage: text('stage'),
    closed: flag('closed'),
    won: flag('won'),
    amount: money('amount'),
    currency: text('currency code of the row'),
    closeOn: required(day('close date')),
    createdAt: instant('created at', 'immutable'),
    lostReason: text('lost reason'),
  },
  case: {
    openedAt: required(instant('opened at', 'immutable')),
    closedAt: instant('closed at'),
    closed: flag('closed'),
    priority: text('critical, high, medium or low'),
    escalated: flag('escalated'),
    reopened: number('times reopened'),
    csat: number('satisfaction with the case, 1 to 5'),
    firstResponseMinutes: number('minutes to the first response'),
    firstResponseAt: instant('first response at'),
    cause: text('product, training or customer'),
    expansionHint: flag('support saw room for expansion'),
    contactId: id('contact who opened it'),
  },
  contact: {
    firstName: text('first name'),
    lastName: text('last name'),
    email: text('e-mail address'),
    role: text('economic buyer, sponsor, champion or user'),
    optedOut: flag('opted out of e-mail'),
    bounced: flag('e-mail bounces'),
    bouncedAt: instant('e-mail bounced at'),
    left: flag('has left the company'),
    createdAt: instant('created at', 'immutable'),
    userCreatedOn: day('product user created on', 'immutable'),
    lastLoginOn: day('last login on', 'mutable'),
    lastEngagedOn: day('last engaged on', 'mutable'),
    country: text('country'),
  },
  usage: {
    on: required(day('day of use', 'immutable')),
    feature: text('feature', 'immutable'),
    count: number('times used', 'immutable'),
    activeUsers: number('active users that day', 'immutable'),
    errors: number('errors met', 'immutable'),
    keyActions: number('key actions done', 'immutable'),
  },
  survey: {
    answeredOn: required(day('answered on', 'immutable')),
    kind: text('nps, csat or effort', 'immutable'),
    score: number('score given', 'immutable'),
    about: text('onboarding, case or review', 'immutable'),
    contactId: id('who answered'),
  },
  activity: {
    on: required(day('day of the activity')),
    kind: text('meeting, call, mail or other'),
    twoWay: flag('the customer took part'),
    outcome: text('held, declined or missed'),
    done: flag('completed'),
  },
} as const satisfies Catalogue;
