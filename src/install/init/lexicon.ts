import type { MappedKind } from '../../domain/facts/record.js';

/** How orgs tend to call a thing: standard API names first, then words found in names and labels. */
export interface Wording {
  /** API names that settle it, where the object has them. */
  readonly exact: readonly string[];
  /** Sets of words; a field whose name or label holds all words of a set is a candidate. */
  readonly words: readonly string[];
  /** Words that speak against it. */
  readonly not?: readonly string[];
  /** Empty in most rows by its nature: an empty sample is no reason to leave it out. */
  readonly rare?: true;
}

const by = (
  exact: readonly string[],
  words: readonly string[] = [],
  not: readonly string[] = [],
): Wording => ({ exact, words, not });

const rare = (
  exact: readonly string[],
  words: readonly string[] = [],
  not: readonly string[] = [],
): Wording => ({
  ...by(exact, words, not),
  rare: true,
});

/** What each attribute is usually called. Attributes that are not listed are never guessed. */
export const LEXICON: Readonly<Record<MappedKind, Readonly<Record<string, Wording>>>> = {
  account: {
    name: by(['Name']),
    arr: by(
      ['ARR__c', 'Annual_Recurring_Revenue__c'],
      ['arr', 'annual recurring revenue', 'acv', 'annual contract value', 'contract value'],
    ),
    oneTimeRevenue12m: by([], ['one time revenue']),
    serviceRevenue12m: by([], ['service revenue', 'services revenue']),
    currency: by(['CurrencyIsoCode']),
    seats: by(['Seats__c'], ['seats', 'licensed seats', 'licenses', 'licences', 'users licensed']),
    featuresEntitled: by([], ['features entitled', 'entitled features', 'modules entitled']),
    featuresUsed: by([], ['features used', 'modules used']),
    activeUsers: by([], ['active users', 'mau', 'monthly active']),
    customerSince: by(
      ['Customer_Since__c'],
      ['customer since', 'customer start', 'start date', 'signup date', 'go live'],
      ['contract'],
    ),
    renewalOn: by(['Renewal_Date__c'], ['renewal date', 'next renewal', 'contract end', 'subscription end']),
    ownerId: by(['OwnerId']),
    ownerEmail: by(['Owner.Email']),
    csmId: by(['CSM__c'], ['csm', 'customer success manager', 'success manager']),
    csmName: by([]),
    csmEmail: by([]),
    csmMeetingLink: by(
      [],
      ['csm meeting link', 'success manager meeting link', 'meeting link', 'calendar link', 'booking link'],
    ),
    parentId: rare(['ParentId']),
    industry: by(['Industry']),
    source: by(['AccountSource']),
    type: by(['Type']),
    country: by(['BillingCountry']),
    strategic: rare([], ['strategic']),
    growthPotential: by([], ['growth potential', 'expansion potential', 'potential']),
    wantsContact: by([], ['wants contact', 'contact opt in']),
    successPackage: by([], ['success package', 'success plan', 'support package'], ['has']),
    valuePerception: by([], ['value perception', 'perceived value']),
    usedAsIntended: by([], ['used as intended', 'use as intended']),
    criteriaAgreedOn: by([], ['success criteria agreed', 'criteria agreed', 'success plan agreed']),
    criteriaReviewedOn: by(
      [],
      ['success criteria reviewed', 'success criteria last reviewed', 'criteria reviewed'],
    ),
    criteriaShare: by([], ['success criteria achieved', 'criteria share']),
    nps: by(['NPS__c'], ['nps', 'net promoter'], ['date']),
    csat: by([], ['csat', 'satisfaction'], ['date']),
    daysOverdue: rare([], ['days overdue', 'days payment overdue', 'overdue days', 'days past due']),
    amountOverdue: rare([], ['amount overdue', 'overdue amount', 'past due amount']),
    failedPayments: rare([], ['failed payments', 'payment failures']),
    creditHold: rare([], ['credit hold']),
    lastActivityOn: by(['LastActivityDate']),
    existingHealth: by([], ['health score', 'customer health', 'health'], ['truenorth']),
    churned: rare(['Churned__c'], ['churned', 'is churned', 'lost customer']),
    churnedOn: rare([], ['churn date', 'last churn date', 'churned on', 'cancellation date']),
    createdAt: by(['CreatedDate']),
    incidentSince: rare([], ['incident since', 'service incident since', 'affected by incident']),
  },
  opportunity: {
    type: by(['Type']),
    stage: by(['StageName']),
    closed: by(['IsClosed']),
    won: by(['IsWon']),
    amount: by(['Amount'], ['amount']),
    currency: by(['CurrencyIsoCode']),
    closeOn: by(['CloseDate']),
    createdAt: by(['CreatedDate']),
    lostReason: rare([], ['lost reason', 'loss reason', 'closed lost reason']),
  },
  case: {
    openedAt: by(['CreatedDate']),
    closedAt: rare(['ClosedDate']),
    closed: by(['IsClosed']),
    priority: by(['Priority'], ['severity']),
    escalated: rare(['IsEscalated']),
    reopened: rare([], ['reopen count', 'times reopened', 'reopened', 'reopens']),
    csat: by([], ['csat', 'satisfaction score', 'satisfaction']),
    firstResponseMinutes: by(
      [],
      ['first response minutes', 'minutes to first response', 'first response time'],
    ),
    firstResponseAt: by([], ['first response at', 'first responded']),
    cause: by([], ['contributing cause', 'root cause', 'cause']),
    product: by(['Product__c'], ['product', 'product area', 'product line', 'module'], ['version', 'id']),
    expansionHint: rare([], ['expansion hint', 'upsell hint', 'expansion opportunity']),
    contactId: rare(['ContactId']),
  },
  contact: {
    firstName: by(['FirstName']),
    lastName: by(['LastName']),
    email: by(['Email']),
    role: by([], ['role', 'persona', 'buying role']),
    optedOut: rare(['HasOptedOutOfEmail']),
    bounced: rare(['IsEmailBounced']),
    bouncedAt: rare(['EmailBouncedDate']),
    left: rare([], ['left company', 'no longer at company', 'no longer with company']),
    createdAt: by(['CreatedDate']),
    userCreatedOn: by([], ['product user since', 'user created', 'user since', 'account created on']),
    lastLoginOn: by([], ['last login', 'last logged in', 'last sign in']),
    lastEngagedOn: by([], ['last engaged', 'last engagement']),
    country: by(['MailingCountry']),
    timeZone: by([], ['time zone', 'timezone']),
    legalBasis: by([], ['legal basis', 'lawful basis', 'consent basis']),
  },
  usage: {
    on: by([], ['week of', 'usage date', 'day', 'date', 'week', 'period start'], ['created', 'modified']),
    feature: by([], ['feature', 'module'], ['count']),
    count: by([], ['count', 'events', 'times used', 'usage count'], ['error']),
    activeUsers: by([], ['active users', 'users active', 'dau', 'wau']),
    errors: by([], ['errors', 'error count']),
    keyActions: by([], ['key actions', 'core actions', 'key events']),
  },
  survey: {
    answeredOn: by(
      [],
      ['answered on', 'response date', 'responded on', 'completed on', 'survey date', 'date'],
    ),
    kind: by([], ['kind', 'survey type', 'type', 'metric']),
    score: by([], ['score', 'rating', 'answer']),
    about: by([], ['about', 'touchpoint', 'interaction', 'moment']),
    contactId: rare([], ['contact', 'respondent']),
  },
  activity: {
    on: by(['ActivityDate']),
    kind: by(['Type', 'TaskSubtype', 'EventSubtype']),
    twoWay: by([], ['two way', 'customer took part']),
    outcome: by([], ['outcome', 'meeting outcome']),
    done: by(['IsClosed']),
    minutes: by(
      ['DurationInMinutes'],
      ['duration in minutes', 'minutes spent', 'duration minutes', 'minutes'],
    ),
  },
  request: {
    receivedAt: by(['CreatedDate'], ['received at', 'received on', 'requested at', 'submitted at']),
    kind: by([], ['kind', 'request type', 'type', 'channel'], ['record type']),
    answeredAt: by([], ['first answer', 'answered at', 'answered on', 'first response at', 'responded at']),
    resolved: by([], ['resolved', 'done', 'is closed', 'completed']),
    contactId: rare([], ['contact', 'requester', 'requested by']),
    ownerId: by(['OwnerId']),
  },
  pulse: {},
};

