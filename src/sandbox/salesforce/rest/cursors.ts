import type { SandboxClock } from '../../clock.js';
import type { SoqlResult } from '../soql/contract.js';
import type { Session } from '../store/sessions.js';

/** Open query results. Ten per user, the oldest falls; each lives two days and dies with its session (facts §1.4, §3). */
export interface CursorStore {
  readonly open: (session: Session, result: SoqlResult) => string;
  readonly find: (session: Session, id: string) => SoqlResult | null;
  readonly drop: (id: string) => void;
}

const PER_USER = 10;
const LIFE = 2 * 24 * 60 * 60 * 1000;

interface Cursor {
  readonly userId: string;
  readonly token: string;
  readonly until: number;
  readonly result: SoqlResult;
}

export function startCursors(clock: SandboxClock): CursorStore {
  // A map keeps the order in which cursors were opened.
  const cursors = new Map<string, Cursor>();
  let count = 0;
  return {
    open: (session, result) => {
      count += 1;
      const id = `01g5e${String(count).padStart(13, '0')}`;
      const mine = [...cursors].filter(([, cursor]) => cursor.userId === session.userId);
      for (const [oldest] of mine.slice(0, Math.max(0, mine.length - PER_USER + 1))) {
        cursors.delete(oldest);
      }
      cursors.set(id, { userId: session.userId, token: session.token, until: clock.now() + LIFE, result });
      return id;
    },
    find: (session, id) => {
      const cursor = cursors.get(id);
      const good = cursor !== undefined && cursor.token === session.token && cursor.until > clock.now();
      return good ? cursor.result : null;
    },
    drop: (id) => {
      cursors.delete(id);
    },
  };
}
