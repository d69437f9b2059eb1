export type SubscriptionStatus = 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NOT_SPECIFIED';

export interface SubscriptionType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly purpose: string;
}

interface StatusEntry {
  readonly status: SubscriptionStatus;
  readonly at: number;
}

export interface ConsentStore {
  readonly types: readonly SubscriptionType[];
  readonly statusOf: (email: string, subscriptionId: string) => StatusEntry | null;
  readonly set: (email: string, subscriptionId: string, entry: StatusEntry) => void;
  /** When the address opted out of everything, or null. Contacts that start opted out are not in here. */
  readonly leftAllAt: (email: string) => number | null;
  readonly leaveAll: (email: string, at: number) => void;
}

const TYPES: readonly SubscriptionType[] = [
  { id: '101', name: 'Customer success', description: 'Help with the product.', purpose: 'Customer success' },
  { id: '102', name: 'Product news', description: 'Releases and webinars.', purpose: 'Marketing' },
  { id: '103', name: 'One to one', description: 'One to one e-mails.', purpose: 'Sales' },
];

export function startConsent(): ConsentStore {
  const statuses = new Map<string, StatusEntry>();
  const left = new Map<string, number>();
  const keyOf = (email: string, subscriptionId: string): string =>
    `${email.trim().toLowerCase()}\n${subscriptionId}`;
  return {
    types: TYPES,
    statusOf: (email, subscriptionId) => statuses.get(keyOf(email, subscriptionId)) ?? null,
    set: (email, subscriptionId, entry) => {
      statuses.set(keyOf(email, subscriptionId), entry);
    },
    leftAllAt: (email) => left.get(email.trim().toLowerCase()) ?? null,
    leaveAll: (email, at) => {
      left.set(email.trim().toLowerCase(), at);
    },
  };
}
