import type { SandboxClock } from '../clock.js';
import type { FaultBoard } from '../http/fault-board.js';
import { seeded } from '../seeded.js';
import type { ObjectRoom, Portal } from './portal.js';
import { type Limits, startQuota } from './rules/quota.js';
import { uniqueValuesOf } from './rules/write.js';
import { startPropertyTable } from './schema/property-table.js';
import { startAssociations } from './store/associations.js';
import type { BaseContacts, PortalUser } from './store/base-contacts.js';
import { startConsent } from './store/consent.js';
import { contactRows, enrolledAt } from './store/contact-rows.js';
import { startHistories } from './store/histories.js';
import { startLists } from './store/lists.js';
import { type BaseObjects, NO_OBJECTS, startObjectStore } from './store/objects.js';
import { type Enrolment, type SequenceStart, sequenceIds, startSequences } from './store/sequences.js';
import { startUsers, type UserStore } from './store/users.js';

export interface PortalStart {
  readonly seed: number;
  readonly clock: SandboxClock;
  readonly faults: FaultBoard;
  readonly contacts: BaseContacts;
  readonly users: readonly PortalUser[];
  readonly timeZone: string;
  readonly edition: Portal['edition'];
  readonly limits: Limits;
  readonly limitsNow: () => number;
  readonly searchLagMs: number;
  readonly contactsMadeAreMarketing: boolean;
}

/** Ids of starting contacts and of records made later never meet. */
const ROOM_FOR_BASE = 1_000_000_000;

/** A portal as it is before anybody calls: everything in it follows from the seed. */
export function openPortal(start: PortalStart): Portal {
  const { seed, clock } = start;
  const draw = seeded(seed ^ 0x40b5);
  const openedAt = Math.floor(clock.now());
  const portalId = draw.whole(20_000_000, 49_999_999, 1);
  const firstId = draw.whole(100, 400, 2) * ROOM_FOR_BASE;
  const users = startUsers(start.users, seed);
  const ids = sequenceIds(seed);
  const room = { portalId, clock, madeAreMarketing: start.contactsMadeAreMarketing };
  const base = contactRows({ contacts: start.contacts, firstId, openedAt, sequenceIds: ids });
  return {
    portalId,
    timeZone: start.timeZone,
    openedAt,
    edition: start.edition,
    clock,
    faults: start.faults,
    contacts: objectRoom({ ...room, kind: 'contacts' }, base, firstId + ROOM_FOR_BASE),
    companies: objectRoom({ ...room, kind: 'companies' }, NO_OBJECTS, firstId / 10),
    associations: startAssociations(),
    lists: startLists(),
    sequences: startSequences(sequenceStart(start, { users, base, openedAt, ids })),
    consent: startConsent(),
    users,
    quota: startQuota({ limits: start.limits, portalId, timeZone: start.timeZone, now: start.limitsNow }),
    searchLagMs: start.searchLagMs,
  };
}

function objectRoom(
  room: Pick<ObjectRoom, 'kind' | 'portalId' | 'clock' | 'madeAreMarketing'>,
  base: BaseObjects,
  firstNewId: number,
): ObjectRoom {
  const table = startPropertyTable(room.kind);
  const unique = uniqueValuesOf({ kind: room.kind, table });
  const rows = startObjectStore({ base, firstNewId, uniqueValues: (object) => unique(object.properties) });
  return { ...room, rows, table, histories: startHistories() };
}

interface Beginnings {
  readonly users: UserStore;
  readonly base: BaseObjects;
  readonly openedAt: number;
  readonly ids: readonly string[];
}

function sequenceStart(start: PortalStart, { users, base, openedAt, ids }: Beginnings): SequenceStart {
  const inboxes = users.all().filter((user) => user.inbox);
  const atStart = (contactId: string): Enrolment | null => {
    const index = base.indexOf(contactId);
    const contact = index < 0 ? null : start.contacts.at(index);
    const sender = inboxes[index % Math.max(1, inboxes.length)];
    if (contact === null || contact.inSequence === null) return null;
    return {
      id: String(500_000_000 + index),
      contactId,
      sequenceId: ids[contact.inSequence] ?? '',
      toEmail: contact.email,
      enrolledAt: enrolledAt(index, openedAt),
      enrolledBy: sender?.userId ?? '0',
      enrolledByEmail: sender?.email ?? '',
    };
  };
  return { seed: start.seed, openedAt, ownerUserId: users.all()[0]?.userId ?? '0', atStart };
}
