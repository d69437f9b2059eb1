import type { Channel, EnrolmentOutcome, EnrolmentRequest } from '../../../src/ports/marketing.js';

/** What really happened in a channel, whatever it told us. */
export interface Deed {
  readonly channel: string;
  readonly target: string;
  readonly key: string;
  /** Our key for the person, or null for an account's task. */
  readonly person: string | null;
  readonly contact: string | null;
  readonly day: number;
  /** False when the person had opted out or bounced, in either system, at that very moment. */
  readonly allowed: boolean;
}

/** What goes wrong with the next enrolment: `lost` = carried out, its answer lost; `unsent` = neither; `kill` = the process ends after it. */
export type Strike = 'lost' | 'unsent' | 'kill';

/** Stands for a process that was killed: nothing after it happens. */
export class Killed extends Error {}

/** A channel that writes down what really happened and can be struck once. */
export function watched(
  inner: Channel,
  watch: {
    readonly deeds: Deed[];
    readonly strikes: Strike[];
    readonly today: () => number;
    readonly mayBeMailed: (contact: string) => boolean;
  },
): Channel {
  return {
    ...inner,
    enrol: async (target, requests) => {
      const strike = requests.length > 0 ? watch.strikes.shift() : undefined;
      if (strike === 'unsent') return requests.map(unclear);
      const outcomes = await inner.enrol(target, requests);
      const byKey = new Map(requests.map((request) => [request.key, request]));
      for (const { key, outcome } of outcomes) {
        const request = byKey.get(key);
        if (outcome !== 'enrolled' || !request) continue;
        const { person, contactId: contact } = request;
        const allowed = contact === null || inner.id === 'salesforce-task' || watch.mayBeMailed(contact);
        watch.deeds.push({ channel: inner.id, target, key, person, contact, day: watch.today(), allowed });
      }
      if (strike === 'kill') throw new Killed('killed');
      return strike === 'lost' ? requests.map(unclear) : outcomes;
    },
  };
}

function unclear({ key }: EnrolmentRequest): EnrolmentOutcome {
  return { key, outcome: 'unclear', made: null };
}
