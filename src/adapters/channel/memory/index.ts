import { CHANNELS } from '../../../domain/engagement/channel.js';
import type { Channel, EnrolmentOutcome, EnrolmentRequest, LeaveOutcome } from '../../../ports/marketing.js';
import { broken, missing, REFUSED, TAKEN } from './errors.js';
import { type Members, startMembers } from './members.js';
import type { MemoryChannelOptions, MemoryDeed, MemoryFault } from './options.js';

export type { MemoryChannelOptions, MemoryDeed, MemoryFault } from './options.js';

export interface MemoryChannel extends Channel {
  /** Everything that was ever done, in the order of doing. */
  readonly deeds: () => readonly MemoryDeed[];
  /** How many the target holds now. */
  readonly count: (target: string) => number;
  /** Strikes the next call of its kind; several wait in line. */
  readonly fail: (fault: MemoryFault) => void;
  /** Requests so far, as the real channel would have sent them. */
  readonly calls: () => number;
}

/** A channel that ends with the process, and keeps the promises of the one whose id it bears. */
export function memoryChannel(options: MemoryChannelOptions): MemoryChannel {
  const room = openRoom(options);
  const { targets, touches, room: left } = options;
  const known = (target: string): boolean => targets?.includes(target) ?? true;
  const found = (target: string): void => {
    if (!known(target)) throw missing(target);
  };
  return {
    id: options.id,
    exists: async (target) => known(target),
    prepare: async (target) => found(target),
    enrol: async (target, requests) => {
      found(target);
      return enrol(room, target, requests);
    },
    enrolled: async (target, requests) => readBack(room, target, requests),
    leave: async (target, requests) => {
      found(target);
      return leave(room, target, requests);
    },
    touches: async () => touches ?? (options.id === 'salesforce-task' ? { count: 0, days: 1 } : null),
    room: async () => left ?? null,
    forecastCalls: (persons) => requestsFor(room, persons),
    deeds: () => [...room.deeds],
    count: room.members.count,
    fail: (fault) => void room.faults.push(fault),
    calls: () => room.calls,
  };
}

interface Room {
  readonly members: Members;
  readonly deeds: MemoryDeed[];
  readonly faults: MemoryFault[];
  readonly exclusive: boolean;
  readonly leavable: boolean;
  readonly id: MemoryChannelOptions['id'];
  calls: number;
}

function openRoom(options: MemoryChannelOptions): Room {
  const { id } = options;
  const exclusive = options.exclusive ?? CHANNELS[id].exclusive;
  const leavable = options.leavable ?? CHANNELS[id].leavable;
  return { id, exclusive, leavable, members: startMembers(id), deeds: [], faults: [], calls: 0 };
}

/** Sequences and webhooks take one person at a time. */
function requestsFor(room: Room, persons: number): number {
  const alone = room.exclusive || room.id === 'webhook';
  return alone ? persons : Math.min(1, persons);
}

/** The fault of this call, if there is one: a whole call fails here, before anything is done. */
function struck(room: Room, during: MemoryFault['during']): (key: string) => MemoryFault | null {
  const at = room.faults.findIndex((fault) => fault.during === during);
  const [fault] = at < 0 ? [] : room.faults.splice(at, 1);
  if (fault?.as === 'thrown') throw broken(during);
  return (key) => (fault !== undefined && (fault.key ?? key) === key ? fault : null);
}

function enrol(
  room: Room,
  target: string,
  requests: readonly EnrolmentRequest[],
): readonly EnrolmentOutcome[] {
  if (requests.length === 0) return [];
  const faultFor = struck(room, 'enrol');
  room.calls += requestsFor(room, requests.length);
  return requests.map((request) => {
    const { key } = request;
    const fault = faultFor(key);
    if (fault?.as === 'refused') return { key, outcome: 'refused', refusal: REFUSED };
    if (fault?.as !== 'unclear') return enrolOne(room, target, request);
    if (fault.done === true) enrolOne(room, target, request);
    return { key, outcome: 'unclear', made: null };
  });
}

function enrolOne(room: Room, target: string, request: EnrolmentRequest): EnrolmentOutcome {
  const { key } = request;
  const known = room.members.find(target, request);
  // A sequence that somebody has just been through is not begun again.
  if (known !== null && (known.inside || room.exclusive))
    return { key, outcome: 'already', made: known.made };
  if (room.exclusive && room.members.elsewhere(target, request)) {
    return { key, outcome: 'refused', refusal: TAKEN };
  }
  const made = room.members.join(target, request);
  room.deeds.push({ deed: 'enrolled', target, key });
  return { key, outcome: 'enrolled', made };
}

function readBack(
  room: Room,
  target: string,
  requests: readonly EnrolmentRequest[],
): ReadonlyMap<string, string> {
  if (room.id === 'webhook') return new Map();
  return new Map(
    requests.flatMap((request) => {
      const known = room.members.find(target, request);
      const counts = known !== null && (known.inside || room.exclusive);
      return counts ? [[request.key, known.made ?? ''] as const] : [];
    }),
  );
}

function leave(room: Room, target: string, requests: readonly EnrolmentRequest[]): readonly LeaveOutcome[] {
  if (!room.leavable) return requests.map(({ key }) => ({ key, outcome: 'cannot' }));
  if (requests.length === 0) return [];
  const faultFor = struck(room, 'leave');
  room.calls += 1;
  return requests.map((request) => {
    const { key } = request;
    const fault = faultFor(key);
    if (fault?.as === 'refused') return { key, outcome: 'refused', refusal: REFUSED };
    if (fault?.as !== 'unclear') return leaveOne(room, target, request);
    if (fault.done === true) leaveOne(room, target, request);
    return { key, outcome: 'unclear' };
  });
}

function leaveOne(room: Room, target: string, request: EnrolmentRequest): LeaveOutcome {
  const { key } = request;
  if (room.members.find(target, request)?.inside !== true) return { key, outcome: 'absent' };
  room.members.part(target, request);
  room.deeds.push({ deed: 'left', target, key });
  return { key, outcome: 'left' };
}
