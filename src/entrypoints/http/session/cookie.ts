import type { Request, Response } from 'express';

/** The cookie that carries a session, by where the console is mounted and whether it is reached by HTTPS. */
export interface SessionCookie {
  readonly read: (request: Request) => string | null;
  readonly set: (response: Response, value: string) => void;
  readonly clear: (response: Response) => void;
}

/**
 * `__Host-`: browsers take it over HTTPS only, for this host alone, so that no neighbouring host can plant one.
 * Each org has its own, as each has its own users.
 */
export function sessionCookie(org: string, https: boolean): SessionCookie {
  const name = `${https ? '__Host-' : ''}truenorth-${org}`;
  const rules = `Path=/; HttpOnly; SameSite=Strict${https ? '; Secure' : ''}`;
  return {
    read: ({ headers }) => onlyValue(headers.cookie ?? '', name),
    set: (response, value) => void response.append('Set-Cookie', `${name}=${value}; ${rules}`),
    clear: (response) => void response.append('Set-Cookie', `${name}=; ${rules}; Max-Age=0`),
  };
}

/** Null as well where somebody sends two: one of them was planted. */
function onlyValue(header: string, name: string): string | null {
  const values = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}