/** Standard objects of a kind, and the words that give a custom one away. */
export const OBJECT_LEXICON: Readonly<Record<MappedKind, Wording>> = {
  account: by(['Account']),
  opportunity: by(['Opportunity']),
  case: by(['Case']),
  contact: by(['Contact']),
  usage: by([], ['product usage', 'feature usage', 'usage', 'telemetry', 'adoption'], ['limit', 'log']),
  survey: by(
    [],
    ['survey response', 'survey answer', 'survey', 'nps response', 'nps', 'feedback'],
    ['question', 'invitation', 'template'],
  ),
  activity: by(['Event', 'Task']),
  request: by(
    [],
    ['customer request', 'customer message', 'inbound request', 'contact request', 'inquiry'],
    ['feature request', 'change request', 'time off', 'approval', 'purchase'],
  ),
  pulse: by([]),
};

/** Their picklist words for our categories; compared without capitals, blanks and punctuation. */
export const CATEGORY_WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'opportunity.type': {
    new: ['new', 'new business', 'new customer', 'new logo', 'land'],
    expansion: [
      'expansion',
      'upsell',
      'up sell',
      'cross sell',
      'add on',
      'existing customer upgrade',
      'existing business',
      'upgrade',
    ],
    renewal: [
      'renewal',
      'renew',
      'existing customer renewal',
      'existing customer replacement',
      'contract renewal',
    ],
  },
  'case.priority': {
    critical: ['critical', 'urgent', 'p1', 'sev1', 'severity 1', '1 critical', 'blocker'],
    high: ['high', 'p2', 'sev2', '2 high', 'major'],
    medium: ['medium', 'normal', 'moderate', 'p3', 'sev3', '3 moderate'],
    low: ['low', 'minor', 'p4', 'sev4', '4 low'],
  },
  'contact.role': {
    'economic-buyer': [
      'economic buyer',
      'economic decision maker',
      'budget holder',
      'buyer',
      'decision maker',
    ],
    sponsor: ['sponsor', 'executive sponsor'],
    champion: ['champion', 'power user', 'influencer', 'admin', 'administrator'],
    user: ['user', 'end user', 'business user'],
  },
  'request.kind': {
    message: ['message', 'email', 'mail', 'chat', 'question'],
    form: ['form', 'web form', 'web'],
    meeting: ['meeting', 'meeting request', 'call', 'demo'],
  },
  'survey.kind': {
    nps: ['nps', 'net promoter score'],
    csat: ['csat', 'satisfaction'],
    effort: ['ces', 'effort', 'customer effort'],
  },
  'account.valuePerception': {
    essential: ['essential', 'must have'],
    'nice-to-have': ['nice to have', 'useful'],
    'no-longer-needed': ['no longer needed', 'not needed'],
  },
  'account.usedAsIntended': {
    yes: ['yes', 'true'],
    no: ['no', 'false'],
    'to-be-checked': ['to be checked', 'unknown', 'check'],
  },
};
