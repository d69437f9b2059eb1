import { Client } from '@hubspot/api-client';
import { type SandboxClock, startClock } from '../../src/sandbox/clock.js';
import type { Fault } from '../../src/sandbox/faults.js';
import { type HubspotServer, type HubspotStart, startHubspot } from '../../src/sandbox/hubspot/start.js';
import type { BookPeople, BookPerson } from '../../src/sandbox/hubspot/store/base-contacts.js';
import { indexByEmail } from '../../src/sandbox/hubspot/store/email-index.js';

export const TOKEN = 'pat-na1-test';
export const NOON = Date.parse('2026-03-02T12:00:00Z');
export const SENDER = 'ines.moreau@northwind.example';

/** A clock that only moves when told. */
function aStillClock(at: number = NOON): SandboxClock {
  return startClock(at, () => 0);
}

/** An embedded portal with two users, limits on its own still clock unless told otherwise. */
export function aPortal(start: Partial<HubspotStart> = {}): Promise<HubspotServer> {
  const clock = start.clock ?? aStillClock();
  return startHubspot({
    seed: 7,
    accessToken: TOKEN,
    limitsNow: clock.now,
    limits: { burst: 10_000, search: 1_000 },
    users: [
      { email: SENDER, firstName: 'Inès', lastName: 'Moreau', inbox: true },
      { email: 'tom.reid@northwind.example', firstName: 'Tom', lastName: 'Reid', inbox: false },
    ],
    ...start,
    clock,
  });
}

/** The real client, without retries or limiter. */
export function aClient(portal: HubspotServer, accessToken: string = TOKEN): Client {
  return new Client({ accessToken, basePath: portal.url(), numberOfApiCallRetries: 1 });
}

export function peopleOf(persons: readonly BookPerson[]): BookPeople {
  const at = (index: number): BookPerson => {
    const person = persons[index];
    if (person === undefined) throw new RangeError(`no person ${index}`);
    return person;
  };
  return {
    count: persons.length,
    at,
    indexOfEmail: indexByEmail(persons.length, (index) => at(index).email),
  };
}

export async function setFaults(portal: HubspotServer, ...faults: readonly Fault[]): Promise<void> {
  const answer = await fetch(`${portal.url()}/__sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  });
  if (answer.status !== 201) throw new Error(`faults were not taken: ${answer.status}`);
}

/** Ends the sequence that the contact is in, as a reply or the last step would. */
export async function endEnrolment(
  portal: HubspotServer,
  whom: { readonly contactId: string } | { readonly email: string },
): Promise<void> {
  const answer = await fetch(`${portal.url()}/__sandbox/end-enrolment`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...whom, reason: 'replied' }),
  });
  if (answer.status !== 200) throw new Error(`the enrolment was not ended: ${answer.status}`);
}

export interface Engaged {
  readonly contactId: string;
  readonly kind: string;
  readonly channel?: 'marketing' | 'sales';
}

/** What the contact does, or what happens to mail for it. */
export async function engage(portal: HubspotServer, engaged: Engaged): Promise<void> {
  const answer = await fetch(`${portal.url()}/__sandbox/engage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(engaged),
  });
  if (answer.status !== 200) throw new Error(`nothing was engaged: ${answer.status}`);
}

export interface ThrownByClient {
  readonly code: number;
  readonly body: { readonly message: string; readonly category?: string; readonly subCategory?: string };
  readonly headers: Readonly<Record<string, string>>;
}

/** What the real client throws, with its status code and body. */
export async function refusalOf(call: Promise<unknown>): Promise<ThrownByClient> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'body' in error)
      return error as unknown as ThrownByClient;
    throw error;
  }
  throw new Error('the call was not refused');
}
