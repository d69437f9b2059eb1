const ADDRESS = /[^\s<>"'(,;]+@[^\s<>"'),;]+/g;

/** A text of somebody else's without the e-mail addresses that it may quote: everybody who sees the record reads it. */
export function withoutAddresses(text: string): string {
  return text.replace(ADDRESS, '(address)');
}
