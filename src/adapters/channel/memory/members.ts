import type { ChannelId } from '../../../domain/engagement/channel.js';
import type { EnrolmentRequest } from '../../../ports/marketing.js';

interface Membership {
  readonly target: string;
  readonly made: string | null;
  /** False = has left; kept, because the latest target of somebody is remembered. */
  readonly inside: boolean;
}

export interface Members {
  readonly find: (target: string, request: EnrolmentRequest) => Membership | null;
  /** Some other target that holds the same one now. */
  readonly elsewhere: (target: string, request: EnrolmentRequest) => boolean;
  readonly join: (target: string, request: EnrolmentRequest) => string | null;
  readonly part: (target: string, request: EnrolmentRequest) => void;
  readonly count: (target: string) => number;
}

/** Who is in which target, told apart as the channel of this id tells them apart. */
export function startMembers(id: ChannelId): Members {
  const memberships = new Map<string, Membership>();
  const makes = id === 'salesforce-task' || id === 'salesforce-campaign';
  const placeOf = (target: string, request: EnrolmentRequest): string =>
    JSON.stringify([target, identityOf(id, request)]);
  let made = 0;
  return {
    find: (target, request) => memberships.get(placeOf(target, request)) ?? null,
    elsewhere: (target, request) =>
      [...memberships].some(
        ([place, other]) =>
          other.inside && other.target !== target && place === placeOf(other.target, request),
      ),
    join(target, request) {
      made += 1;
      const membership = { target, made: makes ? `made-${made}` : null, inside: true };
      memberships.set(placeOf(target, request), membership);
      return membership.made;
    },
    part(target, request) {
      const place = placeOf(target, request);
      const known = memberships.get(place);
      if (known !== undefined) memberships.set(place, { ...known, inside: false });
    },
    count: (target) => [...memberships.values()].filter((one) => one.inside && one.target === target).length,
  };
}

function identityOf(id: ChannelId, { key, account, contactId, recordId, task }: EnrolmentRequest): unknown {
  if (id === 'webhook') return key;
  return id === 'salesforce-task' ? [account, contactId, task?.subject] : recordId;
}
