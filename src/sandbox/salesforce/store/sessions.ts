import type { SandboxClock } from '../../clock.js';
import type { Fault } from '../../faults.js';

export interface Session {
  readonly token: string;
  readonly userId: string;
  readonly clientId: string | null;
  /** Milliseconds since 1970; moves on with each call. */
  readonly expiresAt: number;
}

export interface SessionStore {
  readonly open: (userId: string, clientId: string | null) => Session;
  /** The session of a token, its life prolonged; null when unknown or expired. */
  readonly use: (token: string) => Session | null;
  readonly end: (token: string) => void;
}

/** Who calls, in one request: the session, and which faults strike it. Every engine function takes one. */
export interface Caller {
  readonly session: Session;
  /** `56.0` of `/services/data/v56.0/…`, as a number. */
  readonly version: number;
  /** The API and the client's own name, as change events tell them: `com/salesforce/api/rest/56.0;client=acme`. */
  readonly origin: string;
  /** The first fault of this kind that hits the request, or null. */
  readonly strike: (kind: Fault['kind']) => Fault | null;
}

export interface SessionOptions {
  readonly clock: SandboxClock;
  readonly orgId: string;
  /** Milliseconds without a call after which a session is over. */
  readonly timeout: number;
  readonly seed: number;
}

export function startSessions({ clock, orgId, timeout, seed }: SessionOptions): SessionStore {
  const sessions = new Map<string, Session>();
  let count = 0;
  const keep = (session: Session): Session => {
    sessions.set(session.token, session);
    return session;
  };
  return {
    open: (userId, clientId) => {
      count += 1;
      // The form that the CLI insists on: org id, exclamation mark, anything.
      const token = `${orgId}!sandbox.${seed}.${count}`;
      return keep({ token, userId, clientId, expiresAt: clock.now() + timeout });
    },
    use: (token) => {
      const session = sessions.get(token);
      if (session === undefined || session.expiresAt <= clock.now()) {
        sessions.delete(token);
        return null;
      }
      return keep({ ...session, expiresAt: clock.now() + timeout });
    },
    end: (token) => {
      sessions.delete(token);
    },
  };
}
