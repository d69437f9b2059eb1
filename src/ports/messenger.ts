/** A way to tell people something: e-mail, a chat. Addresses and secrets stay inside. */
export interface Messenger {
  readonly id: 'email' | 'chat';
  /** Resolves once the other side took it. Throws `IntegrationError`. */
  readonly send: (message: OutgoingMessage) => Promise<void>;
  readonly close: () => void;
}

/** Ids, counts and account names; never a person's address or words. Plain text: each messenger marks it up for itself. */
export interface OutgoingMessage {
  readonly subject: string;
  readonly sections: readonly MessageSection[];
  /** Where to look, or null. */
  readonly link: string | null;
  readonly urgency: 'now' | 'digest';
}

export interface MessageSection {
  /** Null = goes on without a heading. */
  readonly title: string | null;
  /** One thought each. */
  readonly lines: readonly string[];
}
