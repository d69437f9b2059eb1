import { seeded } from '../../seeded.js';
import type { PortalUser } from './base-contacts.js';

export interface ConnectedUser extends PortalUser {
  /** For `hubspot_owner_id`; not the user's id. */
  readonly ownerId: string;
  readonly userId: string;
}

export interface UserStore {
  readonly all: () => readonly ConnectedUser[];
  readonly byUserId: (userId: string) => ConnectedUser | null;
}

/** Users with ids drawn from the seed; owner ids and user ids share no range, so that a mix-up shows. */
export function startUsers(users: readonly PortalUser[], seed: number): UserStore {
  const draw = seeded(seed ^ 0x05e2);
  const firstOwner = draw.whole(40_000_000, 60_000_000, 1);
  const firstUser = draw.whole(5_000_000, 9_000_000, 2);
  const connected = users.map((user, index) => ({
    ...user,
    email: user.email.trim().toLowerCase(),
    ownerId: String(firstOwner + index),
    userId: String(firstUser + index),
  }));
  const byUserId = new Map(connected.map((user) => [user.userId, user]));
  return { all: () => connected, byUserId: (userId) => byUserId.get(userId) ?? null };
}
