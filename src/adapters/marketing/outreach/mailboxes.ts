import type { Refusal } from '../../../ports/errors.js';
import type { Context } from './context.js';
import { everyOf } from './pages.js';
import { addressOf } from './prospects.js';
import { refusal } from './refusals.js';
import { MAILBOX, type MailboxAnswer } from './schema.js';

export interface Mailbox {
  readonly id: string;
  /** Null when Outreach does not say. */
  readonly maxMailingsPerDay: number | null;
}

/** From where a sender's mail goes out. */
export interface MailboxDirectory {
  /** The mailbox of this address, or why none can be used. A usable one is asked for once. */
  readonly of: (senderEmail: string) => Promise<Mailbox | Refusal>;
}

export function mailboxDirectory(context: Context): MailboxDirectory {
  const known = new Map<string, Mailbox>();
  return {
    of: async (senderEmail) => {
      const address = addressOf(senderEmail);
      const mailbox = known.get(address) ?? (await findMailbox(context, senderEmail.trim()));
      if ('id' in mailbox) known.set(address, mailbox);
      return mailbox;
    },
  };
}

/** Filters may compare letter by letter: the address is asked for as written and in lower case. */
async function findMailbox(context: Context, senderEmail: string): Promise<Mailbox | Refusal> {
  const spellings = [...new Set([senderEmail, addressOf(senderEmail)])];
  if (senderEmail === '' || senderEmail.includes(',')) return unknownMailbox();
  const answers = await everyOf(context, {
    path: 'mailboxes',
    query: { 'filter[email]': spellings.join(',') },
    item: MAILBOX,
  });
  const theirs = answers.filter(
    ({ attributes }) => addressOf(attributes.email ?? '') === addressOf(senderEmail),
  );
  const [usable] = theirs.filter(({ attributes }) => attributes.sendDisabled !== true);
  if (usable !== undefined) return mailboxOf(usable);
  return theirs.length === 0
    ? unknownMailbox()
    : refusal('MAILBOX_SEND_DISABLED', 'The mailbox of the sender may not send.');
}

function mailboxOf({ id, attributes }: MailboxAnswer): Mailbox {
  return { id, maxMailingsPerDay: attributes.maxMailingsPerDay ?? null };
}

function unknownMailbox(): Refusal {
  return refusal('MAILBOX_UNKNOWN', 'The sender has no mailbox in Outreach.');
}
