import type { OrgUser } from './base-prospects.js';
import { type ApiRecord, isoTime } from './record.js';

const MAILBOX_STEP = 10_000;
const DAY_MS = 86_400_000;

export interface Login {
  readonly user: ApiRecord;
  readonly mailbox: ApiRecord;
}

/** A user and its mailbox; their ids share no range, so that a mix-up shows. */
export function loginOf(person: OrgUser, userId: number, openedAt: number): Login {
  const email = person.email.trim().toLowerCase();
  const mailboxId = userId + MAILBOX_STEP;
  const at = isoTime(openedAt - 500 * DAY_MS);
  const { firstName, lastName } = person;
  return {
    user: {
      id: userId,
      attributes: {
        email,
        firstName,
        lastName,
        name: `${firstName} ${lastName}`.trim(),
        username: email.slice(0, email.indexOf('@')),
        locked: person.locked ?? false,
        createdAt: at,
        updatedAt: at,
      },
      related: { mailbox: mailboxId },
    },
    mailbox: {
      id: mailboxId,
      attributes: {
        email,
        userId,
        sendDisabled: person.sendDisabled ?? false,
        ...(person.maxMailingsPerDay === undefined ? {} : { maxMailingsPerDay: person.maxMailingsPerDay }),
        createdAt: at,
        updatedAt: at,
      },
      related: { user: userId },
    },
  };
}
