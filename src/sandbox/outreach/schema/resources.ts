import { all, each, type Resource, words } from './resource.js';

const STAMPS = words('createdAt updatedAt');

export const SEQUENCE_STATE: Resource = {
  type: 'sequenceState',
  path: 'sequenceStates',
  defaults: {
    state: 'pending',
    ...each(null, words('activeAt callCompletedAt errorReason pauseReason repliedAt stateChangedAt')),
    ...each(
      0,
      words('bounceCount clickCount deliverCount failureCount negativeReplyCount neutralReplyCount'),
    ),
    ...each(0, words('openCount optOutCount positiveReplyCount replyCount scheduleCount')),
    ...each(null, STAMPS),
  },
  filterable: {
    ...all('number', words('id clickCount deliverCount openCount replyCount')),
    ...all('number', words('account.id mailbox.id prospect.id sequence.id')),
    ...all('time', words('callCompletedAt createdAt repliedAt stateChangedAt updatedAt')),
    ...all('text', words('pauseReason state')),
  },
  toOne: {
    account: 'account',
    creator: 'user',
    mailbox: 'mailbox',
    prospect: 'prospect',
    sequence: 'sequence',
    user: 'user',
  },
  toMany: { mailings: 'mailings' },
};

export const SEQUENCE: Resource = {
  type: 'sequence',
  path: 'sequences',
  defaults: {
    name: null,
    description: null,
    enabled: false,
    enabledAt: null,
    finishOnReply: true,
    locked: false,
    lockedAt: null,
    primaryReplyAction: 'finish',
    secondaryReplyAction: 'finish',
    sequenceType: 'interval',
    shareType: 'shared',
    tags: [],
    throttlePaused: false,
    transactional: false,
    ...each(null, words('lastUsedAt maxActivations primaryReplyPauseDuration secondaryReplyPauseDuration')),
    ...each(null, words('throttleCapacity throttleMaxAddsPerDay throttlePausedAt')),
    ...each(0, words('bounceCount clickCount deliverCount failureCount openCount optOutCount')),
    ...each(0, words('replyCount scheduleCount sequenceStepCount')),
    ...each(null, STAMPS),
  },
  filterable: {
    ...all('number', words('id clickCount deliverCount openCount replyCount throttleCapacity')),
    ...all('number', words('throttleMaxAddsPerDay creator.id owner.id ruleset.id')),
    ...all('time', words('createdAt enabledAt lastUsedAt lockedAt updatedAt')),
    ...all('text', words('name shareType')),
  },
  toOne: { creator: 'user', owner: 'user', ruleset: 'ruleset', updater: 'user' },
  toMany: { mailings: 'mailings', sequenceStates: 'sequenceStates' },
};

export const RULESET: Resource = {
  type: 'ruleset',
  path: 'rulesets',
  defaults: {
    name: null,
    emailOptOutAction: null,
    includeUnsubscribeLinks: true,
    permitDuplicateProspects: 'disallow',
    sequenceExclusivity: 'none',
    ...each(null, STAMPS),
  },
  filterable: {
    id: 'number',
    ...all('time', STAMPS),
    ...all('text', words('name permitDuplicateProspects sequenceExclusivity')),
    includeUnsubscribeLinks: 'boolean',
  },
  toOne: {},
  toMany: {},
};

export const MAILBOX: Resource = {
  type: 'mailbox',
  path: 'mailboxes',
  defaults: {
    email: null,
    userId: null,
    sendDisabled: false,
    maxEmailsPerDay: 5_000,
    maxMailingsPerDay: 500,
    maxMailingsPerWeek: 5_000,
    ...each(null, words('sendErroredAt sendSuccessAt')),
    ...each(null, STAMPS),
  },
  filterable: {
    ...all('number', words('id userId user.id')),
    ...all('time', STAMPS),
    email: 'text',
  },
  toOne: { user: 'user' },
  toMany: { mailings: 'mailings' },
};

export const USER: Resource = {
  type: 'user',
  path: 'users',
  defaults: {
    ...each(null, words('email firstName lastName name username title')),
    locked: false,
    ...each(null, STAMPS),
  },
  filterable: {
    id: 'number',
    ...all('time', STAMPS),
    ...all('text', words('email firstName lastName username')),
    locked: 'boolean',
  },
  toOne: { mailbox: 'mailbox' },
  toMany: {},
};

export const ACCOUNT: Resource = {
  type: 'account',
  path: 'accounts',
  defaults: { ...each(null, words('name customId domain externalSource industry')), ...each(null, STAMPS) },
  filterable: {
    ...all('number', words('id owner.id')),
    ...all('time', STAMPS),
    ...all('text', words('name customId domain externalSource')),
  },
  toOne: { owner: 'user' },
  toMany: { prospects: 'prospects' },
};

export const MAILING: Resource = {
  type: 'mailing',
  path: 'mailings',
  defaults: {
    ...each(null, words('bouncedAt clickedAt deliveredAt errorReason mailboxAddress openedAt repliedAt')),
    ...each(null, words('scheduledAt stateChangedAt subject unsubscribedAt')),
    ...each(0, words('clickCount openCount')),
    mailingType: 'sequence',
    state: 'scheduled',
    trackLinks: true,
    trackOpens: true,
    ...each(null, STAMPS),
  },
  filterable: {
    ...all('number', words('id mailbox.id prospect.id sequence.id sequenceState.id user.id')),
    ...all('time', words('bouncedAt clickedAt createdAt deliveredAt openedAt repliedAt scheduledAt')),
    ...all('time', words('stateChangedAt unsubscribedAt updatedAt')),
    ...all('text', words('mailingType state')),
  },
  toOne: {
    mailbox: 'mailbox',
    prospect: 'prospect',
    sequence: 'sequence',
    sequenceState: 'sequenceState',
    user: 'user',
  },
  toMany: {},
};
