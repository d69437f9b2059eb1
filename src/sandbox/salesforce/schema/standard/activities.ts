import { field, lookup, picklist, READ_ONLY } from '../fields.js';
import { object } from './define.js';
import { statusTable } from './service.js';

const WHO = lookup('WhoId', ['Contact', 'Lead']);
const WHAT_OBJECTS = ['Account', 'Opportunity', 'Case', 'Campaign'];
const REMINDER = [field('ReminderDateTime', 'datetime'), field('IsReminderSet', 'boolean')];
const DERIVED_ACCOUNT = { ...READ_ONLY };

const TASK = object('Task', '00T', [
  { ...WHO, childRelationshipName: 'Tasks' },
  lookup('WhatId', WHAT_OBJECTS, { childRelationshipName: 'Tasks' }),
  field('Subject', 'combobox', { nameField: true }),
  field('ActivityDate', 'date', { label: 'Due Date Only' }),
  picklist('Status', ['Not Started*', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], {
    nillable: false,
  }),
  picklist('Priority', ['High', 'Normal*', 'Low'], { nillable: false }),
  field('IsHighPriority', 'boolean', READ_ONLY),
  lookup('OwnerId', ['Group', 'User'], { nillable: false }),
  field('Description', 'textarea', { length: 32_000 }),
  picklist('Type', ['Call', 'Meeting', 'Other']),
  lookup('AccountId', 'Account', DERIVED_ACCOUNT),
  field('IsClosed', 'boolean', READ_ONLY),
  field('IsArchived', 'boolean', READ_ONLY),
  field('CallDurationInSeconds', 'int', { precision: 8 }),
  field('CallType', 'picklist', { length: 40 }),
  field('CallDisposition', 'string'),
  ...REMINDER,
  picklist('TaskSubtype', ['Task*', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'], {
    updateable: false,
    restrictedPicklist: true,
  }),
  field('CompletedDateTime', 'datetime', READ_ONLY),
]);

const EVENT = object('Event', '00U', [
  { ...WHO, childRelationshipName: 'Events' },
  lookup('WhatId', WHAT_OBJECTS, { childRelationshipName: 'Events' }),
  field('Subject', 'combobox', { nameField: true }),
  field('Location', 'string'),
  field('IsAllDayEvent', 'boolean'),
  field('ActivityDateTime', 'datetime'),
  field('ActivityDate', 'date'),
  field('DurationInMinutes', 'int', { precision: 8 }),
  field('StartDateTime', 'datetime'),
  field('EndDateTime', 'datetime'),
  field('Description', 'textarea', { length: 32_000 }),
  lookup('AccountId', 'Account', DERIVED_ACCOUNT),
  lookup('OwnerId', ['User'], { nillable: false }),
  picklist('Type', ['Call', 'Email', 'Meeting', 'Other']),
  field('IsPrivate', 'boolean'),
  field('IsArchived', 'boolean', READ_ONLY),
  ...REMINDER,
]);

export const ACTIVITIES = [TASK, EVENT, statusTable('TaskStatus', '0TS')];
