const KEYS = ['type', 'id', 'account', 'contact', 'person', 'facts', 'at'] as const;

/** What is wrong with an event, as a strict receiver sees it; null = nothing. */
export function objection(contentType: string, key: string, raw: string): string | null {
  if (!contentType.startsWith('application/json')) return 'the body must be JSON';
  if (key === '') return 'Idempotency-Key is missing';
  const body = parsed(raw);
  if (body === null) return 'the body is no JSON object';
  const missing = KEYS.find((name) => !(name in body));
  if (missing !== undefined) return `${missing} is missing`;
  const unknown = Object.keys(body).find((name) => !KEYS.some((known) => known === name));
  if (unknown !== undefined) return `${unknown} is not known`;
  if (body.id !== decoded(key)) return 'id and Idempotency-Key differ';
  return Number.isNaN(Date.parse(String(body.at))) ? 'at is no time' : null;
}

function parsed(raw: string): Readonly<Record<string, unknown>> | null {
  try {
    const body: unknown = JSON.parse(raw);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : null;
  } catch {
    return null;
  }
}

/** Null where a percent sign begins nothing. */
function decoded(key: string): string | null {
  try {
    return decodeURIComponent(key);
  } catch {
    return null;
  }
}
