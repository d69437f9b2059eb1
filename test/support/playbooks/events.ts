import { at, on } from './days.js';
import type { Event, Role, Scene, Values } from './story.js';

/** The account's fields change. */
export function sets(values: Values): Event {
  return ({ company, account }) => company.asAdmin('PATCH', `/sobjects/Account/${account}`, values);
}

/** A person's fields change. */
export function person(role: Role, values: Values): Event {
  return ({ company, contact }) => company.asAdmin('PATCH', `/sobjects/Contact/${contact(role)}`, values);
}

/** A row comes into being; `name` is how later events of the story call it. */
export function adds(object: string, values: Values | ((scene: Scene) => Values), name = ''): Event {
  return async (scene) => {
    const given = typeof values === 'function' ? values(scene) : values;
    const parent = object.endsWith('__c') ? { Account__c: scene.account } : { AccountId: scene.account };
    const made = await scene.company.asAdmin('POST', `/sobjects/${object}`, { ...parent, ...given });
    scene.made.set(name, idIn(made));
  };
}

function idIn(made: unknown): string {
  if (typeof made === 'object' && made !== null && 'id' in made) return String(made.id);
  throw new Error(`nothing was made: ${JSON.stringify(made)}`);
}

/** A row of the story changes. */
export function changes(object: string, name: string, values: Values): Event {
  return ({ company, made }) => company.asAdmin('PATCH', `/sobjects/${object}/${made.get(name)}`, values);
}

/** A case that support answers at once. */
export function aCase(name: string, values: Values = {}): Event {
  return adds(
    'Case',
    ({ day }) => ({
      Subject: name,
      Status: 'New',
      Priority: 'Low',
      First_Response_At__c: new Date(at(day, 9)).toISOString(),
      ...values,
    }),
    name,
  );
}

export function closes(name: string, values: Values = {}): Event {
  return changes('Case', name, { ...values, Status: 'Closed' });
}

/** An opportunity that is closed on the day itself, or on the day that is told. */
export function aDeal(values: Values, name = 'deal'): Event {
  return adds(
    'Opportunity',
    ({ day }) => ({ Name: name, CloseDate: on(day), Amount: 1000, ...values }),
    name,
  );
}

export const won = (Type: string | null, CloseDate?: string): Event =>
  aDeal({ StageName: 'Closed Won', Type, ...(CloseDate === undefined ? {} : { CloseDate }) });

export function answers(Kind__c: string, Score__c: number): Event {
  return adds('Survey_Answer__c', ({ day }) => ({ Answered_On__c: on(day), Kind__c, Score__c }));
}

/** An answer that says nothing of content: nobody is invited to a survey for 60 days. */
export const askedLately: Event = adds('Survey_Answer__c', {
  Answered_On__c: on(-5),
  Kind__c: 'effort',
  Score__c: 5,
});

/** The customer took part in something. */
export const touched: Event = adds('Touchpoint__c', ({ day }) => ({
  On__c: on(day),
  Kind__c: 'Call',
  Two_Way__c: true,
}));

const reactions = new WeakSet<Event>();

/** Somebody reacts to what we sent. */
export function does(role: Role, kind: 'replied' | 'clicked' | 'meeting-booked' | 'unsubscribed'): Event {
  const event: Event = ({ company, email }) =>
    company.control('hubspot', 'POST', '/engage', { email: email(role), kind, channel: 'marketing' });
  reactions.add(event);
  return event;
}

/** Nobody reacts where nothing was sent. */
export function isReaction(event: Event): boolean {
  return reactions.has(event);
}
