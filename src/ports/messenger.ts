/** A way to tell people something: e-mail, a chat. Addresses and secrets stay inside. */
export interface Messenger {
  readonly id: 'email' | 'chat';
  /** Resolves once the other side took it. Throws `IntegrationError`. */
  readonly send: (message: OutgoingMessage) => Promise<void>;
}

/** Ids, counts and account names; never a person's address or words. */
export interface OutgoingMessage {
  readonly subject: string;
  /** Plain text; one thought a line. */
  readonly text: string;
  /** Where to look, or null. */
  readonly link: string | null;
  readonly urgency: 'now' | 'digest';
}
