import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long ago, or how far ahead, a delivery may have been signed, in milliseconds. */
export const FRESH_MS = 5 * 60_000;

export interface HubspotDelivery {
  readonly method: string;
  /** As HubSpot called it: scheme, host, path and query. */
  readonly url: string;
  /** As it came, byte by byte. */
  readonly body: Buffer;
  /** `X-HubSpot-Signature-v3` and `X-HubSpot-Request-Timestamp`; empty when absent. */
  readonly signature: string;
  readonly timestamp: string;
}

/**
 * Whether HubSpot signed it, within five minutes of now in either direction: base64 of an HMAC-SHA256 over method,
 * decoded URI, raw body and timestamp. HubSpot's own client compares with `===`, takes any time to come, and does
 * not decode the URI; so this is ours. https://developers.hubspot.com/docs/api/webhooks/validating-requests (2026-11)
 */
export function isSignedByHubspot(delivery: HubspotDelivery, secret: string, now: number): boolean {
  const { method, url, body, signature, timestamp } = delivery;
  if (!/^\d{1,15}$/.test(timestamp) || !isFresh(Number(timestamp), now)) return false;
  const hmac = createHmac('sha256', secret).update(method + decodedUri(url));
  const wanted = hmac.update(body).update(timestamp).digest();
  return isSame(wanted, Buffer.from(signature, 'base64'));
}

/** The escapes that HubSpot takes for what they stand for before it signs; all others stay as they are. */
const DECODED: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

function decodedUri(url: string): string {
  return url.replaceAll(/%[0-9a-f]{2}/gi, (found) => DECODED[found.toUpperCase()] ?? found);
}

/** Whether Outreach signed it: hex of an HMAC-SHA256 over the raw body. It signs no time; `isFresh` asks the content. */
export function isSignedByOutreach(body: Buffer, signature: string, secret: string): boolean {
  const wanted = createHmac('sha256', secret).update(body).digest();
  return isSame(wanted, /^[0-9a-f]{64}$/i.test(signature) ? Buffer.from(signature, 'hex') : Buffer.alloc(0));
}

export function isFresh(at: number, now: number): boolean {
  return Math.abs(now - at) <= FRESH_MS;
}

function isSame(wanted: Buffer, given: Buffer): boolean {
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
