import type { ChangeHint } from '../../../../ports/change-feed.js';
import { id18, isId } from '../ids.js';
import { type ChangeEvent, changeEvent } from './schema.js';

/** Fields that we write, by object: what only they changed, and we changed, is nothing new. */
export type OwnFields = Readonly<Record<string, readonly string[]>>;

export interface Heard {
  readonly hint: Omit<ChangeHint, 'position'>;
  /** Null where the event could not be read. */
  readonly replayId: number | null;
  /** Nothing but what we wrote ourselves. */
  readonly echo: boolean;
}

/** Change events that the platform cannot fill (`GAP_…`) name records; one that cannot name them means the whole object. */
export function heard(object: string, raw: unknown, own: OwnFields): Heard {
  const parsed = changeEvent.safeParse(raw);
  if (!parsed.success) return { hint: wholeObject(object), replayId: null, echo: false };
  const { ChangeEventHeader: header } = parsed.data.payload;
  const ids = header.recordIds;
  const named = header.changeType !== 'GAP_OVERFLOW' && ids.length > 0 && ids.every(isId);
  return {
    hint: {
      object,
      ids: named ? ids.map(id18) : [],
      deleted: named && header.changeType.endsWith('DELETE') && !header.changeType.endsWith('UNDELETE'),
      at: header.commitTimestamp ?? null,
    },
    replayId: parsed.data.event.replayId,
    echo: isEcho(object, header, own),
  };
}

export function wholeObject(object: string): Omit<ChangeHint, 'position'> {
  return { object, ids: [], deleted: false, at: null };
}

/** As `callOptions` and `Sforce-Call-Options` of the client name us. */
const CLIENT = 'truenorth';
const STAMPS = ['LastModifiedDate', 'LastModifiedById'];

type Header = ChangeEvent['payload']['ChangeEventHeader'];

/**
 * By transaction, never by user: a person's edit right before ours is an event of its own, and where a flow
 * changed more in our own transaction, `changedFields` says so.
 */
function isEcho(
  object: string,
  { changeOrigin, changeType, changedFields }: Header,
  own: OwnFields,
): boolean {
  if (/;client=([^;/]+)/.exec(changeOrigin)?.[1] !== CLIENT) return false;
  if (changeType === 'CREATE') return true;
  const ours = new Set([...(own[object] ?? []), ...STAMPS]);
  return changeType === 'UPDATE' && changedFields.length > 0 && changedFields.every((one) => ours.has(one));
}
